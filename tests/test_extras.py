"""What is said where an optional library is not installed."""

import sys
from importlib.abc import MetaPathFinder

import pytest

from pellucid.errors import MissingExtraError
from pellucid.extras import LIBRARIES, need


class Absent(MetaPathFinder):
    """Finds no module of some libraries, as if they were not installed."""

    def __init__(self, *libraries: str) -> None:
        self.libraries = libraries

    def find_spec(self, name: str, path: object, target: object = None) -> None:
        if name.partition(".")[0] in self.libraries:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_missing_library_is_named_with_the_command_that_installs_it(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [each for each in sys.modules if each.partition(".")[0] == library]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Absent(library), *sys.meta_path])
    with pytest.raises(
        MissingExtraError, match=rf"^The thing needs .+: pip install 'pellucid\[{LIBRARIES[library][1]}\]'\.$"
    ):
        need(f"{library}.some.part", "The thing")


def test_a_fault_inside_of_an_installed_library_is_not_taken_for_its_absence() -> None:
    with pytest.raises(ModuleNotFoundError, match="no_such_part") as caught:
        need("sklearn.no_such_part", "The thing")
    assert not isinstance(caught.value, MissingExtraError)
