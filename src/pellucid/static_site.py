"""The built page as a folder of files: `pellucid site DIR` writes it for any static host."""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from pathlib import Path

from pellucid.errors import PellucidError
from pellucid.headers import headers_file

LIST = "pellucid-site.json"
"""The file that lists what `write_site` wrote, so that it can be written again without touching anything else."""

RULES = Path("_headers")
"""The file that tells a host which headers to send; hosts that do not know it send none, and the page works too."""


class SiteError(PellucidError):
    """Say why the page is not there, or why it cannot be written to a folder."""


def built_page() -> Path:
    """
    Find the built page.

    Returns
    -------
    Path
        The folder that holds ``index.html``.

    Raises
    ------
    SiteError
        If the page has not been built, as in a fresh checkout.
    """
    page = Path(str(files("pellucid"))) / "site"
    if not (page / "index.html").is_file():
        raise SiteError("The page has not been built: run `make page` in the checkout, or install Pellucid with pip.")
    return page


def write_site(directory: str | Path) -> list[Path]:
    """
    Write the page as a static site, which works from any address, sub-paths included.

    A folder that holds an earlier site is brought up to date; files that are not the site's are never touched.

    Parameters
    ----------
    directory : str or Path
        The folder to write to: one that is not there yet, is empty, or holds an earlier site.

    Returns
    -------
    list of Path
        The files written, relative to the folder, sorted.

    Raises
    ------
    SiteError
        If the page has not been built, or the folder holds something else or cannot be written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as directory:
    ...     written = write_site(directory)
    >>> Path("index.html") in written
    True
    """
    page, folder = built_page(), Path(directory)
    wanted = sorted([RULES, *(file.relative_to(page) for file in page.rglob("*") if file.is_file())])
    try:
        earlier = _earlier_site(folder)
        foreign = [file for file in wanted if file not in earlier and (folder / file).exists()]
        if foreign:
            raise SiteError(f"{folder} holds {foreign[0]}, which is not the site's: move it away first.")
        _bring_up_to_date(page, folder, wanted, earlier - set(wanted))
    except OSError as error:
        raise SiteError(f"The site cannot be written to {folder}: {error.strerror or error}.") from error
    return wanted


def _earlier_site(folder: Path) -> set[Path]:
    """Return the files of an earlier site, or none for a folder that is free; refuse any other folder."""
    if folder.exists() and not folder.is_dir():
        raise SiteError(f"{folder} is a file: name a folder.")
    if not folder.exists() or not any(folder.iterdir()):
        return set()
    try:
        names = json.loads((folder / LIST).read_text("utf-8"))["files"]
        listed = {Path(name) for name in names}
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        raise SiteError(
            f"{folder} is not empty and does not hold an earlier site: name a new or an empty folder."
        ) from None
    inside = folder.resolve()
    return {file for file in listed if (folder / file).resolve().is_relative_to(inside)}


def _bring_up_to_date(page: Path, folder: Path, wanted: list[Path], outdated: set[Path]) -> None:
    """Write the files, the entry page last: whoever visits meanwhile gets the old site or the new one, whole."""
    folder.mkdir(parents=True, exist_ok=True)
    # Broken off half-way, the list still names every file that is the site's.
    _write_list(folder, [*wanted, *outdated])
    for file in sorted(wanted, key=_last_is_the_entry):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        if file == RULES:
            (folder / file).write_text(headers_file(), "utf-8")
        else:
            shutil.copyfile(page / file, folder / file)
    for file in outdated:
        (folder / file).unlink(missing_ok=True)
    _write_list(folder, wanted)


def _last_is_the_entry(file: Path) -> tuple[bool, Path]:
    """Sort by name, but what leads to the other files after them."""
    return file.name.startswith(("index.html", "service-worker.js")), file


def _write_list(folder: Path, written: list[Path]) -> None:
    names = sorted(file.as_posix() for file in written)
    (folder / LIST).write_text(json.dumps({"files": names}, indent=2) + "\n", "utf-8")
