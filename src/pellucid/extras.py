"""Libraries that only a part of Pellucid needs: each is an extra, asked for where it is used."""

from importlib import import_module
from typing import Any

from pellucid.errors import MissingExtraError

LIBRARIES = {
    "anywidget": ("anywidget", "notebook"),
    "distributed": ("Dask's distributed", "cluster"),
    "matplotlib": ("Matplotlib", "plots"),
    "narwhals": ("narwhals", "notebook"),
    "onnx": ("onnx", "exports"),
    "pyarrow": ("pyarrow", "sweeps"),
    "safetensors": ("safetensors", "exports"),
    "sklearn": ("scikit-learn", "sklearn"),
}
"""For the first part of a module's name, what its library is called and the extra that brings it."""


def need(module: str, what: str) -> Any:
    """Return a module of a library that is an extra.

    Parameters
    ----------
    module : str
        Name of the module, such as ``"matplotlib.pyplot"``.
    what : str
        What needs it, as the beginning of a sentence.

    Raises
    ------
    MissingExtraError
        When the library is not installed.

    Examples
    --------
    >>> need("matplotlib.colors", "plot_surface").Normalize(0, 1)(0.5)
    np.float64(0.5)
    """
    name = module.partition(".")[0]
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        library, extra = LIBRARIES[name]
        raise MissingExtraError(f"{what} needs {library}: pip install 'pellucid[{extra}]'.") from None
