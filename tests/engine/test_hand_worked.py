"""One update of a 2-2-1 network, worked by hand with six digits."""

import numpy as np
import numpy.typing as npt

from engine.forms import Engine
from engine.harness import Trial
from pellucid.engine.memory import Array

SIX_DIGITS = 1.1e-6


def agrees(got: npt.NDArray[np.float32], by_hand: list[float] | list[list[float]]) -> bool:
    return bool(np.allclose(got, by_hand, rtol=0, atol=SIX_DIGITS))


def test_one_update_of_a_2_2_1_network_number_by_number(engine: Engine) -> None:
    """Hidden units with tanh, an output with sigmoid, L = ½(a − t)², learning rate η = 0.5.

    The sample is x = (0.6, −0.4) with t = 1. The weights at the start (a unit's own in a row) and biases:

        hidden  W = [ 0.5  −0.3]   b = ( 0.1)      output  W = [0.7  −0.6]   b = (0.05)
                    [−0.8   0.2]       (−0.2)
    """
    trial = Trial(
        hidden=[2],
        given=([[0.6, -0.4]], [1.0]),
        loss="squared_error",
        output_activation="sigmoid",
        learning_rate=0.5,
        engine=engine,
    )
    for unit, (row, bias) in enumerate([([0.5, -0.3], 0.1), ([-0.8, 0.2], -0.2)]):
        for source, weight in enumerate(row):
            trial.expect_running("set_weight", 0, unit, source, weight)
        trial.expect_running("set_bias", 0, unit, bias)
    trial.expect_running("set_weight", 1, 0, 0, 0.7)
    trial.expect_running("set_weight", 1, 0, 1, -0.6)
    trial.expect_running("set_bias", 1, 0, 0.05)

    trial.expect_running("evaluate")
    # L = ½ (0.683312 − 1)² with the a of the output below
    assert abs(trial["TRAIN_LOSS"] - 0.050146) < SIX_DIGITS

    trial.expect_running("step", 1)

    # Forward
    # z₁ =  0.5 · 0.6 − 0.3 · (−0.4) + 0.1 =  0.30 + 0.12 + 0.1 =  0.52    a₁ = tanh z₁ =  0.477700
    # z₂ = −0.8 · 0.6 + 0.2 · (−0.4) − 0.2 = −0.48 − 0.08 − 0.2 = −0.76    a₂ = tanh z₂ = −0.641077
    assert agrees(trial.units(Array.PRE_ACTIVATIONS, 1)[:, 0], [0.52, -0.76])
    assert agrees(trial.units(Array.UNIT_ACTIVATIONS, 1)[:, 0], [0.477700, -0.641077])
    # z = 0.7 · 0.477700 − 0.6 · (−0.641077) + 0.05 = 0.334390 + 0.384646 + 0.05 = 0.769036
    # a = 1 / (1 + e^−0.769036) = 1 / (1 + 0.463460) = 0.683312
    assert agrees(trial.units(Array.PRE_ACTIVATIONS, 2)[:, 0], [0.769036])
    assert agrees(trial.units(Array.UNIT_ACTIVATIONS, 2)[:, 0], [0.683312])

    # Backward
    # output  δ  = (a − t) a (1 − a) = −0.316688 · 0.683312 · 0.316688 = −0.068530
    # hidden  δ₁ =  0.7 · (−0.068530) · (1 − 0.477700²) = −0.047971 · 0.771803 = −0.037024
    #         δ₂ = −0.6 · (−0.068530) · (1 − 0.641077²) =  0.041118 · 0.589020 =  0.024219
    assert agrees(trial.units(Array.DELTAS, 2)[:, 0], [-0.068530])
    assert agrees(trial.units(Array.DELTAS, 1)[:, 0], [-0.037024, 0.024219])

    # Gradients: ∂L/∂W = δ · (what comes in), ∂L/∂b = δ
    # output  −0.068530 · 0.477700 = −0.032737    −0.068530 · (−0.641077) = 0.043933
    # hidden  −0.037024 · 0.6 = −0.022215    −0.037024 · (−0.4) =  0.014810
    #          0.024219 · 0.6 =  0.014532     0.024219 · (−0.4) = −0.009688
    (hidden_W, hidden_b), (output_W, output_b) = trial.layers("GRADIENTS")
    assert agrees(hidden_W.T, [[-0.022215, 0.014810], [0.014532, -0.009688]])
    assert agrees(hidden_b, [-0.037024, 0.024219])
    assert agrees(output_W.T, [[-0.032737, 0.043933]])
    assert agrees(output_b, [-0.068530])

    # Update: each parameter − 0.5 · its gradient
    # hidden   0.5 + 0.011107 =  0.511107    −0.3 − 0.007405 = −0.307405     0.1 + 0.018512 =  0.118512
    #         −0.8 − 0.007266 = −0.807266     0.2 + 0.004844 =  0.204844    −0.2 − 0.012110 = −0.212110
    # output   0.7 + 0.016368 =  0.716368    −0.6 − 0.021967 = −0.621967    0.05 + 0.034265 =  0.084265
    (hidden_W, hidden_b), (output_W, output_b) = trial.layers()
    assert agrees(hidden_W.T, [[0.511107, -0.307405], [-0.807266, 0.204844]])
    assert agrees(hidden_b, [0.118512, -0.212110])
    assert agrees(output_W.T, [[0.716368, -0.621967]])
    assert agrees(output_b, [0.084265])

    trial.expect_running("evaluate")
    assert abs(trial["TRAIN_LOSS"] - 0.045005) < SIX_DIGITS
