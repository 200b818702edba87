"""`sweep`: many experiments on many cores, or on a cluster."""

import json
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from pellucid.errors import ArgumentError
from pellucid.experiment import Experiment
from pellucid.experiment.faults import shown
from pellucid.interruption import Interruption
from pellucid.library import library
from pellucid.sweeps.plan import Plan, PlannedRun, plan
from pellucid.sweeps.processes import Processes
from pellucid.sweeps.progress import Progression, Silence, Watching
from pellucid.sweeps.result import SweepResult
from pellucid.sweeps.running import Sending
from pellucid.sweeps.spec import Sweep
from pellucid.sweeps.store import Store
from pellucid.sweeps.work import Chunk, Outcome, Task

Workers = Callable[[], int]


def sweep(
    spec: Sweep | str | Path | None = None,
    *,
    base: Experiment | None = None,
    results: str | Path | None = None,
    executor: Executor | None = None,
    jobs: int | None = None,
    progress: bool = True,
    **settings: Any,
) -> SweepResult:
    """Run an experiment many times, with other settings and other seeds, on all cores.

    Every run has the very weights that `Run` gives for its experiment. One that diverges or fails is a row with its
    reason, and the others go on.

    Parameters
    ----------
    spec : Sweep, str or Path, optional
        What is run, or the TOML or JSON file that says it.
    base : Experiment, optional
        In place of spec: what all runs have in common.
    results : str or Path, optional
        Append each result to this file, CSV or Parquet by its name. What is in it already is not run again: so a sweep
        that was interrupted goes on, and one with more seeds or values is added to.
    executor : concurrent.futures.Executor, optional
        What carries out the runs, such as ``distributed.Client(address).get_executor()``; it is not shut down. By
        default processes of this machine.
    jobs : int, optional
        Number of those processes; by default one for each core.
    progress : bool
        Whether to show on standard error how far it is and how long it will take.
    **settings
        In place of spec: ``grid``, ``random``, ``draws``, ``seeds`` and all others of `pellucid.sweeps.Sweep`.

    Returns
    -------
    SweepResult
        A row for each run.

    Raises
    ------
    ExperimentError
        When a setting is misspelt or a value is not allowed; nothing has been run then.
    StateError
        When the results file is of another sweep, or another process writes it.
    SweepError
        When the workers cannot carry it out, or the results file cannot be written any further; what is in it is kept.
    KeyboardInterrupt
        After the first Ctrl-C, when the runs under way have ended and their results are in the file.

    Examples
    --------
    >>> from pellucid import Experiment, sweep
    >>> result = sweep(
    ...     base=Experiment(network={"hidden": [{"units": 1}]}),
    ...     grid={"network.hidden.0.units": [1, 3], "data.kind": ["circles", "moons"]},
    ...     seeds=5,
    ...     epochs=300,
    ...     progress=False,
    ... )
    >>> result
    <SweepResult: 20 of 20 runs>
    >>> result.summary()
    Median test accuracy of 5 runs each (10 % and 90 % quantile). Across: data kind.
    <BLANKLINE>
    units of hidden layer 1             circles               moons
    -----------------------  ------------------  ------------------
    1                        66.0 % (64.7–70.3)  86.0 % (83.3–89.3)
    3                        98.0 % (96.9–98.4)  99.3 % (97.9–99.7)
    """
    planned = plan(_spec(spec, base, settings))
    stop = Interruption()
    with ExitStack() as stack:
        carried = stack.enter_context(_executor(executor, jobs))
        watching = stack.enter_context(Progression()) if progress else Silence()
        stack.enter_context(stop)
        result = carry_through(planned, carried, results, watching, lambda: stop.wanted)
    if stop.wanted and not result.complete:
        raise KeyboardInterrupt
    return result


def carry_through(
    planned: Plan,
    carrying: tuple[Executor, Workers],
    results: str | Path | None,
    watching: Watching,
    stop: Callable[[], bool],
) -> SweepResult:
    """Carry out those runs of a plan that the results file does not have yet.

    Parameters
    ----------
    planned : Plan
        What is run.
    carrying : tuple of Executor and callable
        What carries out the runs, and a function that returns how many it can carry out at a time.
    results : str or Path, optional
        The results file.
    watching : Watching
        Is told how it goes.
    stop : callable
        Returns whether to end early.

    Returns
    -------
    SweepResult
        What is known of the plan's runs, now and from the results file.
    """
    executor, workers = carrying
    began = time.perf_counter()
    with ExitStack() as stack:
        store = stack.enter_context(Store(Path(results), planned)) if results is not None else None
        outcomes: dict[str, Outcome] = dict(store.outcomes) if store else {}
        pending = [run for run in planned.runs if run.key not in outcomes]
        watching.begin(len(outcomes), len(planned.runs))
        sending = Sending(_tasks(planned, pending), len(pending), _chunks(planned), executor, workers)

        def stopping() -> bool:
            if stop():
                watching.stopping(sending.under_way)
                return True
            return False

        for arrived in sending.outcomes(stopping):
            if store:
                store.append(arrived)
            outcomes.update({outcome.key: outcome for outcome in arrived})
            watching.came(arrived)
    made = len(outcomes) - (len(planned.runs) - len(pending))
    return SweepResult(planned, outcomes, made, time.perf_counter() - began)


@contextmanager
def processes(jobs: int | None) -> Iterator[tuple[Executor, Workers]]:
    """Give processes of this machine, by default one for each core that this process may use; end them in the end.

    Raises
    ------
    ArgumentError
        When the number is not a whole number of 1 or more.
    """
    count = _cores() if jobs is None else _checked(jobs)
    executor = Processes(count)
    try:
        yield executor, lambda: count
    except BaseException:
        executor.kill()
        raise
    finally:
        executor.shutdown()


@contextmanager
def _executor(executor: object, jobs: int | None) -> Iterator[tuple[Executor, Workers]]:
    if executor is None:
        with processes(jobs) as carrying:
            yield carrying
    elif not isinstance(executor, Executor):
        hint = "; its get_executor() is one" if hasattr(executor, "get_executor") else ""
        raise ArgumentError(f"executor is {shown(executor)}, but must be a concurrent.futures.Executor{hint}.")
    elif jobs is not None:
        raise ArgumentError("Both executor and jobs are given, but an executor has its own number of workers.")
    else:
        count = getattr(executor, "_max_workers", None) or _cores()
        yield executor, lambda: count


def _spec(spec: object, base: Experiment | None, settings: Mapping[str, Any]) -> Sweep:
    if spec is None:
        return Sweep(**settings) if base is None else Sweep(experiment=base, **settings)
    if base is not None or settings:
        name = "base" if base is not None else next(iter(settings))
        raise ArgumentError(f"Both spec and {name} are given, but the spec says all that is run.")
    if not isinstance(spec, Sweep | str | Path):
        raise ArgumentError(
            f"spec is {shown(spec)}, but must be a Sweep or the name of a TOML or JSON file; "
            "settings go by their names: sweep(grid=…, seeds=…)."
        )
    return spec if isinstance(spec, Sweep) else Sweep.open(spec)


def _tasks(planned: Plan, pending: Sequence[PlannedRun]) -> Iterator[Task]:
    changes = [json.dumps(combination.changes) for combination in planned.combinations]
    return (Task(run.key, changes[run.combination], run.seeds) for run in pending)


def _chunks(planned: Plan) -> Callable[[Sequence[Task]], Chunk]:
    base, engine = planned.sweep.experiment.to_json(None), library().source
    return lambda tasks: Chunk(base, planned.sweep.length, engine, tasks)


def _checked(jobs: object) -> int:
    if isinstance(jobs, bool) or not isinstance(jobs, int) or jobs < 1:
        raise ArgumentError(f"The number of jobs is {jobs!r}, but must be a whole number of 1 or more.")
    return jobs


def _cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
