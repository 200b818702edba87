"""The account of an update: its terms add up, bit by bit, to what the update itself had."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from engine.accounts import Account, copied, rows, running
from engine.forms import NATIVE, SOURCE, Engine
from engine.harness import Trial
from pellucid.engine.memory import Array

ACTIVATIONS = ("linear", "sigmoid", "tanh", "relu", "leaky_relu", "gelu", "sine")
OPTIMIZERS = ("sgd", "momentum", "rmsprop", "adam")
REGULARIZERS = ("none", "l1", "l2")
TASKS: tuple[dict[str, Any], ...] = (
    {},
    {"loss": "squared_error"},
    {"data_kind": "blobs", "classes": 4},
    {"data_kind": "blobs", "classes": 3, "loss": "squared_error"},
    {"data_kind": "bumps", "classes": 0},
)
BATCHES = (1, 3, 10, 0)
STATE = ("PARAMETERS", "GRADIENTS", "MOMENTS_1", "MOMENTS_2")


def trial(case: int, engine: Engine = NATIVE, samples: int = 150) -> Trial:
    """Return a run of every kind in turn, some updates after its start; every third sees a bitmap."""
    rng = np.random.default_rng(case)
    given = None
    settings: dict[str, Any] = TASKS[case % 5] | {"samples": samples}
    if case % 3 == 2:
        bits = (rng.random((samples, 16)) < 0.4).astype(np.float32)
        given = bits, rng.integers(0, 2, samples).astype(np.float32)
        settings = {"bits": 1, "classes": 2, "output_kind": "per_class" if case % 2 else "auto"}
    made = Trial(
        hidden=(4, 3)[: rng.integers(0, 3)],
        activations=ACTIVATIONS[case % 7],
        given=given,
        engine=engine,
        **settings
        | {
            "optimizer": OPTIMIZERS[case % 4],
            "regularizer": REGULARIZERS[(case // 4) % 3],
            "regularization_rate": 0.01,
            "batch_size": BATCHES[(case // 3) % 4],
            "learning_rate": 0.05,
        },
    )
    made.call("step", int(rng.integers(0, 30)))
    return made


def account(case: int, engine: Engine = NATIVE, samples: int = 150) -> Account:
    run = trial(case, engine, samples)
    return Account(run, sample=case % run["TRAIN_SAMPLES"]) if case % 2 else Account(run, place=case % 3)


CASES = range(84)


@pytest.mark.parametrize("case", CASES)
def test_the_update_is_the_one_that_the_run_makes(case: int) -> None:
    run = trial(case)
    before = run.memory.copy()
    made = Account(run, place=1)
    assert (run.memory.view(np.uint32) == before.view(np.uint32)).all()
    run.call("step", 1)
    assert made.after.bytes(STATE) == run.bytes(STATE)
    assert made.before.guards_are_whole()
    assert made.after.guards_are_whole()


@pytest.mark.parametrize("case", CASES)
def test_the_terms_of_z_add_up_to_the_bit(case: int) -> None:
    made = account(case)
    units = made.units()
    for layer, (W, b) in enumerate(made.before.layers()):
        for unit in range(W.shape[1]):
            record = made.record("pre_activation", layer, unit)
            terms = rows(record, 2, 4)
            assert record[0] == units[layer + 1][unit, 0]
            assert record[1] == b[unit]
            assert running(terms[:, 3], record[1]) == record[0]
            assert (terms[:, 3] == terms[:, 1] * terms[:, 2]).all()
            numbers = terms[:, 0].astype(int)
            assert (terms[:, 1] == W[numbers, unit]).all()
            assert (terms[:, 2] == units[layer][numbers, 1]).all()
            assert not np.delete(units[layer][:, 1], numbers).any()
            assert made.record("activation", layer, unit)[0] == units[layer + 1][unit, 1]


@pytest.mark.parametrize("case", CASES)
def test_delta_is_handed_back_to_the_bit(case: int) -> None:
    made = account(case)
    units, layers = made.units(), made.before.layers()
    for layer in range(len(layers)):
        for unit in range(made.widths[layer + 1]):
            delta = made.record("delta", layer, unit)
            assert delta[0] == units[layer + 1][unit, 2]
            slope = made.record("slope", layer, unit)
            if layer < len(layers) - 1:
                incoming = made.record("incoming", layer, unit)
                terms = rows(incoming, 1, 4)
                assert running(terms[:, 3]) == incoming[0] == delta[1]
                assert (terms[:, 1] == layers[layer + 1][0][unit]).all()
                assert (terms[:, 2] == units[layer + 2][:, 2]).all()
                assert delta[2] == slope[0]
                assert delta[0] == delta[1] * delta[2]
            else:
                error = delta[1] - delta[2]
                assert delta[0] == (error * slope[0] if delta.size == 4 else error)


def summed(products: Any, bits: bool) -> np.float32:
    """Add a batch's products in the order of `dense_lanes` (`binary_input` for bits)."""
    total = np.float32(0)
    for chunk in np.split(products, range(64, len(products), 64)):
        if len(chunk) == 1 or bits:
            total = running(chunk, total)
            continue
        lanes = np.zeros(-(-len(chunk) // 4) * 4, np.float32)
        lanes[: len(chunk)] = chunk
        sums = [running(lanes[k::4]) for k in range(4)]
        total = np.float32(total + ((sums[0] + sums[1]) + (sums[2] + sums[3])))
    return total


def parameters(made: Account) -> list[tuple[int, int, int]]:
    return [
        (layer, unit, source)
        for layer, (n_in, n_out) in enumerate(itertools.pairwise(made.widths))
        for unit in range(n_out)
        for source in range(-1, n_in)
    ]


@pytest.mark.parametrize("case", CASES)
def test_a_gradient_is_the_mean_of_its_samples(case: int) -> None:
    made = account(case)
    bits = bool(made.before["BITS"])
    for layer, unit, source in parameters(made):
        record = made.record("gradient", layer, unit, source)
        terms = rows(record, 4, 4)
        assert terms[:, 0].tolist() == made.batch
        assert record[1] == len(made.batch)
        assert (terms[:, 3] == terms[:, 1] * terms[:, 2]).all()
        products = terms[:, 3]
        seen = bits and layer == 0 and source >= 0
        total = summed(products[products != 0] if seen else products, bits=seen)
        assert record[0] == np.float32(1) / record[1] * total + record[3] * record[2]


@pytest.mark.parametrize("case", CASES)
def test_a_step_leads_to_the_weight_after_it(case: int) -> None:
    made = account(case)
    for layer, unit, source in parameters(made):
        w_new, w, g, rate, first, second, epsilon, m, m_new, v, v_new, p1, p2, m_hat, v_hat, step, updated, pull = (
            made.record("step", layer, unit, source)
        )
        index = np.s_[source, unit]
        (W, b), (W_new, b_new) = made.before.layers()[layer], made.after.layers()[layer]
        assert w == (W[index] if source >= 0 else b[unit])
        assert w_new == (W_new[index] if source >= 0 else b_new[unit])
        assert g == made.record("gradient", layer, unit, source)[0]
        one = np.float32(1)
        kind = OPTIMIZERS[case % 4]
        if kind == "momentum":
            assert m_new == first * m + g
        if kind == "adam":
            assert m_new == first * m + (one - first) * g
            assert m_hat == m_new * (one / (one - p1))
            assert v_hat == v_new * (one / (one - p2))
        if kind in ("rmsprop", "adam"):
            assert v_new == second * v + (one - second) * (g * g)
        expected = rate * {"sgd": g, "momentum": m_new, "rmsprop": g, "adam": m_hat}[kind]
        if kind in ("rmsprop", "adam"):
            expected = expected / (np.sqrt(v_hat) + epsilon)
        assert step == expected
        assert updated == w - step
        assert pull >= 0
        size = max(np.float32(0), abs(updated) - pull)
        assert w_new == (np.copysign(size, updated) if pull else updated)


@pytest.mark.parametrize("case", range(12))
def test_the_last_step_is_what_the_last_update_did(case: int) -> None:
    run = trial(case)
    run.set(regularizer="none")
    run.call("step", 1)
    before = copied(run)
    run.call("step", 1)
    made = Account(run)
    for layer, unit, source in parameters(made):
        record = made.record("last_step", layer, unit, source)
        (W, b), (W_old, b_old) = run.layers()[layer], before.layers()[layer]
        now, old = (W[source, unit], W_old[source, unit]) if source >= 0 else (b[unit], b_old[unit])
        assert record[0] == now
        assert now == np.float32(old - record[15])


@pytest.mark.parametrize("case", range(0, 84, 7))
def test_source_and_compiled_engine_give_the_same_records(case: int) -> None:
    compiled, plain = account(case, samples=12), account(case, SOURCE, samples=12)
    assert compiled.status == plain.status
    for kind in ("pre_activation", "activation", "loss", "incoming", "slope", "delta", "gradient", "step"):
        for layer, unit, source in parameters(compiled):
            assert (
                compiled.record(kind, layer, unit, source).tobytes()
                == plain.record(kind, layer, unit, source).tobytes()
            )
    assert np.concatenate(compiled.units()).tobytes() == np.concatenate(plain.units()).tobytes()


@pytest.mark.parametrize("case", CASES)
def test_what_is_asked_leaves_the_account_as_it_is(case: int) -> None:
    made = account(case)
    before = made.before.bytes(STATE), made.after.bytes(STATE), np.concatenate(made.units()).tobytes()
    for layer, unit, source in parameters(made):
        for kind in ("gradient", "step", "last_step", "delta"):
            made.record(kind, layer, unit, source)
        out = np.empty(9, np.float32)
        made.before.call("nudge", made.after.memory, layer, unit, source, 0.01, out)
        made.before.call("trace", layer, unit, source, -1.0, 1.0, 9, out)
    assert (made.before.bytes(STATE), made.after.bytes(STATE), np.concatenate(made.units()).tobytes()) == before
    assert made.before.units(Array.DELTAS, 0).shape == (made.widths[0], 1)
    assert made.before.guards_are_whole()


@pytest.mark.parametrize("case", CASES)
def test_a_nudge_finds_the_gradient(case: int) -> None:
    made = account(case)
    kinked = ACTIVATIONS[case % 7] in ("relu", "leaky_relu")
    for layer, unit, source in parameters(made):
        out = np.empty(5, np.float32)
        made.before.call("nudge", made.after.memory, layer, unit, source, 2e-2, out)
        assert out[4] == made.record("gradient", layer, unit, source)[0]
        # Float32 losses, differences of second order; a kink between w − ε and w + ε bends the slope.
        assert out[3] == pytest.approx(out[4], rel=0.02, abs=0.2 if kinked else 2e-3)
        assert out[3] == pytest.approx((float(out[2]) - float(out[1])) / 4e-2, rel=1e-2, abs=1e-4)


def test_bad_places_are_refused() -> None:
    run = trial(0)
    other = copied(run)
    assert copied(run).call("account", other.memory, 1, run["SAMPLES"]) < 0
    assert copied(run).call("account", other.memory, 1, -1) < 0
    out = np.empty(100, np.float32)
    made = Account(run)
    for place in ((9, 0, 0), (0, 99, 0), (0, 0, 99), (0, 0, -2)):
        assert made.before.call("record", made.after.memory, 0, *place, out) < 0
        assert made.before.call("nudge", made.after.memory, *place, 0.1, out) < 0
        assert made.before.call("trace", *place, 0.0, 1.0, 5, out) < 0
    assert made.before.call("record", made.after.memory, 99, 0, 0, 0, out) < 0
    assert made.before.call("nudge", made.after.memory, 0, 0, 0, 0.0, out) < 0
