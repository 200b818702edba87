"""One layer and a multiple of four samples: `dense` with four samples side by side in one register.

Arrays of samples have the shape (units, quads, 4). Each sample's sums are added in the order of `dense`, so its
numbers are the same to the last bit; a sum over samples is four running sums, one a lane, joined as (0 + 1) + (2 + 3).
Lanes that hold no sample have x = 0 and δ = 0. Two units or inputs are done together where they need the same values.
"""

from pellucid.engine.primitives import Floats, load_quad, same_quad, store_quad, sum_quad


def forward(W: Floats, b: Floats, x: Floats, z: Floats) -> None:
    """Set z_j = b_j + Σᵢ W_ij x_i for every sample."""
    n_in, n_out = W.shape
    for q in range(x.shape[1]):
        for j in range(0, n_out - 1, 2):
            k = j + 1
            first, second = same_quad(b[j]), same_quad(b[k])
            for i in range(n_in):
                x_i = load_quad(x, i, q)
                first += W[i, j] * x_i
                second += W[i, k] * x_i
            store_quad(z, j, q, first)
            store_quad(z, k, q, second)
        if n_out % 2 == 1:
            last = same_quad(b[n_out - 1])
            for i in range(n_in):
                last += W[i, n_out - 1] * load_quad(x, i, q)
            store_quad(z, n_out - 1, q, last)


def backward(W: Floats, delta: Floats, out: Floats) -> None:
    """Set out_i = Σⱼ W_ij δ_j for every sample."""
    n_in, n_out = W.shape
    for q in range(delta.shape[1]):
        for i in range(0, n_in - 1, 2):
            k = i + 1
            first, second = W[i, 0] * load_quad(delta, 0, q), W[k, 0] * load_quad(delta, 0, q)
            for j in range(1, n_out):
                delta_j = load_quad(delta, j, q)
                first += W[i, j] * delta_j
                second += W[k, j] * delta_j
            store_quad(out, i, q, first)
            store_quad(out, k, q, second)
        if n_in % 2 == 1:
            last = W[n_in - 1, 0] * load_quad(delta, 0, q)
            for j in range(1, n_out):
                last += W[n_in - 1, j] * load_quad(delta, j, q)
            store_quad(out, n_in - 1, q, last)


def add_gradients(delta: Floats, x: Floats, W_gradient: Floats, b_gradient: Floats) -> None:
    """Add Σₛ δ_j x_i to ∂L/∂W_ij and Σₛ δ_j to ∂L/∂b_j."""
    n_in, n_out = W_gradient.shape
    add_bias_gradients(delta, b_gradient)
    for j in range(n_out):
        for i in range(0, n_in - 1, 2):
            k = i + 1
            first, second = load_quad(delta, j, 0) * load_quad(x, i, 0), load_quad(delta, j, 0) * load_quad(x, k, 0)
            for q in range(1, delta.shape[1]):
                delta_q = load_quad(delta, j, q)
                first += delta_q * load_quad(x, i, q)
                second += delta_q * load_quad(x, k, q)
            W_gradient[i, j] += sum_quad(first)
            W_gradient[k, j] += sum_quad(second)
        if n_in % 2 == 1:
            last = load_quad(delta, j, 0) * load_quad(x, n_in - 1, 0)
            for q in range(1, delta.shape[1]):
                last += load_quad(delta, j, q) * load_quad(x, n_in - 1, q)
            W_gradient[n_in - 1, j] += sum_quad(last)


def add_bias_gradients(delta: Floats, b_gradient: Floats) -> None:
    """Add Σₛ δ_j to ∂L/∂b_j."""
    for j in range(delta.shape[0]):
        total = load_quad(delta, j, 0)
        for q in range(1, delta.shape[1]):
            total += load_quad(delta, j, q)
        b_gradient[j] += sum_quad(total)
