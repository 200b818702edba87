"""Files that a command writes."""

from pathlib import Path

from pellucid.errors import StateError


def check_writable(path: Path) -> None:
    """Refuse a file that cannot be written before hours are spent on what is to be in it."""
    folder = path.parent
    if path.is_dir() or not folder.is_dir():
        reason = "it is a folder" if path.is_dir() else f"there is no folder {str(folder)!r}"
        raise StateError(f"The file {str(path)!r} cannot be written: {reason}.")
