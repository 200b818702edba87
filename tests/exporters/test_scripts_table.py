"""The pieces of the scripts fit together for every network, and the page gets the same."""

import ast
import builtins
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from exporters.cases import SAMPLES, matrix
from pellucid import Run
from pellucid.exporters.script import choices_of, values_of
from pellucid.exporters.scripts.table import PIECES, SCRIPTS, assembled, pieces

CASES = SAMPLES | matrix()


@pytest.mark.parametrize("framework", SCRIPTS)
def test_every_script_is_python_in_which_every_name_is_known(framework: str) -> None:
    for experiment in CASES.values():
        block = Run(experiment)._block
        text = assembled(pieces(framework), choices_of(block, experiment), values_of(block, experiment))
        tree = ast.parse(text)
        nodes = list(ast.walk(tree))
        known = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
        known |= {node.arg for node in nodes if isinstance(node, ast.arg)}
        known |= {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        known |= {name.asname or name.name for node in nodes if hasattr(node, "names") for name in node.names}
        known |= {*dir(builtins), "__name__"}
        assert {node.id for node in nodes if isinstance(node, ast.Name)} <= known
        defined = [node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        assert len(defined) == len(set(defined))


@pytest.mark.parametrize("framework", SCRIPTS)
def test_pieces_ask_for_choices_that_there_are(framework: str) -> None:
    choices: dict[str, set[str]] = {}
    values: set[str] = set()
    for experiment in CASES.values():
        block = Run(experiment)._block
        values |= values_of(block, experiment).keys()
        for key, names in choices_of(block, experiment).items():
            choices.setdefault(key, set()).update(names)
    for piece in pieces(framework):
        assert set(re.findall(r"\{\{(.*?)\}\}", piece.text)) <= values
        for key, names in piece.when.items():
            assert set(names) <= choices[key]


def test_every_file_of_pieces_is_in_a_script() -> None:
    assert {path.stem for path in PIECES.iterdir()} == {name for names in SCRIPTS.values() for name in names}


def test_the_table_for_the_page_has_the_same_pieces(tmp_path: Path) -> None:
    path = tmp_path / "export" / "scripts.json"
    subprocess.run([sys.executable, "-m", "pellucid.exporters.scripts", path], check=True)
    table = json.loads(path.read_text("utf-8"))
    assert table == {name: [piece._asdict() for piece in pieces(name)] for name in SCRIPTS}


def test_a_class_name_cannot_end_its_text() -> None:
    experiment = SAMPLES["points of three named classes"].replace("data.class_names", ['"""', "\\", "'{{low}}'"])
    block = Run(experiment)._block
    text = assembled(pieces("numpy"), choices_of(block, experiment), values_of(block, experiment))
    found = next(
        ast.literal_eval(node.value)
        for node in ast.parse(text).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "CLASS_NAMES"
    )
    assert tuple(found) == experiment.data.class_names
