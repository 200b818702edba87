"""What are not the weights of the network is refused in one sentence, and the run stays as it was."""

import io
import json
import pickle
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pellucid import Experiment, Run
from pellucid.errors import StateError

GOOD = {"layers.0.weight": [[1.0, 2.0]], "layers.0.bias": [3.0]}


def network() -> Run:
    return Run(Experiment(network={"hidden": [{"units": 4}]}))


@pytest.fixture
def untouched() -> Any:
    """Give a run, and see that nothing about it changed."""
    run = network()
    run.step(7)
    before = run._block.words.copy()
    yield run
    assert np.array_equal(run._block.words, before)


@pytest.mark.parametrize(
    ("weights", "sentence"),
    [
        (
            {"0.weight": np.ones((8, 2)), "0.bias": np.ones(8), "1.weight": np.ones((1, 8)), "1.bias": np.ones(1)},
            r"The weights of hidden layer 1 are \(8, 2\) in the dictionary, but \(4, 2\) in this network\.",
        ),
        (
            {"0.weight": np.ones((4, 2)), "0.bias": np.ones(4), "1.weight": np.ones((2, 4)), "1.bias": np.ones(2)},
            r"The weights of the output layer are \(2, 4\) in the dictionary, but \(1, 4\) in this network\.",
        ),
        (
            {"0.weight": np.ones((4, 2)), "0.bias": np.ones((4, 1)), "1.weight": np.ones((1, 4)), "1.bias": [1]},
            r"The biases of hidden layer 1 are \(4, 1\) in the dictionary, but \(4,\) in this network\.",
        ),
        (GOOD, r"The dictionary has 1 layer \(the outputs are one\), but this network has 2\."),
        ({}, r"The dictionary does not hold weights: there are no names such as layers\.0\.weight in it\."),
        ({"layers.0.weight": [[1.0]]}, r"The dictionary has no bias for layer 0, but each layer must have both\."),
        ({"0.weight": [[1.0]], "a.0.weight": [[1.0]]}, r"The dictionary names the weight of layer 0 twice\."),
        ({"running_mean": [1.0]}, r"`running_mean` is not a name such as layers\.0\.weight or layers\.0\.bias\."),
        ({"0.weight": [[1.0, float("nan")]]}, r"`0.weight` must be finite float32 numbers, but the dictionary has NaN"),
        ({"0.weight": [[1e300]]}, r"infinity or a number too large"),
        ({"0.weight": [[1.0], [1.0, 2.0]]}, r"`0.weight` must be rows of numbers, all of one length"),
        ({"0.weight": [["1"]]}, r"`0.weight` must be rows of numbers"),
        ({"0.weight": None}, r"`0.weight` must be rows of numbers"),
        ({"0.weight": [[1 + 2j]]}, r"`0.weight` must be rows of numbers"),
        ({"0.weight": [[True]]}, r"`0.weight` must be rows of numbers"),
    ],
)
def test_arrays_that_do_not_fit_are_named(weights: Any, sentence: str, untouched: Run) -> None:
    with pytest.raises(StateError, match=sentence):
        untouched.load_weights(weights)


def archived(**arrays: Any) -> bytes:
    file = io.BytesIO()
    np.savez(file, allow_pickle=True, **arrays)
    return file.getvalue()


def zipped(**files: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def tensors(header: Any, data: bytes = b"", length: int | None = None) -> bytes:
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text) if length is None else length) + text + data


def one(offsets: tuple[int, int], dtype: str = "F32") -> dict[str, Any]:
    return {"layers.0.weight": {"dtype": dtype, "shape": [1, 2], "data_offsets": list(offsets)}}


DAMAGED = r"does not hold weights: it is damaged"

BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "neither JSON, NPZ nor safetensors"),
    "a text": (lambda: b"weights", "neither JSON, NPZ nor safetensors"),
    "bytes": (lambda: bytes(range(256)), "neither JSON, NPZ nor safetensors"),
    "half of a JSON": (lambda: json.dumps(GOOD).encode()[:30], "or only a part of one"),
    "deep JSON": (lambda: b"[" * 100_000, "neither JSON, NPZ nor safetensors"),
    "a list": (lambda: b"[1, 2]", "no names such as layers.0.weight"),
    "weights that are none": (lambda: b'{"weights": 3}', "no names such as layers.0.weight"),
    "NaN in JSON": (lambda: b'{"0.weight": [[NaN]]}', "must be finite float32 numbers"),
    "a large number in JSON": (lambda: b'{"0.weight": [[1' + b"0" * 400 + b"]]}", "must be"),
    "an experiment": (
        lambda: Experiment().to_json().encode(),
        "an experiment, which has no weights: .*Experiment.open",
    ),
    "an object of nothing": (lambda: b"{}", "no names such as layers.0.weight"),
    "a name of many digits": (lambda: json.dumps({"9" * 5000 + ".bias": [1]}).encode(), "is not a name such as"),
    "a name of two lines": (lambda: b'{"a\\n0.bias": [1]}', r"`a\\n0\.bias` is not a name such as"),
    "an archive with a password": (lambda: locked(archived(**GOOD)), DAMAGED),
    "an archive that becomes huge": (
        lambda: swollen(archived(**GOOD)),
        "holds more than 256 MB, but no network is so large",
    ),
    "half of an archive": (lambda: archived(**GOOD)[:200], DAMAGED),
    "an archive with a flipped bit": (lambda: flipped(archived(**GOOD)), DAMAGED),
    "a pickled archive": (lambda: archived(**{"0.weight": np.array([{}], dtype=object)}), DAMAGED),
    "an archive of a pickle": (lambda: zipped(**{"0.weight.npy": pickle.dumps([1])}), "must be rows of numbers"),
    "an archive of texts": (lambda: archived(**{"0.weight": np.array([["a"]])}), "must be rows of numbers"),
    "an archive of something": (lambda: zipped(**{"readme.txt": b"hello"}), "is not a name such as"),
    "an array that says it is huge": (lambda: zipped(**{"0.weight.npy": huge()}), DAMAGED),
    "a wrong length of the header": (lambda: tensors(one((0, 8)), bytes(8), length=2**40), DAMAGED),
    "a header that is cut": (lambda: tensors(one((0, 8)), bytes(8))[:40], DAMAGED),
    "data that are cut": (lambda: tensors(one((0, 8)), bytes(4)), DAMAGED),
    "places outside of the data": (lambda: tensors(one((4, 12)), bytes(8)), DAMAGED),
    "an unknown type": (lambda: tensors(one((0, 8), "X9"), bytes(8)), DAMAGED),
    "infinity in tensors": (lambda: tensors(one((0, 8)), struct.pack("<2f", 1, float("inf"))), "must be finite"),
}


def flipped(content: bytes) -> bytes:
    place = content.index(b"NUMPY") + 130
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def locked(content: bytes) -> bytes:
    """Set the bit that says that the first file of an archive is encrypted."""
    place = content.index(b"PK\x01\x02") + 8
    return content[:place] + bytes([content[place] | 1]) + content[place + 1 :]


def swollen(content: bytes) -> bytes:
    """Let an archive's directory say that its first file is a gigabyte."""
    place = content.index(b"PK\x01\x02") + 24
    return content[:place] + struct.pack("<I", 2**30) + content[place + 4 :]


def huge() -> bytes:
    file = io.BytesIO()
    np.lib.format.write_array_header_1_0(file, {"descr": "<f4", "fortran_order": False, "shape": (2**40, 2**10)})
    return file.getvalue()


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_in_one_sentence(name: str, untouched: Run, tmp_path: Path) -> None:
    made, sentence = BROKEN[name]
    (tmp_path / "file").write_bytes(made())
    with pytest.raises(StateError, match=sentence) as refused:
        untouched.load_weights(tmp_path / "file")
    assert str(tmp_path / "file") in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1
    assert str(refused.value).count(". ") == 0


def test_a_saved_run_is_no_file_of_weights(untouched: Run, tmp_path: Path) -> None:
    untouched.save(tmp_path / "run.json")
    with pytest.raises(StateError, match=r"holds a saved run, not weights: open it with Run\.open"):
        untouched.load_weights(tmp_path / "run.json")


def test_a_file_that_is_not_there_is_named(untouched: Run, tmp_path: Path) -> None:
    with pytest.raises(StateError, match=r"no\.npz' cannot be opened: no such file"):
        untouched.load_weights(tmp_path / "no.npz")


def test_the_ending_does_not_matter(tmp_path: Path) -> None:
    run, other = network(), network()
    run.step(3)
    for ending in (".json", ".npz", ".safetensors"):
        run.export(tmp_path / f"weights{ending}")
        (tmp_path / f"weights{ending}").rename(tmp_path / "weights.txt")
        other.reset()
        other.load_weights(str(tmp_path / "weights.txt"))
        assert other.weights_sha256 == run.weights_sha256


def test_a_state_dict_of_pytorch_can_be_loaded() -> None:
    """Activations have numbers too, but no weights."""
    run = network()
    W, V = np.arange(8, dtype=np.float64).reshape(4, 2), np.ones((1, 4))
    run.load_weights({"net.0.weight": W, "net.0.bias": np.ones(4), "net.10.weight": V, "net.10.bias": np.zeros(1)})
    assert np.array_equal(run.weights[0], W)
    assert np.array_equal(run.weights[1], V)


def test_arrays_in_fortran_order_keep_their_places(tmp_path: Path) -> None:
    run = network()
    W = np.asfortranarray(np.arange(8, dtype=np.float32).reshape(4, 2))
    weights: dict[str, Any] = {"0.weight": W, "0.bias": np.ones(4), "1.weight": np.ones((1, 4)), "1.bias": [0]}
    np.savez(tmp_path / "weights.npz", allow_pickle=False, **weights)
    run.load_weights(tmp_path / "weights.npz")
    assert np.array_equal(run.weights[0], W)
