"""The examples of the documentation and of the README do what they show."""

import doctest
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def blocks(page: Path, language: str) -> list[tuple[int, str]]:
    """Return the blocks of a page in a language, each with the number of its first line, from 0."""
    text = page.read_text("utf-8")
    return [(text[: found.start(2)].count("\n"), found[2]) for found in FENCE.finditer(text) if found[1] == language]


def pages_with(language: str) -> list[Any]:
    return [pytest.param(page, id=str(page.relative_to(ROOT))) for page in PAGES if blocks(page, language)]


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("document", pages_with("pycon"))
def test_the_examples_of_a_page_print_what_it_shows(document: Path) -> None:
    examples = [
        doctest.Example(each.source, each.want, each.exc_msg, lineno=start + each.lineno, options=each.options)
        for start, text in blocks(document, "pycon")
        for each in doctest.DocTestParser().get_examples(text)
    ]
    assert examples
    said: list[str] = []
    test = doctest.DocTest(examples, {"__name__": "__main__"}, document.name, str(document), 0, None)
    result = doctest.DocTestRunner(optionflags=FLAGS).run(test, out=said.append)
    assert result.failed == 0, "".join(said)


@pytest.mark.parametrize("document", pages_with("python"))
def test_the_programs_of_a_page_run_and_print_what_it_shows(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known: dict[str, Any] = {"__name__": "__main__"}
    shown = dict(blocks(document, "text"))
    for start, text in blocks(document, "python"):
        exec(compile("\n" * start + text, document, "exec"), known)
        printed = capsys.readouterr().out
        wanted = shown.pop(start + text.count("\n") + 3, None)  # the block below, after an empty line and its fence
        if wanted is not None:
            part = f"...{wanted.replace('…', '...')}..."
            assert doctest.OutputChecker().check_output(part, printed, FLAGS), f"{document}:{start + 1}:\n{printed}"
    assert shown == {}


@pytest.mark.parametrize("document", pages_with("console"))
def test_the_commands_of_a_page_print_what_it_shows(
    document: Path, pellucid: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    for start, text in blocks(document, "console"):
        for each in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
            command, _, wanted = each.replace("\\\n", "").partition("\n")
            program, *arguments = shlex.split(command)
            assert program == "pellucid", f"{document}:{start + 1}: {command}"
            status, out, err = pellucid(*arguments)
            assert status == 0, err
            same = doctest.OutputChecker().check_output(wanted, out, FLAGS)
            assert same, f"{document}:{start + 1}: {command} prints\n{out}"
