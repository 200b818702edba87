"""TensorFlow Playground's data and settings: no worse than its own code, and better in Pellucid's own defaults.

With equal settings the two are the same method, so that half of Pellucid's runs must be about as good as the median of
the 200 runs of its code. The share of 100 runs has a standard error of 0.06, taking that of its median in; a share
below 0.32, three of them, is worse than chance.
"""

import numpy as np
import pytest
from benchmarks.playground import SETTINGS, Setting, Way, experiment, figures, results

from pellucid import Run

QUICK = SETTINGS[:4]
every_setting = pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)


def share_as_good(setting: Setting, way: Way, seeds: int) -> float:
    """Return the share of runs whose test loss is at most their median."""
    return float(np.mean(results(setting, way, seeds)[:, 0] <= setting.many.loss))


@pytest.mark.parametrize("setting", QUICK, ids=lambda setting: setting.name)
def test_with_its_settings_runs_are_as_good_as_its_own(setting: Setting) -> None:
    assert share_as_good(setting, "same settings", 100) >= 0.32


@pytest.mark.heavy
@every_setting
def test_many_runs_with_its_settings_are_as_good_as_its_own(setting: Setting) -> None:
    """1000 runs: the standard error is 0.039, nearly all of it from their 200."""
    assert share_as_good(setting, "same settings", 1000) >= 0.38


@every_setting
def test_own_defaults_in_the_plane_reach_a_lower_loss_over_ten_seeds(setting: Setting) -> None:
    ours = figures(results(setting, "own defaults, points halved", 10))
    assert ours.loss <= min(setting.ten.loss, setting.many.loss)


@pytest.mark.heavy
@every_setting
def test_own_defaults_in_the_plane_are_better_over_two_hundred_seeds(setting: Setting) -> None:
    ours = figures(results(setting, "own defaults, points halved", 200))
    assert ours.loss <= min(setting.ten.loss, setting.many.loss)
    assert ours.accuracy >= max(setting.ten.accuracy, setting.many.accuracy)


def test_the_data_follow_its_rules() -> None:
    run = {setting.name: Run(experiment(setting, "same settings", 1)) for setting in QUICK}
    assert all((len(each.points), each.train_samples) == (500, 250) for each in run.values())
    radius, inner = np.linalg.norm(run["circle"].points, axis=1), run["circle"].values == 1
    assert radius[inner].max() < 2.5
    assert radius[~inner].min() > 3.5
    points = run["xor"].points
    assert 0.3 <= np.abs(points).min() < 0.4
    assert ((points.prod(axis=1) > 0) == (run["xor"].values == 1)).all()
    first = run["gauss"].points[run["gauss"].values == 1]
    np.testing.assert_allclose(first.mean(axis=0), 2, atol=0.15)
    np.testing.assert_allclose(first.var(axis=0), 0.5, atol=0.15)
    np.testing.assert_allclose(
        np.sort(np.linalg.norm(run["spiral"].points, axis=1))[::2], np.arange(250) / 50, atol=1e-5
    )
