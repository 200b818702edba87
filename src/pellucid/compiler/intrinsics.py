"""The functions of `engine.primitives` as the compiler knows them: one or two machine instructions each."""

import operator
from typing import Any

import llvmlite.binding as llvm
import llvmlite.ir as ir
from numba import types
from numba.core import cgutils
from numba.core.typing.templates import AbstractTemplate, infer_global, signature
from numba.extending import intrinsic, lower_builtin, models, register_model
from numba.np.arrayobj import make_array, populate_array

from pellucid.engine.primitives import bits_of as engine_bits

CONSTANT = "pellucid.constant."
"""Start of the names of the functions that return constants; the bits of the constant follow."""


@intrinsic
def bits_of(typing_context: Any, x: Any) -> Any:
    """Bit-cast float32 to int32."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], ir.IntType(32))

    return types.int32(types.float32), generate


@intrinsic
def float_of(typing_context: Any, bits: Any) -> Any:
    """Bit-cast the lowest 32 bits of an integer to float32."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        (value,) = arguments
        if signature.args[0].bitwidth > 32:
            value = builder.trunc(value, ir.IntType(32))
        return builder.bitcast(value, ir.FloatType())

    return types.float32(bits), generate


def constant(value: float) -> Any:
    """Make an intrinsic that fetches a float32 constant, by a function that each target defines in its own way."""
    name = f"{CONSTANT}{engine_bits(value) & 0xFFFFFFFF:08x}"
    llvm.add_symbol(name, 1)  # Numba loads what it compiles and wants every name to be known; nothing is called there

    @intrinsic
    def fetch(typing_context: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            kind = ir.FunctionType(ir.FloatType(), [])
            return builder.call(cgutils.get_or_insert_function(builder.module, kind, name), [])

        return types.float32(), generate

    return fetch


@intrinsic
def sqrt(typing_context: Any, x: Any) -> Any:
    """Take the correctly rounded square root by LLVM's own instruction."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind = context.get_value_type(signature.args[0])
        return builder.call(builder.module.declare_intrinsic("llvm.sqrt", [kind]), arguments)

    return x(x), generate


def reinterpreting(dtype: Any) -> Any:
    """Make an intrinsic that reads an array's memory as another type of number."""

    @intrinsic
    def reinterpret(typing_context: Any, memory: Any) -> Any:
        result = types.Array(dtype, 1, "C")

        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            array = make_array(signature.args[0])(context, builder, arguments[0])
            length = cgutils.unpack_tuple(builder, array.shape)[0]
            return view(context, builder, signature.return_type, array.data, [length])

        return result(memory), generate

    return reinterpret


def viewing(dimensions: int) -> Any:
    """Make an intrinsic that views part of an array as a C-ordered array of so many dimensions."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = make_array(signature.args[0])(context, builder, arguments[0])
        start, *shape = (
            context.cast(builder, value, kind, types.intp)
            for value, kind in zip(arguments[1:], signature.args[1:], strict=True)
        )
        data = builder.gep(array.data, [start])
        return view(context, builder, signature.return_type, data, shape)

    if dimensions == 1:

        @intrinsic
        def vector(typing_context: Any, memory: Any, start: Any, length: Any) -> Any:
            return types.Array(memory.dtype, 1, "C")(memory, start, length), generate

        return vector
    if dimensions == 2:

        @intrinsic
        def matrix(typing_context: Any, memory: Any, start: Any, rows: Any, columns: Any) -> Any:
            return types.Array(memory.dtype, 2, "C")(memory, start, rows, columns), generate

        return matrix

    @intrinsic
    def cube(typing_context: Any, memory: Any, start: Any, n: Any, rows: Any, columns: Any) -> Any:
        return types.Array(memory.dtype, 3, "C")(memory, start, n, rows, columns), generate

    return cube


def view(context: Any, builder: Any, array_type: Any, data: Any, shape: list[Any]) -> Any:
    """Build the description of a C-ordered array over existing memory."""
    array = make_array(array_type)(context, builder)
    pointer = builder.bitcast(data, context.get_data_type(array_type.dtype).as_pointer())
    item_size = context.get_constant(types.intp, array_type.dtype.bitwidth // 8)
    strides: list[Any] = []
    stride = item_size
    for extent in reversed(shape):
        strides.insert(0, stride)
        stride = builder.mul(stride, extent)
    populate_array(
        array,
        data=pointer,
        shape=cgutils.pack_array(builder, shape),
        strides=cgutils.pack_array(builder, strides),
        itemsize=item_size,
        meminfo=None,
    )
    return array._getvalue()


class QuadType(types.Type):
    """Four float32 in one register."""


quad_type = QuadType("quad")
QUAD = ir.VectorType(ir.FloatType(), 4)


@register_model(QuadType)
class QuadModel(models.PrimitiveModel):
    """A quad is one LLVM vector."""

    def __init__(self, data_model_manager: Any, front_end_type: Any) -> None:
        super().__init__(data_model_manager, front_end_type, QUAD)  # type: ignore[no-untyped-call]


def splat(builder: Any, value: Any) -> Any:
    """Copy one value to all four lanes."""
    first = builder.insert_element(ir.Constant(QUAD, ir.Undefined), value, ir.Constant(ir.IntType(32), 0))
    return builder.shuffle_vector(first, first, ir.Constant(ir.VectorType(ir.IntType(32), 4), [0, 0, 0, 0]))


def quad_pointer(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    """Return the address of array[row, quad] of an array (rows, quads, 4)."""
    array = make_array(signature.args[0])(context, builder, arguments[0])
    row, quad = (context.cast(builder, arguments[k], signature.args[k], types.intp) for k in (1, 2))
    quads = cgutils.unpack_tuple(builder, array.shape)[1]
    index = builder.mul(builder.add(builder.mul(row, quads), quad), ir.Constant(ir.IntType(64), 4))
    return builder.bitcast(builder.gep(array.data, [index]), QUAD.as_pointer())


@intrinsic
def same_quad(typing_context: Any, value: Any) -> Any:
    """Copy one value to all four lanes."""
    return quad_type(value), lambda context, builder, signature, arguments: splat(builder, arguments[0])


@intrinsic
def load_quad(typing_context: Any, array: Any, row: Any, quad: Any) -> Any:
    """Load four neighbouring values; their address is a multiple of 4 bytes."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.load(quad_pointer(context, builder, signature, arguments), align=4)

    return quad_type(array, row, quad), generate


@intrinsic
def store_quad(typing_context: Any, array: Any, row: Any, quad: Any, values: Any) -> Any:
    """Store four neighbouring values."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        builder.store(arguments[3], quad_pointer(context, builder, signature, arguments), align=4)
        return context.get_dummy_value()

    return types.none(array, row, quad, values), generate


@intrinsic
def sum_quad(typing_context: Any, values: Any) -> Any:
    """Add the lanes as (0 + 1) + (2 + 3)."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        lanes = [builder.extract_element(arguments[0], ir.Constant(ir.IntType(32), k)) for k in range(4)]
        return builder.fadd(builder.fadd(lanes[0], lanes[1]), builder.fadd(lanes[2], lanes[3]))

    return types.float32(values), generate


def define_operator(operation: Any, instruction: str) -> None:
    """Let an operator work on two quads, or on a number and a quad."""

    @infer_global(operation)
    class QuadOperator(AbstractTemplate):
        def generic(self, arguments: Any, keywords: Any) -> Any:
            if quad_type in arguments and all(kind in (quad_type, types.float32) for kind in arguments):
                return signature(quad_type, *arguments)
            return None

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        sides = zip(arguments, signature.args, strict=True)
        lanes = [value if kind == quad_type else splat(builder, value) for value, kind in sides]
        return getattr(builder, instruction)(*lanes)

    lower_builtin(operation, QuadType, QuadType)(generate)
    lower_builtin(operation, types.Float, QuadType)(generate)


define_operator(operator.add, "fadd")
define_operator(operator.iadd, "fadd")
define_operator(operator.mul, "fmul")

INTRINSICS = {
    "bits_of": bits_of,
    "float_of": float_of,
    "sqrt": sqrt,
    "as_integers": reinterpreting(types.int32),
    "as_doubles": reinterpreting(types.float64),
    "vector": viewing(1),
    "matrix": viewing(2),
    "cube": viewing(3),
    "same_quad": same_quad,
    "load_quad": load_quad,
    "store_quad": store_quad,
    "sum_quad": sum_quad,
    "int32": types.int32,
    "uint64": types.uint64,
    "float32": types.float32,
    "float64": types.float64,
}
"""Name in `engine.primitives` → what the compiler calls instead."""
