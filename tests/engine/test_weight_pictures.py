"""What a unit looks for, and what every unit makes of one sample."""

import numpy as np
import pytest

from engine import reference
from engine.forms import ENUMERATIONS, NATIVE, SOURCE, Engine
from engine.harness import Trial

BAD = ENUMERATIONS["Status"]["bad_parameter"]
HIDDEN = ((), (5,), (6, 4), (5, 7, 3))
WIDTH = 9


def network(hidden: tuple[int, ...], engine: Engine = NATIVE, activation: str = "tanh") -> Trial:
    rng = np.random.default_rng(1)
    bits = (rng.random((8, WIDTH)) < 0.4).astype(np.float32)
    trial = Trial(hidden, activation, given=(bits, np.arange(8) % 3), classes=3, bits=1, engine=engine)
    trial.parameters[:] = rng.standard_normal(trial.parameters.size)
    return trial


@pytest.mark.parametrize("hidden", HIDDEN, ids=str)
def test_a_picture_is_the_product_of_the_weights(engine: Engine, hidden: tuple[int, ...]) -> None:
    trial = network(hidden, engine)
    product = np.eye(WIDTH)
    for layer, (W, _) in enumerate(trial.doubles()):
        product = product @ W
        for count in range(W.shape[1] + 1):
            room = np.full((W.shape[1] + 1, WIDTH), np.float32(7), np.float32)
            trial.expect_running("picture_weights", layer, count, room)
            np.testing.assert_allclose(room[:count], product.T[:count], rtol=1e-5, atol=1e-5)
            assert np.all(room[count:] == 7)
    assert trial.guards_are_whole()


def test_the_first_layers_pictures_are_the_weights_themselves() -> None:
    trial = network((5,))
    room = np.zeros((5, WIDTH), np.float32)
    trial.expect_running("picture_weights", 0, 5, room)
    np.testing.assert_array_equal(room, trial.layers()[0][0].T)


def test_a_layer_or_unit_that_there_is_not_is_refused(engine: Engine) -> None:
    trial = network((5,), engine)
    room = np.full((9, WIDTH), np.float32(7), np.float32)
    for layer, count in ((-1, 1), (2, 1), (0, 6), (1, 4), (0, -1), (2**31 - 1, 1)):
        assert trial.call("picture_weights", layer, count, room) == BAD
    assert np.all(room == 7)


@pytest.mark.parametrize("activation", [name for name in ENUMERATIONS["Activation"] if name != "softmax"])
@pytest.mark.parametrize("hidden", HIDDEN, ids=str)
def test_the_response_to_a_sample_has_every_z_and_a(engine: Engine, hidden: tuple[int, ...], activation: str) -> None:
    trial = network(hidden, engine, activation)
    x = (np.arange(WIDTH) % 2).astype(np.float32)
    size = WIDTH + sum(hidden) + 3
    z, a = np.full(size, np.nan, np.float32), np.full(size, np.nan, np.float32)
    trial.expect_running("respond", x, z, a)
    zs, values = reference.forward(trial.doubles(), trial.kinds, x[None].astype(float))
    np.testing.assert_allclose(z, np.concatenate([np.zeros(WIDTH), *[each[0] for each in zs]]), rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(a, np.concatenate([each[0] for each in values]), rtol=1e-4, atol=1e-5)


def test_the_response_has_the_bits_of_a_prediction() -> None:
    trial = network((6, 4))
    for x in np.eye(WIDTH, dtype=np.float32):
        size = WIDTH + 10 + 3
        z, a, p = np.zeros(size, np.float32), np.zeros(size, np.float32), np.zeros(3, np.float32)
        trial.expect_running("respond", x, z, a)
        trial.expect_running("predict", x, 1, p)
        assert a[-3:].tobytes() == p.tobytes()
        assert a[:WIDTH].tobytes() == x.tobytes()


@pytest.mark.parametrize("hidden", HIDDEN, ids=str)
def test_the_source_gives_the_same_bytes(hidden: tuple[int, ...]) -> None:
    results = []
    for engine in (NATIVE, SOURCE):
        trial = network(hidden, engine, "gelu")
        size = WIDTH + sum(hidden) + 3
        z, a = np.zeros(size, np.float32), np.zeros(size, np.float32)
        trial.expect_running("respond", np.ones(WIDTH, np.float32), z, a)
        pictures = np.zeros((3, WIDTH), np.float32)
        trial.expect_running("picture_weights", len(hidden), 3, pictures)
        results.append([each.tobytes() for each in (z, a, pictures)])
    assert results[0] == results[1]


def test_asking_changes_nothing_that_training_uses() -> None:
    one, other = network((4,)), network((4,))
    size = WIDTH + 4 + 3
    for _ in range(5):
        one.expect_running("step", 1)
        one.expect_running("picture_weights", 1, 3, np.zeros((3, WIDTH), np.float32))
        one.expect_running("respond", np.ones(WIDTH, np.float32), *np.zeros((2, size), np.float32))
    other.expect_running("step", 5)
    assert one.snapshot().tobytes() == other.snapshot().tobytes()
