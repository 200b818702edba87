"""One layer and one sample: forward, backward, and the gradient of its weights.

W is held as (n_in, n_out): W[i, j] leads from input i to unit j. (From outside it is seen as its transpose,
(n_out, n_in), as the field writes it.) So the weights that leave one input lie side by side, and
each loop below runs along them. `dense_lanes` does the same for four samples at a time.
"""

from pellucid.engine.primitives import Floats


def forward(W: Floats, b: Floats, x: Floats, z: Floats) -> None:
    """Set z_j = b_j + Σᵢ W_ij x_i, adding from the first input to the last."""
    n_in, n_out = W.shape
    for j in range(n_out):
        z[j] = b[j]
    for i in range(n_in):
        for j in range(n_out):
            z[j] += W[i, j] * x[i]


def backward(W: Floats, delta: Floats, out: Floats) -> None:
    """Set out_i = ∂L/∂x_i = Σⱼ W_ij δ_j, adding from the first unit to the last; δ = ∂L/∂z."""
    n_in, n_out = W.shape
    for i in range(n_in):
        total = W[i, 0] * delta[0]
        for j in range(1, n_out):
            total += W[i, j] * delta[j]
        out[i] = total


def add_gradients(delta: Floats, x: Floats, W_gradient: Floats, b_gradient: Floats) -> None:
    """Add ∂L/∂W_ij = δ_j x_i and ∂L/∂b_j = δ_j of this sample."""
    n_in, n_out = W_gradient.shape
    for j in range(n_out):
        b_gradient[j] += delta[j]
    for i in range(n_in):
        for j in range(n_out):
            W_gradient[i, j] += delta[j] * x[i]
