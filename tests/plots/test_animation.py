"""`Run.animate`: frames of a run that stays as it is, as files and in a notebook."""

import itertools
import subprocess
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.animation import FFMpegWriter, FuncAnimation
from matplotlib.figure import Figure
from PIL import Image, ImageSequence, features

from pellucid import Experiment, Run
from pellucid.errors import ArgumentError, DivergedError, MissingExtraError
from pellucid.plots import animate
from plots import cases


def _run() -> Run:
    run = Run(Experiment(data={"samples": 60}))
    run.epoch(3)
    return run


def test_the_run_stays_as_it_is() -> None:
    run = _run()
    before, history = run._block.words.copy(), list(run.history)
    animation = run.animate(6, frames=3)
    animation.scene.show(2)
    assert (run._block.words == before).all()
    assert run.history == history
    assert run.epochs == 3


def test_training_on_gives_the_very_weights_that_were_seen() -> None:
    run = _run()
    animation = run.animate(6, frames=4)
    animation.scene.show(3)
    run.epoch(6)
    assert animation.scene.film.run.weights_sha256 == run.weights_sha256
    assert animation.scene.film.history == run.history


def test_frames_are_spread_evenly_over_the_epochs() -> None:
    assert _run().animate(10, frames=5).scene.film.stops == [3, 5, 8, 11, 13]
    assert _run().animate(2, frames=60).scene.film.stops == [3, 4, 5]


def test_a_frame_is_the_same_whichever_was_shown_before() -> None:
    run = _run()
    scene = run.animate(8, frames=5).scene
    scene.show(3)
    there = scene.film.run.weights_sha256
    scene.show(4)
    scene.show(1)
    scene.show(3)
    assert scene.film.run.weights_sha256 == there
    assert [moment.epochs for moment in scene.film.history] == list(range(10))


def test_a_start_within_an_epoch_is_kept() -> None:
    run = _run()
    run.step(1)
    scene = run.animate(2, frames=3).scene
    scene.show(2)
    run.epoch(2)
    assert scene.film.run.weights_sha256 == run.weights_sha256


def test_pictures_follow_the_training() -> None:
    scene = _run().animate(40, frames=2).scene
    assert scene.surface is not None
    first = np.asarray(scene.surface.image.get_array()).copy()
    tile = np.asarray(scene.network.tiles[1][0].image.get_array()).copy()
    width = np.asarray(scene.network.edges[0].shown.get_linewidth()).copy()
    scene.show(1)
    run = scene.film.run
    assert not np.allclose(np.asarray(scene.surface.image.get_array()), first)
    assert not np.allclose(np.asarray(scene.network.tiles[1][0].image.get_array()), tile)
    assert not np.allclose(np.asarray(scene.network.edges[0].shown.get_linewidth()), width)
    assert np.asarray(scene.loss.train.get_ydata())[-1] == run.loss
    accuracy = f"{run.test_accuracy:.1%}".replace("%", " %")
    losses = f"loss {run.loss:.3f}  ·  test {run.test_loss:.3f}"
    assert scene.words.get_text() == f"Epoch 43  ·  {losses}  ·  test accuracy {accuracy}"


def test_a_network_without_a_plane_has_no_surface() -> None:
    scene = cases.drawings().animate(2, frames=2).scene
    assert scene.surface is None
    assert len(scene.figure.axes) == 2


def test_a_run_that_diverges_says_so_and_stays_there() -> None:
    experiment = Experiment(
        data={"kind": "bumps", "samples": 40}, network={"hidden": [{"units": 4, "activation": "relu"}]}
    )
    run = Run(experiment.replace("training.learning_rate", 100.0))
    scene = run.animate(30, frames=3).scene
    scene.show(2)
    assert scene.film.trouble is not None
    assert scene.words.get_text().endswith(f"diverged at update {scene.film.trouble.step}")
    scene.show(0)
    assert scene.words.get_text().startswith("Epoch 0  ·  loss")
    with pytest.raises(DivergedError):
        run.epoch(30)
    with pytest.raises(DivergedError):
        run.animate()


def test_it_is_an_animation_of_matplotlib_that_opens_no_window() -> None:
    animation = _run().animate(2, frames=2)
    assert isinstance(animation, FuncAnimation)
    assert plt.get_fignums() == []


def test_a_figure_can_be_given() -> None:
    figure = Figure((8, 5))
    figure.set_facecolor("black")
    animation = _run().animate(2, frames=2, figure=figure)
    assert animation.scene.figure is figure
    with pytest.raises(ArgumentError, match="figure has axes already, but must be an empty figure"):
        _run().animate(2, frames=2, figure=figure)


def test_is_saved_as_a_gif(tmp_path: Path) -> None:
    _run().animate(4, frames=5, fps=10).save(tmp_path / "film.gif")
    with Image.open(tmp_path / "film.gif") as film:
        assert (film.size, film.info["duration"]) == ((900, 520), 100)
        frames = [np.asarray(frame.convert("RGB")) for frame in ImageSequence.Iterator(film)]
    assert len(frames) == 5
    assert all((one != other).any() for one, other in itertools.pairwise(frames))


def test_is_saved_as_a_video_by_the_ffmpeg_of_imageio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FFMpegWriter, "isAvailable", classmethod(lambda _: False))
    monkeypatch.setattr(mpl.animation.writers, "is_available", lambda _: True)
    setting = mpl.rcParams["animation.ffmpeg_path"]
    _run().animate(4, frames=5).save(tmp_path / "film.mp4")
    assert mpl.rcParams["animation.ffmpeg_path"] == setting
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-i", str(tmp_path / "film.mp4"), "-f", "null", "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    assert "Video: h264" in said
    assert "900x520" in said
    assert "frame=    5" in said


def test_is_saved_as_webm_too(tmp_path: Path) -> None:
    _run().animate(2, frames=3).save(tmp_path / "film.webm", dpi=40)
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-i", str(tmp_path / "film.webm"), "-f", "null", "-"]
    assert "Video: vp9" in subprocess.run(command, capture_output=True, text=True, check=True).stderr


def test_a_video_is_had_as_html_too() -> None:
    assert "<video" in _run().animate(2, frames=2, figure=Figure((3, 2))).to_html5_video()


@pytest.mark.parametrize("name", ["film", "film.xyz"])
def test_an_ending_that_says_no_format_is_refused_with_those_that_do(tmp_path: Path, name: str) -> None:
    with pytest.raises(
        ArgumentError, match=rf"^The file is called '{name}', but must end in \.gif, \.webp, .*\.avi, or"
    ):
        _run().animate(2, frames=2).save(tmp_path / name)


def test_words_stay_within_a_small_figure() -> None:
    scene = _run().animate(2, frames=2, figure=Figure((4, 3))).scene
    scene.figure.draw_without_rendering()
    words, axis = scene.words.get_window_extent(), scene.loss.ax.get_tightbbox()
    assert words.x1 <= scene.figure.bbox.x1
    assert axis is not None
    assert axis.y0 >= 0


def test_without_ffmpeg_a_video_is_refused_with_a_way_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FFMpegWriter, "isAvailable", classmethod(lambda _: False))
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(MissingExtraError, match=r"To save 'film[.]mp4' needs ffmpeg: pip install imageio-ffmpeg"):
        _run().animate(2, frames=2).save(tmp_path / "film.mp4")
    assert not (tmp_path / "film.mp4").exists()


def test_saving_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []
    _run().animate(4, frames=5).save(tmp_path / "film.gif", progress_callback=lambda *where: told.append(where))
    assert told == [(frame, 5) for frame in range(5)]


def test_a_bar_is_shown_where_a_person_can_see_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _run().animate(2, frames=3).save(tmp_path / "quiet.gif")
    assert capsys.readouterr().err == ""
    monkeypatch.setenv("FORCE_COLOR", "1")
    _run().animate(2, frames=3).save(tmp_path / "film.gif")
    assert "film.gif" in capsys.readouterr().err


def test_shows_itself_in_a_notebook_in_one_piece() -> None:
    animation = _run().animate(4, frames=3)
    html = animation._repr_html_()
    assert html.startswith("<iframe ")
    assert not any(text in html for text in ("http:", "https:", "<link", "@import", "url("))
    assert html.count("UklGR" if features.check("webp") else "iVBOR") == 3 + 1
    assert animation._repr_html_() is html
    assert animation.to_jshtml(default_mode="once") != html


def test_where_pillow_has_no_webp_pictures_are_png(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "check", lambda _: False)
    html = _run().animate(2, frames=2).to_jshtml()
    assert html.count("iVBOR") == 2 + 1


def test_too_large_a_player_is_refused() -> None:
    with mpl.rc_context({"animation.embed_limit": 0.01}), pytest.raises(ArgumentError, match="fewer frames"):
        _run().animate(2, frames=2).to_jshtml()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"epochs": 0}, "epochs is 0, but must be a whole number from 1 to 1,000,000"),
        ({"frames": 1}, "frames is 1, but must be a whole number from 2 to 10,000"),
        ({"frames": 2.0}, "frames is 2.0, but must be a whole number"),
        ({"fps": 0}, "fps is 0, but must be a number above 0, up to 60"),
        ({"fps": "12"}, "fps is '12', but must be a number above 0, up to 60"),
        ({"theme": "sepia"}, "theme is 'sepia', but must be 'light', 'dark' or None"),
    ],
)
def test_what_is_out_of_range_is_refused(options: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ArgumentError, match=sentence):
        animate(cases.moons(), **options)


def test_an_unknown_mode_is_refused() -> None:
    animation = _run().animate(2, frames=2)
    with pytest.raises(ArgumentError, match="default_mode is 'twice', but must be 'loop', 'once' or 'reflect'"):
        animation.to_jshtml(default_mode="twice")
    with pytest.raises(ArgumentError, match="embed_frames is False, but must be True"):
        animation.to_jshtml(embed_frames=False)
