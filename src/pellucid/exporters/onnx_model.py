"""The network as an ONNX model: what `Run.outputs` takes goes in, with scaling and features as parts of the graph.

What comes out:

- ``outputs`` (n, n_outputs): the activations of the output units;
- of classes ``label`` (n,), the class of each row, and ``probabilities`` (n, n_classes);
- of numbers to fit ``values`` (n,), in the units of the data.
"""

import json
from typing import Any

import numpy as np
import numpy.typing as npt

from pellucid import __version__
from pellucid.block import Block
from pellucid.engine.activations import GELU_CUBIC, GELU_SCALE, LEAK
from pellucid.experiment import Experiment
from pellucid.exporters.about import about_json
from pellucid.exporters.architecture import Architecture
from pellucid.extras import need

OPSET = 17
"""Of 2022: later ones bring nothing that these networks need."""

IR = 8
"""The version of the file format that came with it."""

SIMPLE = {"sigmoid": "Sigmoid", "tanh": "Tanh", "relu": "Relu", "sine": "Sin", "linear": "Identity"}


def onnx_model(block: Block, experiment: Experiment) -> bytes:
    """Return the model, checked by ONNX.

    Raises
    ------
    MissingExtraError
        When ONNX is not installed.
    """
    onnx = need("onnx", "Writing ONNX")
    network = Architecture.of(block, experiment)
    graph = Graph(onnx)
    a = _inputs(graph, network)
    for (W, b), activation in zip(block.layers("PARAMETERS"), network.activations, strict=True):
        z = graph.add("Gemm", a, graph.constant(W), graph.constant(b), transB=1)
        a = _activated(graph, activation, z)
    graph.add("Identity", a, named="outputs")
    outputs = [graph.described("outputs", "FLOAT", "n", network.widths[-1])]
    if network.classes:
        _classify(graph, network)
        outputs += [
            graph.described("label", "INT64", "n"),
            graph.described("probabilities", "FLOAT", "n", network.classes),
        ]
    else:
        _fit(graph, network)
        outputs.append(graph.described("values", "FLOAT", "n"))
    model = graph.model(2 if network.features else network.widths[0], outputs)
    onnx.helper.set_model_props(
        model,
        {
            "pellucid": about_json(block, experiment),
            "class_names": json.dumps(network.class_names or [], ensure_ascii=False),
        },
    )
    onnx.checker.check_model(model, full_check=True)
    content: bytes = model.SerializeToString(deterministic=True)
    return content


class Graph:
    """Nodes and constants of a graph, as they are added.

    Parameters
    ----------
    onnx : module
        The library.
    """

    def __init__(self, onnx: Any) -> None:
        self._onnx = onnx
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    def add(self, operator: str, *inputs: str, named: str | None = None, **attributes: Any) -> str:
        """Add a node; return the name of its output."""
        name = named or f"{operator.lower()}_{len(self._nodes)}"
        self._nodes.append(self._onnx.helper.make_node(operator, inputs, [name], **attributes))
        return name

    def constant(self, value: npt.ArrayLike, dtype: npt.DTypeLike = np.float32) -> str:
        """Add a constant; return its name."""
        name = f"constant_{len(self._constants)}"
        array = np.array(value, dtype=dtype, order="C")
        self._constants.append(self._onnx.numpy_helper.from_array(array, name))
        return name

    def whole(self, truth: str) -> str:
        """Add what turns truth values into 0 and 1; return its name."""
        return self.add("Cast", truth, to=self._onnx.TensorProto.INT64)

    def described(self, name: str, type_name: str, *shape: str | int) -> Any:
        """Return the description of an input or output of the graph."""
        tensor_type = getattr(self._onnx.TensorProto, type_name)
        return self._onnx.helper.make_tensor_value_info(name, tensor_type, shape)

    def model(self, width: int, outputs: list[Any]) -> Any:
        """Return the model that takes X (n, width)."""
        inputs = [self.described("X", "FLOAT", "n", width)]
        graph = self._onnx.helper.make_graph(self._nodes, "network", inputs, outputs, self._constants)
        return self._onnx.helper.make_model(
            graph,
            opset_imports=[self._onnx.helper.make_opsetid("", OPSET)],
            ir_version=IR,
            producer_name="pellucid",
            producer_version=__version__,
        )


def _inputs(graph: Graph, network: Architecture) -> str:
    """Add scaling and features; return what the network sees."""
    if not network.features:
        return "X"
    x = "X"
    if network.scaled:
        centers, scales = zip(*(network.scaling[axis] for axis in ("x1", "x2")), strict=True)
        x = graph.add("Div", graph.add("Sub", x, graph.constant(centers)), graph.constant(scales))
    if network.features == ["x1", "x2"]:
        return x
    x1, x2 = (graph.add("Gather", x, graph.constant([place], np.int64), axis=1) for place in (0, 1))
    columns = {
        "x1": lambda: x1,
        "x2": lambda: x2,
        "x1_squared": lambda: graph.add("Mul", x1, x1),
        "x2_squared": lambda: graph.add("Mul", x2, x2),
        "x1_x2": lambda: graph.add("Mul", x1, x2),
        "sin_x1": lambda: graph.add("Sin", x1),
        "sin_x2": lambda: graph.add("Sin", x2),
    }
    return graph.add("Concat", *(columns[name]() for name in network.features), axis=1)


def _activated(graph: Graph, activation: str, z: str) -> str:
    """Add a = f(z)."""
    if activation in SIMPLE:
        return graph.add(SIMPLE[activation], z)
    if activation == "softmax":
        return graph.add("Softmax", z, axis=1)
    if activation == "leaky_relu":
        return graph.add("LeakyRelu", z, alpha=LEAK)
    cube = graph.add("Mul", graph.add("Mul", z, z), z)
    inner = graph.add("Add", z, graph.add("Mul", cube, graph.constant(GELU_CUBIC)))
    t = graph.add("Tanh", graph.add("Mul", inner, graph.constant(GELU_SCALE)))
    return graph.add("Mul", graph.add("Mul", z, graph.constant(0.5)), graph.add("Add", t, graph.constant(1)))


def _classify(graph: Graph, network: Architecture) -> None:
    """Add label and probabilities, as `LiveNetwork.predict` and `predict_proba` tell them."""
    low = graph.constant(network.low)
    span = graph.constant(1 - network.low)
    places = graph.add("Div", graph.add("Sub", "outputs", low), span)
    places = graph.add("Clip", places, graph.constant(0), graph.constant(1))
    if network.widths[-1] == 1:
        middle = graph.constant(0.5 * (network.low + 1))
        reached = graph.whole(graph.add("GreaterOrEqual", "outputs", middle))
        graph.add("Squeeze", reached, graph.constant([1], np.int64), named="label")
        graph.add("Concat", graph.add("Sub", graph.constant(1), places), places, axis=1, named="probabilities")
        return
    graph.add("ArgMax", "outputs", axis=1, keepdims=0, named="label")
    if network.loss != "squared_error":
        graph.add("Identity", places, named="probabilities")
        return
    axis = graph.constant([1], np.int64)
    none = graph.add("Equal", graph.add("ReduceSum", places, axis), graph.constant(0))
    shared = graph.add("Where", none, graph.constant(1), places)  # all say no: no class is likelier than another
    graph.add("Div", shared, graph.add("ReduceSum", shared, axis), named="probabilities")


def _fit(graph: Graph, network: Architecture) -> None:
    """Add the values that are fitted, in the units of the data."""
    center, scale = network.scaling["value"]
    single = graph.add("Squeeze", "outputs", graph.constant([1], np.int64))
    graph.add("Add", graph.add("Mul", single, graph.constant(scale)), graph.constant(center), named="values")
