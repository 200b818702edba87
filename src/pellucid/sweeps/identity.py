"""Which sweep a results file belongs to: noted beside it, in ``NAME.sweep.json``, and compared before rows are added.

More seeds, more values and other draws of the same settings may be added to a file, since every row says what it is of.
What no column says must be the same: the rest of the experiment, for how long it is trained, the engine.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pellucid import __version__
from pellucid.errors import StateError
from pellucid.experiment.faults import shown
from pellucid.library import library
from pellucid.saved import write
from pellucid.sweeps.spec import SEED_PATHS, Sweep

FORMAT = 1
MOST_DIFFERENCES = 3
MOST_CHARACTERS = 80


def check(results: Path, sweep: Sweep) -> None:
    """Refuse a results file that is of another sweep than this one.

    Raises
    ------
    StateError
        When the file is of another sweep, or it cannot be told of which.
    """
    differences = list(_differences(_read(_beside(results), results), _identity(sweep)))
    if differences:
        more = len(differences) - MOST_DIFFERENCES
        end = f"; and {more} more" if more > 0 else ""
        raise StateError(
            f"The file {str(results)!r} holds results of another sweep: "
            f"{'; '.join(differences[:MOST_DIFFERENCES])}{end}. Choose another file."
        )


def note(results: Path, sweep: Sweep) -> None:
    """Note which sweep a new results file is of.

    Raises
    ------
    StateError
        When the note cannot be written.
    """
    write(_beside(results), json.dumps(_identity(sweep), indent=1) + "\n")


def _beside(results: Path) -> Path:
    return results.with_name(f"{results.name}.sweep.json")


def _identity(sweep: Sweep) -> dict[str, Any]:
    unit, count = sweep.length
    return {
        "format": FORMAT,
        "pellucid": __version__,
        "engine": library().source,
        "fields": list(sweep.fields),
        unit: count,
        "experiment": sweep.experiment.model_dump(mode="json"),
    }


def _read(noted: Path, results: Path) -> dict[str, Any]:
    try:
        identity = json.loads(noted.read_bytes())
        if isinstance(identity, dict) and identity["format"] == FORMAT and isinstance(identity["fields"], list):
            return identity
    except (OSError, ValueError, KeyError):
        pass
    raise StateError(
        f"The file {str(results)!r} is there already, but {noted.name!r}, which would say what sweep it is of, is not "
        "beside it, or cannot be read. Choose another file."
    )


def _differences(there: Mapping[str, Any], here: Mapping[str, Any]) -> Iterator[str]:
    """Yield what differs between two sweeps, apart from what the columns of their results say."""
    swept = (set(there["fields"]), set(here["fields"]))
    if swept[0] != swept[1]:
        yield f"it varies {_named(swept[0])}, and this one {_named(swept[1])}"
        return
    if there.get("engine") != here["engine"]:
        yield f"another engine made it (Pellucid {there.get('pellucid')}), whose bits may differ"
    for unit in ("epochs", "updates"):
        if there.get(unit) != here.get(unit):
            yield f"{unit} are {there.get(unit, 'not set')} in it, and {here.get(unit, 'not set')} here"
    said = {*swept[1], *SEED_PATHS.values()}
    yield from _changed(there.get("experiment"), here["experiment"], "", said)


def _changed(there: Any, here: Any, path: str, said: set[str]) -> Iterator[str]:
    """Yield the settings that differ, but for those that columns say."""
    if path in said or there == here:
        return
    for kind, places in ((dict, _keys), (list, _indices)):
        if isinstance(there, kind) and isinstance(here, kind) and (names := places(there, here)):
            for name in names:
                inner = f"{path}.{name}" if path else str(name)
                yield from _changed(_item(there, name), _item(here, name), inner, said)
            return
    yield f"`{path}` is {_said(there)} in it, and {_said(here)} here"


def _keys(there: Any, here: Any) -> list[Any]:
    return list({**there, **here})


def _indices(there: Any, here: Any) -> list[Any]:
    return list(range(len(there))) if len(there) == len(here) else []


def _item(place: Any, name: Any) -> Any:
    return place.get(name) if isinstance(place, dict) else place[name]


def _said(value: Any) -> str:
    """Return a value as it is shown in a sentence; lists and objects too, so that they can be told apart."""
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else shown(value)
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"


def _named(fields: set[str]) -> str:
    return " and ".join(sorted(fields)) or "nothing"
