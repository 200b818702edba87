"""Every plot looks as it did when it was last looked at."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from pellucid.plots import animate, plot_confusion, plot_loss, plot_network, plot_surface, plot_units
from plots import cases
from plots.pictures import RENEW, check_picture

Plot = Callable[[Axes], Any]

PICTURES: dict[str, tuple[tuple[float, float], Plot]] = {
    "surface_light": ((5.6, 4.6), lambda ax: plot_surface(cases.moons(), ax=ax, theme="light")),
    "surface_dark": ((5.6, 4.6), lambda ax: plot_surface(cases.spiral(), ax=ax, theme="dark")),
    "surface_decision": ((5.6, 4.6), lambda ax: plot_surface(cases.spiral(), ax=ax, show="decision")),
    "surface_values": ((5.6, 4.6), lambda ax: plot_surface(cases.bumps(), ax=ax)),
    "surface_units": ((5.6, 4.6), lambda ax: plot_surface(cases.table(), ax=ax)),
    "units_light": ((7.2, 4.6), lambda ax: plot_units(cases.moons(), ax=ax, theme="light")),
    "units_dark": ((7.2, 4.6), lambda ax: plot_units(cases.spiral(), ax=ax, theme="dark")),
    "units_drawings": ((7.2, 4.6), lambda ax: plot_units(cases.drawings(), ax=ax)),
    "network_light": ((7.2, 4.6), lambda ax: plot_network(cases.moons(), ax=ax, theme="light")),
    "network_dark": ((6.0, 3.8), lambda ax: plot_network(cases.spiral(), ax=ax, theme="dark")),
    "network_drawings": ((7.2, 4.6), lambda ax: plot_network(cases.drawings(), ax=ax)),
    "network_given": ((7.2, 4.6), lambda ax: plot_network(cases.given(), ax=ax)),
    "network_crowded": ((7.2, 4.6), lambda ax: plot_network(cases.drawings(16, 128), ax=ax)),
    "loss_light": ((6.4, 3.2), lambda ax: plot_loss(cases.moons(), ax=ax, theme="light")),
    "loss_dark": ((6.4, 3.2), lambda ax: plot_loss(cases.spiral(), ax=ax, log=True, theme="dark")),
    "loss_accuracy": ((6.4, 3.2), lambda ax: plot_loss(cases.spiral(), ax=ax, show="accuracy")),
    "confusion_light": ((4.6, 4.2), lambda ax: plot_confusion(cases.given(), ax=ax, part="train", theme="light")),
    "confusion_dark": ((4.6, 4.2), lambda ax: plot_confusion(cases.spiral(), ax=ax, theme="dark")),
}


@pytest.mark.parametrize("name", PICTURES)
def test_looks_as_it_did(name: str, tmp_path: Path) -> None:
    size, plot = PICTURES[name]
    figure = Figure(size, layout="constrained")
    plot(figure.subplots())
    check_picture(figure, name, tmp_path)


def test_a_frame_of_an_animation_looks_as_it_did(tmp_path: Path) -> None:
    animation = animate(cases.moons(), 20, frames=3, theme="dark")
    animation.scene.show(2)
    check_picture(animation.scene.figure, "animation_dark", tmp_path)


def test_another_picture_is_found_to_be_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(RENEW, raising=False)
    figure = Figure((5.6, 4.6), layout="constrained")
    ax = plot_surface(cases.moons(), ax=figure.subplots(), theme="light")
    ax.collections[-1].set_visible(False)
    with pytest.raises(AssertionError, match="RMS"):
        check_picture(figure, "surface_light", tmp_path)
