"""What the network learns from: a shape of data that is generated, or samples that are given."""

import re
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from pellucid.experiment.faults import shown
from pellucid.experiment.settings import Document, setting

Grid = Literal[6, 8, 10, 12, 16, 20, 28]
Scaling = Literal["none", "standard"]
DataKind = Literal["blobs", "circles", "moons", "xor", "spiral", "plane", "bumps", "given"]

REGRESSION_KINDS = frozenset({"plane", "bumps"})
KINDS_WITH_CLASSES = frozenset({"blobs", "spiral", "given"})
"""The kinds that may have a number of classes other than 2."""

MOST_GIVEN = 10_000
"""The most samples that may be given."""


def listed(value: Any) -> Any:
    """Return an array, a tensor, or a list of either as nested lists of plain numbers; leave all else as it is."""
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, list | tuple) and value and hasattr(value[0], "tolist"):
        return [listed(each) for each in value]
    return value


Value = Annotated[float, Field(strict=True, ge=-1e6, le=1e6)]
Quantity = Annotated[float, Field(strict=True, ge=-1e12, le=1e12)]
"""A number in units of its own, as tables have them."""

Index = Annotated[int, Field(strict=True, ge=0, lt=MOST_GIVEN)]
Point = Annotated[tuple[Quantity, ...], Field(min_length=3, max_length=3)]
Row = Annotated[tuple[Value, ...], Field(min_length=1, max_length=1024)]
Listed = BeforeValidator(listed, json_schema_input_type=Any)

DRAWING = (
    r"^([A-Za-z0-9_-]{3})+(\.([A-Za-z0-9_-]{3})+)*$"
    r"|^\.([A-Za-z0-9_-]{6}|[A-Za-z0-9_-]{11}|[A-Za-z0-9_-]{17}|[A-Za-z0-9_-]{24}|[A-Za-z0-9_-]{43}|[A-Za-z0-9_-]{67}"
    r"|[A-Za-z0-9_-]{131})$"
)
"""A drawing as text: strokes, or behind a dot cells; `engine/strokes.py` tells the format."""

Drawing = Annotated[str, Field(strict=True, pattern=DRAWING, max_length=16_384)]
AxisName = Annotated[str, Field(strict=True, min_length=1, max_length=40)]
ClassName = Annotated[str, Field(strict=True, min_length=1, max_length=16)]


CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
GIVEN_ONLY = ("points", "inputs", "targets", "drawings", "class_names", "axes", "held_out")


class Data(Document):
    """The samples, and which of them are held out for testing.

    Examples
    --------
    >>> Data(kind="circles", noise=0.1).samples
    300
    >>> Data(kind="given", points=[[0, 0, 0], [1, 1, 1]]).given
    True
    >>> Data(kind="moon")
    Traceback (most recent call last):
    pellucid.errors.ExperimentError: `kind` is 'moon', but must be one of
    blobs, circles, moons, xor, spiral, plane, bumps or given; did you mean 'moons'?
    """

    kind: DataKind = setting(
        "The shape of the data: blobs, circles, moons, xor and spiral are classes to tell apart, plane and bumps are "
        "surfaces to fit (regression), given is your own points or inputs.",
        default="moons",
        why="which one straight line cannot separate and a small network can",
        slot="DATA_KIND",
        enumeration="DataKind",
        link="data",
    )
    samples: int = setting(
        "Number of samples, training and held out together; ignored for given data, whose rows are counted.",
        default=300,
        why="enough to see the shape, few enough to see each point",
        unit="samples",
        slot="SAMPLES",
        link="samples",
        strict=True,
        ge=10,
        le=5000,
    )
    noise: float = setting(
        "Standard deviation of the Gaussian displacement of every point; it moves points and never changes labels.",
        default=0.2,
        why="at which the moons come close but hardly mix",
        unit="units of the plane, whose square is 6 wide",
        slot="NOISE",
        link="noise",
        strict=True,
        ge=0,
        le=1,
    )
    classes: int = setting(
        "Number of classes: 2 to 5 for blobs and spiral, 2 to 10 for given data, 2 for every other shape; ignored for "
        "regression shapes. 0, only for given data, says that the values are numbers to fit (regression).",
        default=2,
        why="the simplest question",
        unit="classes",
        slot="CLASSES",
        link="classes",
        strict=True,
        ge=0,
        le=10,
    )
    test_share: float = setting(
        "Share of the samples that are held out: the network is tested on them and never trained on them.",
        default=0.5,
        why="so that the test loss is as steady as the training loss",
        unit="share of all samples",
        slot="TEST_SHARE",
        link="test_share",
        strict=True,
        ge=0,
        le=0.9,
    )
    seed: int = setting(
        "Seed of the samples, their noise and the choice of those held out.",
        default=0,
        why="as good as any other",
        slot="DATA_SEED",
        link="data_seed",
        strict=True,
        ge=0,
        le=2**31 - 1,
    )
    points: Annotated[tuple[Point, ...] | None, Listed] = setting(
        "Given points of the plane, a row [x1, x2, value] each; the value is the number of the class, from 0, or the "
        "number to fit. There may be none.",
        default=None,
        why="for data that are generated",
        link="points",
        max_length=MOST_GIVEN,
    )
    inputs: Annotated[tuple[Row, ...] | None, Listed] = setting(
        "Given inputs of the network, a row of up to 1024 numbers for each sample; features do not apply to them.",
        default=None,
        why="for data of the plane",
        link="inputs",
        link_bits="bits",
        min_length=1,
        max_length=MOST_GIVEN,
    )
    targets: Annotated[tuple[Quantity, ...] | None, Listed] = setting(
        "What the network should answer to each row of inputs or each drawing: the number of the class, from 0, or the "
        "number to fit.",
        default=None,
        why="for data of the plane",
        link="targets",
        max_length=MOST_GIVEN,
    )
    drawings: tuple[Drawing, ...] | None = setting(
        "Given drawings, each as text (see pellucid.raster); the network sees the bitmap of each. There may be none.",
        default=None,
        why="for data that are not drawn",
        link="drawings",
        max_length=MOST_GIVEN,
    )
    grid: Grid = setting(
        "Cells along each side of the bitmaps that drawings are turned into; the network has one input for each cell.",
        default=6,
        why="few enough to see every weight",
        unit="cells",
        link="grid",
    )
    class_names: tuple[ClassName, ...] | None = setting(
        "Names of the classes of given data, one for each; 1 to 16 characters.",
        default=None,
        why="then classes go by their numbers",
        link="names",
        min_length=2,
        max_length=10,
    )
    scaling: Scaling = setting(
        "What is done to given points before the network sees them: standard takes off the mean of each coordinate and "
        "divides by its standard deviation, both over the rows trained on, and in regression those of the value too.",
        default="none",
        why="for points that are in units of the plane",
        slot="SCALING",
        enumeration="Scaling",
        link="scaling",
    )
    axes: Annotated[tuple[AxisName, ...] | None, Listed] = setting(
        "Names of the two coordinates of given points, such as the columns of a table.",
        default=None,
        why="then they are x1 and x2",
        link="axes",
        min_length=2,
        max_length=2,
    )
    held_out: Annotated[tuple[Index, ...] | None, Listed] = setting(
        "Rows of given data, counted from 0, that are held out for testing.",
        default=None,
        why="then test_share and seed choose them",
        link="held_out",
        max_length=MOST_GIVEN,
    )

    @property
    def given(self) -> bool:
        """Whether the samples are given rather than generated."""
        return self.kind == "given"

    @property
    def regression(self) -> bool:
        """Whether numbers are fitted rather than classes told apart."""
        return self.kind in REGRESSION_KINDS or (self.given and self.classes == 0)

    @property
    def rows(self) -> int:
        """Number of samples, generated or given."""
        return len(self.points or self.inputs or self.drawings or ()) if self.given else self.samples

    @property
    def values(self) -> tuple[float, ...]:
        """What is to be answered for each given row."""
        if self.points is not None:
            return tuple(value for *_, value in self.points)
        return self.targets or ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        for rule in (_given_is_complete, _classes_suit, _names_suit, _given_suits):
            sentence = rule(self)
            if sentence:
                raise PydanticCustomError("cross_field", "{sentence}", {"sentence": sentence})
        return self


def _given_is_complete(data: Data) -> str | None:
    """Given data has points, or inputs or drawings with as many targets; other data has none of them."""
    if not data.given:
        named = [name for name in GIVEN_ONLY if getattr(data, name) is not None]
        return f"`data.{named[0]}` is only for `data.kind` given, which is {data.kind}." if named else None
    kinds = [name for name in ("points", "inputs", "drawings") if getattr(data, name) is not None]
    if data.axes is not None and data.points is None:
        return "`data.axes` is only for `data.points`, which are not given."
    if len(kinds) > 1:
        return f"`data` of kind given has both {kinds[0]} and {kinds[1]}, but must have one or the other."
    if kinds == ["points"]:
        has = "has both points and targets, but must have the targets in the points"
        return f"`data` of kind given {has}." if data.targets is not None else None
    if not kinds or data.targets is None:
        return "`data` of kind given must have points, or inputs and targets, or drawings and targets."
    rows = data.inputs if data.inputs is not None else data.drawings or ()
    if len(rows) != len(data.targets):
        return f"`data.targets` has length {len(data.targets)}, but `data.{kinds[0]}` has length {len(rows)}."
    for index, row in enumerate(data.inputs or ()):
        width = len(rows[0])
        if len(row) != width:
            return f"`data.inputs[{index}]` has length {len(row)}, but the first row has length {width}."
    return None


def _classes_suit(data: Data) -> str | None:
    """More than 2 classes only where the shape allows them."""
    most = 10 if data.given else 5 if data.kind in KINDS_WITH_CLASSES else 2
    least = 0 if data.given else 2
    if data.drawings is not None and data.classes == 0:
        return "`data.classes` is 0, but must be from 2 to 10 for drawings."
    if least <= data.classes <= most and data.classes != 1:
        return None
    if data.given:
        return "`data.classes` is 1, but must be from 2 to 10 for given data, or 0 for numbers to fit."
    allowed = "2" if most == 2 else f"from 2 to {most}"
    return f"`data.classes` is {data.classes}, but must be {allowed} for {data.kind}."


def _names_suit(data: Data) -> str | None:
    """Names can be read, and there is one for each class, which can be told from the others."""
    for setting_name in ("axes", "class_names"):
        for index, name in enumerate(getattr(data, setting_name) or ()):
            if not name.strip() or CONTROL.search(name):
                return f"`data.{setting_name}[{index}]` is {shown(name)}, but must have characters that can be seen."
    names = data.class_names
    if names is None:
        return None
    if len(names) != data.classes:
        return f"`data.class_names` has {len(names)} entries, but `data.classes` is {data.classes}."
    for index, name in enumerate(names):
        if name in names[:index]:
            return f"`data.class_names` has {shown(name)} twice, but each class must have a name of its own."
    return None


def _given_suits(data: Data) -> str | None:
    """Given values are classes, and the rows held out exist and leave some to train on."""
    if data.classes and data.given:
        name = "`data.points[{}][2]`" if data.points is not None else "`data.targets[{}]`"
        for index, value in enumerate(data.values):
            if not (value.is_integer() and 0 <= value < data.classes):
                allowed = f"a whole number from 0 to {data.classes - 1}"
                return f"{name.format(index)} is {value:g}, but must be a class: {allowed}."
    if data.held_out is not None:
        for row in data.held_out:
            if row >= data.rows:
                return f"`data.held_out` names row {row}, but the rows are 0 to {data.rows - 1}."
        if len(set(data.held_out)) < len(data.held_out):
            return "`data.held_out` names a row twice, but each row can be held out once."
        if data.drawings is None and data.rows and len(data.held_out) == data.rows:
            return "`data.held_out` names every row, but at least one must be left to train on."
    return None
