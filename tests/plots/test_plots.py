"""The package as a whole: what it needs, and that it leaves Matplotlib as it was."""

import subprocess
import sys
from typing import Any

import matplotlib as mpl
import pytest
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from pellucid import plots
from pellucid.errors import ArgumentError, MissingExtraError
from pellucid.plots import plot_confusion, plot_loss, plot_surface
from plots import cases


def test_matplotlib_is_imported_with_the_first_function() -> None:
    code = (
        "import sys, pellucid, pellucid.plots; assert 'matplotlib' not in sys.modules; "
        "from pellucid.plots import plot_loss; assert 'matplotlib' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_without_matplotlib_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtraError, match=r"plot_loss needs Matplotlib: pip install 'pellucid\[plots\]'."):
        plots.__getattr__("plot_loss")


def test_every_public_name_is_there() -> None:
    assert all(callable(getattr(plots, name)) for name in plots.__all__)
    assert set(plots.__all__) <= set(dir(plots))
    with pytest.raises(AttributeError, match="has no attribute 'plot_everything'"):
        _ = plots.plot_everything


def test_settings_and_figures_stay_as_they_were() -> None:
    figure, axes = plt.subplots(2, 3)
    settings, axes_before = dict(mpl.rcParams), list(figure.axes)
    plots.plot_surface(cases.moons(), ax=axes[0, 0], theme="dark")
    plots.plot_units(cases.moons(), ax=axes[0, 1])
    plots.plot_network(cases.moons(), ax=axes[0, 2])
    plots.plot_loss(cases.moons(), ax=axes[1, 0])
    plots.plot_confusion(cases.moons(), ax=axes[1, 1])
    plots.animate(cases.moons(), 2, frames=2).to_jshtml()
    assert dict(mpl.rcParams) == settings
    assert plt.get_fignums() == [figure.number]
    assert figure.axes == axes_before


@pytest.mark.parametrize("style", ["ggplot", "seaborn-v0_8-whitegrid", "bmh"])
def test_the_grid_of_a_style_does_not_lie_over_the_pictures(style: str) -> None:
    with plt.style.context(style):
        axes = Figure().subplots(1, 3)
        plot_surface(cases.moons(), ax=axes[0])
        plot_confusion(cases.moons(), ax=axes[1])
        plot_loss(cases.moons(), ax=axes[2])
    assert [any(line.get_visible() for line in ax.get_xgridlines()) for ax in axes] == [False] * 3
    assert [any(line.get_visible() for line in ax.get_ygridlines()) for ax in axes] == [False, False, True]


def test_what_are_no_flat_axes_is_refused() -> None:
    figure: Any = Figure()
    for ax, words in (
        (figure, "ax is a Figure, but must be Axes with two straight coordinates"),
        (figure.subplots(1, 2), "ax is a ndarray, but"),
        (figure.add_subplot(projection="polar"), "ax is a PolarAxes, but"),
    ):
        with pytest.raises(ArgumentError, match=words):
            plot_surface(cases.moons(), ax=ax)


def test_plots_change_nothing_in_the_run() -> None:
    run = cases.spiral()
    before, history = run._block.words[: run._block.integer("STATE_WORDS")].copy(), list(run.history)
    for plot in (plots.plot_surface, plots.plot_units, plots.plot_network, plots.plot_loss, plots.plot_confusion):
        plot(run, ax=Figure().subplots())
    assert (run._block.words[: len(before)] == before).all()
    assert run.history == history


def test_a_part_of_a_figure_is_drawn_on_too() -> None:
    figure = Figure(facecolor="black")
    left: Any = figure.subfigures(1, 2)[0]  # type: ignore[index] # an array of them
    ax = plots.plot_network(cases.moons(), ax=left.subplots())
    assert ax.texts[0].get_color() == "#98a3ad"
