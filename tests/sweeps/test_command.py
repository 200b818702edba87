"""``pellucid sweep``, as a person uses it."""

from pathlib import Path
from typing import Any

import pytest

from pellucid import Run
from pellucid.experiment import Experiment
from pellucid.sweeps import Sweep
from pellucid.sweeps.plan import plan
from pellucid.sweeps.report import BEGIN, END
from pellucid.sweeps.store import Store
from sweeps.sweeps import here, rows_of, spec_file


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    return spec_file(tmp_path)


def test_a_spec_is_run_into_a_file_a_table_a_plot_and_a_report(spec: Path, tmp_path: Path, pellucid: Any) -> None:
    with here(tmp_path):
        options = ["spec.toml", "--jobs", "2", "--plot", "plots.svg", "--report", "report.md"]
        status, out, err = pellucid("sweep", *options)
        assert (status, err) == (0, "")
        table, effort = out.rstrip().split("\n\n", 1)[1].rsplit("\n\n", 1)
        assert [line.split()[0] for line in table.splitlines()[2:]] == ["1", "2"]
        assert effort.startswith("16 runs of 4 combinations, 20 epochs each: 16 finished. They took ")
        assert effort.endswith(" s on the clock with 2 processes.")
        assert len(rows_of(Path("spec.csv"))) == 16
        assert Path("plots.svg").read_text().startswith("<?xml")
        report = Path("report.md").read_text()
        assert report.startswith(BEGIN)
        assert "| 2 | " in report
        assert "](plots.svg)" in report
        assert report.endswith(f"{effort}\n\n{END}\n")
        status, out, err = pellucid("sweep", *options, "--seeds", "5")
        assert (status, err) == (0, "")
        assert "20 runs of 4 combinations" in out
        assert "; 4 of them were made now, in " in out
        status, again, err = pellucid("sweep", "spec.toml", "--seeds", "5", "--summary")
        assert (status, err) == (0, "")
        assert again.split("\n\n")[1] == out.split("\n\n")[1]


def test_a_quick_sweep_needs_no_file(tmp_path: Path, pellucid: Any) -> None:
    Experiment(data={"kind": "xor"}).save(tmp_path / "base.json")
    options = '--grid network.hidden.0.units=2,3 --grid features=[["x1","x2"],["x1_x2"]] --experiment base.json'
    with here(tmp_path):
        status, _, err = pellucid(
            "sweep", *options.split(), "--seeds", "1", "--epochs", "3", "--results", "x.csv", "--jobs", "1"
        )
        assert (status, err) == (0, "")
        rows = rows_of(Path("x.csv"))
        assert [(row["network.hidden.0.units"], row["features"]) for row in rows] == [
            ("2", '["x1","x2"]'),
            ("2", '["x1_x2"]'),
            ("3", '["x1","x2"]'),
            ("3", '["x1_x2"]'),
        ]
        run = Run(Experiment.open("base.json").replace("network.hidden.0.units", 2).replace("features", ["x1_x2"]))
        run.epoch(3)
        assert rows[1]["weights_sha256"] == run.weights_sha256
        before = sorted(Path().iterdir())
        assert pellucid("sweep", *options.split(), "--seeds", "1", "--epochs", "1", "--jobs", "1")[0] == 0
        assert sorted(Path().iterdir()) == before


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ("", "What is to be run? Name a SPEC, or say it with --grid or --seeds; --example prints a SPEC."),
        ("no.toml", "The file 'no.toml' cannot be opened: no such file or directory."),
        ("spec.toml --grid data.kind=xor", "--grid cannot be used with a SPEC, which says what is run."),
        ("spec.toml --experiment a.json", "--experiment cannot be used with a SPEC, which says what is run."),
        ("--grid data.kind", "--grid is 'data.kind', but must be a setting and its values: data.kind=circles,moons."),
        ("--grid data.kind=[1", "--grid data.kind is '[1', which begins like a list but is not JSON."),
        (
            "--grid training.optimiser=sgd",
            "`training.optimiser` is not a setting; known are loss, optimizer, learning_rate, momentum, decay, epsilon",
        ),
        ("spec.toml --seeds 0", "--seeds is '0', but must be a whole number from 1 to 100000."),
        ("spec.toml --epochs x", "--epochs is 'x', but must be a whole number from 0 to 1000000000."),
        ("spec.toml --jobs 0", "--jobs is '0', but must be a whole number from 1 to 4096."),
        ("spec.toml --jobs 2 --cluster tcp://x:1", "Both --cluster and --jobs are given, but a cluster has its own"),
        ("spec.toml --measure acc", "--measure is 'acc', but must be test_accuracy, accuracy, test_loss, loss or obj"),
        ("spec.toml --results x.txt", "The results file is 'x.txt', but its name must end with .csv or .parquet."),
        ("spec.toml --plot no/x.svg", "The file 'no/x.svg' cannot be written: there is no folder 'no'."),
        ("spec.toml --summary", "The file 'spec.csv' cannot be opened: there is no such file."),
        ("spec.toml --summary --results none", "--summary shows what a results file has; --results names it."),
    ],
)
def test_bad_options_get_a_sentence(options: str, sentence: str, spec: Path, tmp_path: Path, pellucid: Any) -> None:
    with here(tmp_path):
        before = sorted(tmp_path.iterdir())
        status, out, err = pellucid("sweep", *options.split())
        assert (status, out) == (2, "")
        assert err.startswith(sentence)
        assert len(err.splitlines()) == 1
        assert sorted(tmp_path.iterdir()) == before


def test_a_file_of_another_sweep_is_refused(spec: Path, tmp_path: Path, pellucid: Any) -> None:
    with here(tmp_path):
        pellucid("sweep", "spec.toml", "--jobs", "1")
        status, _, err = pellucid("sweep", "spec.toml", "--epochs", "21")
    sentence = "The file 'spec.csv' holds results of another sweep: epochs are 20 in it, and 21 here. Choose another"
    assert status == 2
    assert err.startswith(sentence)


def test_the_table_is_printed_even_if_the_plot_cannot_be_drawn(tmp_path: Path, pellucid: Any) -> None:
    with here(tmp_path):
        options = ["--seeds", "1", "--epochs", "1", "--jobs", "1", "--plot", "x.svg"]
        status, out, err = pellucid("sweep", *options)
        assert (status, err) == (2, "The sweep cannot be drawn: no setting varies in it.\n")
        assert out.splitlines()[-1].startswith("1 run of 1 combination, 1 epoch each: 1 finished. They took ")


def test_a_file_that_another_sweep_writes_can_be_looked_at(spec: Path, tmp_path: Path, pellucid: Any) -> None:
    with here(tmp_path):
        pellucid("sweep", "spec.toml", "--jobs", "1")
        with Store(Path("spec.csv"), plan(Sweep.open("spec.toml"))):
            status, out, err = pellucid("sweep", "spec.toml", "--summary")
            assert (status, err) == (0, "")
            assert out.endswith(" s of processor time; none of them was made now.\n")
            status, _, err = pellucid("sweep", "spec.toml")
            assert (status, err) == (
                2,
                "Another sweep is writing 'spec.csv'; wait until it ends, or choose another file.\n",
            )
