"""The document that says what a sweep runs: an experiment, which of its settings vary, the seeds, and for how long."""

import codecs
import json
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from pellucid.errors import ExperimentError
from pellucid.experiment import Experiment
from pellucid.experiment.faults import json_fault, shown
from pellucid.experiment.settings import Document, setting
from pellucid.link import decode
from pellucid.sweeps.draw import Draw, plain

Seed = Annotated[int, Field(strict=True, ge=0, le=2**31 - 1)]
SeedOf = Literal["data", "weights", "order"]
Measure = Literal["test_accuracy", "accuracy", "test_loss", "loss", "objective"]
MEASURES: tuple[Measure, ...] = get_args(Measure)

SEED_PATHS: dict[SeedOf, str] = {"data": "data.seed", "weights": "network.seed", "order": "training.seed"}
"""Where an experiment has its three seeds."""

UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

USUAL_EPOCHS = 100
MOST_SEEDS = 100_000


def _lists(values: object) -> dict[str, tuple[Any, ...]]:
    """Return the lists of values by dotted path; a TOML file may write a path without quotation marks, as tables."""
    found = {}
    for path, given in _leaves(values, "grid", lambda value: not isinstance(value, Mapping)):
        value = plain(given)
        if not isinstance(value, list | tuple) or not value:
            raise _fault(f"`grid.{path}` is {shown(value)}, but must be a list of one value or more.")
        texts = [json.dumps(each, sort_keys=True, default=str) for each in value]
        twice = next((each for place, each in enumerate(texts) if each in texts[:place]), None)
        if twice is not None:
            raise _fault(f"`grid.{path}` has {twice} twice, but each value can be there once.")
        found[path] = tuple(value)
    return found


def _draws(values: object) -> dict[str, Draw]:
    """Return how each setting is drawn, by dotted path."""
    found = {}
    for path, given in _leaves(values, "random", _says_how_to_draw):
        value = plain(given)
        value = {"choices": value} if isinstance(value, list | tuple) else value
        if not isinstance(value, Mapping | Draw):
            raise _fault(f"`random.{path}` is {shown(value)}, but must be a list of choices, or have low and high.")
        try:
            found[path] = value if isinstance(value, Draw) else Draw(**value)
        except ExperimentError as error:
            raise _fault(f"`random.{path}`: {' '.join(sentence for _, sentence in error.faults)}") from None
    return found


class Sweep(Document):
    """What a sweep runs: every combination of the settings that vary, with every seed.

    Settings go by their dotted path, as in `Experiment.replace`: ``"network.hidden.0.units"``.

    Raises
    ------
    ExperimentError
        When a name is unknown, or a value has the wrong type or is out of range.

    Examples
    --------
    >>> grid = {"network.hidden.0.units": [1, 2, 3], "data.kind": ["circles", "moons"]}
    >>> sweep = Sweep(grid=grid, seeds=5)
    >>> sweep.fields, sweep.length, list(sweep.seed_numbers)
    (('network.hidden.0.units', 'data.kind'), ('epochs', 100), [0, 1, 2, 3, 4])
    >>> Sweep(random={"training.learning_rate": {"low": 0.001, "high": 1, "log": True}}, draws=20).draws
    20
    >>> Sweep(seedz=3)
    Traceback (most recent call last):
    pellucid.errors.ExperimentError: `seedz` is not a setting; known are experiment, grid, random, draws,
    draw_seed, seeds, seeds_of, epochs, updates and measure; did you mean 'seeds'?
    """

    experiment: Experiment = Field(default=Experiment(), description="What all runs have in common.")
    grid: Annotated[dict[str, tuple[Any, ...]], BeforeValidator(_lists)] = Field(
        default={}, description="For each setting the list of its values; every combination is run."
    )
    random: Annotated[dict[str, Draw], BeforeValidator(_draws)] = Field(
        default={},
        description="For each setting how it is drawn; every draw is run with every combination of the grid.",
    )
    draws: int = setting(
        "How many times the settings of random are drawn.",
        default=20,
        why="enough for a first look at two or three settings",
        strict=True,
        ge=1,
        le=100_000,
    )
    draw_seed: Seed = setting(
        "Seed of the draws; the first draws stay the same when there are more of them.",
        default=0,
        why="as good as any other",
    )
    seeds: (
        Annotated[int, Field(strict=True, ge=1, le=MOST_SEEDS)]
        | Annotated[tuple[Seed, ...], Field(min_length=1, max_length=MOST_SEEDS)]
    ) = setting(
        "How many seeds each combination is run with, counted from 0, or a list of seeds.",
        default=10,
        why="the fewest that show how much is chance",
    )
    seeds_of: tuple[SeedOf, ...] = setting(
        "Which seeds of the experiment they set: of the data, of the initial weights, of the order of the samples.",
        default=("data", "weights", "order"),
        why="so that nothing hangs on one sample",
        min_length=1,
        max_length=3,
    )
    epochs: Annotated[int, Field(strict=True, ge=0, le=1_000_000_000)] | None = setting(
        f"Passes over the training samples; {USUAL_EPOCHS} if updates are not given either.",
        default=None,
        why="then updates may say it",
    )
    updates: Annotated[int, Field(strict=True, ge=0, le=1_000_000_000)] | None = setting(
        "Updates, in place of epochs.",
        default=None,
        why="then epochs say it",
    )
    measure: Measure | None = setting(
        "What summaries and plots are about.",
        default=None,
        why="then it is the accuracy of what is held out, and in regression its loss",
    )

    @property
    def fields(self) -> tuple[str, ...]:
        """The paths of the settings that vary."""
        return (*self.grid, *self.random)

    @property
    def length(self) -> tuple[Literal["epochs", "updates"], int]:
        """For how long each run is trained."""
        if self.updates is not None:
            return "updates", self.updates
        return "epochs", USUAL_EPOCHS if self.epochs is None else self.epochs

    @property
    def seed_numbers(self) -> range | tuple[int, ...]:
        """The seeds that each combination is run with."""
        return range(self.seeds) if isinstance(self.seeds, int) else self.seeds

    @model_validator(mode="after")
    def _check(self) -> Self:
        both = [path for path in self.grid if path in self.random]
        if both:
            raise _fault(f"`{both[0]}` is both in grid and in random, but must be in one of them.")
        if self.updates is not None and self.epochs is not None:
            raise _fault("`updates` and epochs are both given, but a run has the one or the other.")
        twice = [seed for seed, times in Counter(self.seed_numbers).items() if times > 1]
        if twice:
            raise _fault(f"`seeds` has {twice[0]} twice, but each seed can be there once.")
        for name in ("draws", "draw_seed"):
            if name in self.model_fields_set and not self.random:
                raise _fault(f"`{name}` is {getattr(self, name)}, but nothing is drawn: there is no random.")
        for name in self.seeds_of:
            path = SEED_PATHS[name]
            if self._varies(path):
                raise _fault(f"`{path}` is swept and set by seeds too; leave {name} out of `seeds_of`.")
        return self

    def _varies(self, path: str) -> bool:
        """Tell whether a setting varies, by its own path or in whole sections."""
        section, _, name = path.partition(".")
        drawn = self.random.get(section)
        sections = [*self.grid.get(section, ()), *(drawn.choices or () if drawn else ())]
        return path in self.fields or any(isinstance(each, Mapping) and name in each for each in sections)

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """Return the sweep in a TOML or JSON file.

        Its ``experiment`` is a table of settings, the name of an experiment's JSON file (seen from this file's folder)
        or a link of the page.

        Raises
        ------
        ExperimentError
            When the file cannot be read or does not hold a sweep.
        """
        path = Path(path)
        document = _document(path)
        base = document.get("experiment")
        if isinstance(base, str):
            is_link = "#" in base or "=" in base
            document["experiment"] = decode(base) if is_link else Experiment.open(path.parent / base)
        return cls(**document)


def _document(path: Path) -> dict[str, Any]:
    try:
        content = path.read_bytes()
        # PowerShell's > may write UTF-16, and other programs a mark before UTF-8.
        text = content.decode("utf-16" if content.startswith(UTF_16_MARKS) else "utf-8-sig")
        document = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise _whole(f"The file {str(path)!r} cannot be opened: {reason}.") from None
    except UnicodeDecodeError:
        raise _whole(f"The file {str(path)!r} is not text in UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        reason = str(error)[:1].lower() + str(error)[1:]
        raise _whole(f"The file {str(path)!r} is not TOML: {reason}.") from None
    except ValueError as error:
        raise json_fault(error) from None
    if not isinstance(document, dict):
        raise _whole(f"The file {str(path)!r} holds {shown(document)}, but must hold an object with named settings.")
    return document


def _leaves(values: object, name: str, is_leaf: Any, above: str = "") -> Iterator[tuple[str, Any]]:
    """Yield what nested tables hold, with its dotted path."""
    if not isinstance(values, Mapping):
        raise _fault(f"`{name}` is {shown(values)}, but must be a table from settings to their values.")
    for key, value in values.items():
        path = f"{above}{key}"
        if is_leaf(value):
            yield path, value
        else:
            yield from _leaves(value, name, is_leaf, f"{path}.")


def _says_how_to_draw(value: object) -> bool:
    """Tell what says how to draw from a table on the way to it."""
    return not isinstance(value, Mapping) or any(
        key in Draw.model_fields or not isinstance(each, Mapping | list | tuple) for key, each in value.items()
    )


def _fault(sentence: str) -> PydanticCustomError:
    return PydanticCustomError("cross_field", "{sentence}", {"sentence": sentence})


def _whole(sentence: str) -> ExperimentError:
    return ExperimentError((("", sentence),))
