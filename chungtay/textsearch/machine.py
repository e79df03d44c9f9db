"""What the loops of searching read and write by address, each one instruction or two of the processor.

Nothing here is checked: whoever calls knows that the address is there.
"""

# mypy: disable-error-code="no-untyped-def,no-untyped-call,untyped-decorator"
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

_LANES = 64
_BYTES = ir.VectorType(ir.IntType(8), _LANES)
_WORD = ir.IntType(64)


@intrinsic
def address_of(typing_context, array):
    """Return where the data of an array stand; whoever asks keeps the array."""

    def generate(context, builder, signature, args):
        made = context.make_array(signature.args[0])(context, builder, args[0])
        return builder.ptrtoint(made.data, _WORD)

    return types.int64(array), generate


def _reader(kind, widened, doc):
    """Return what reads number n of an array of one kind, and widens it."""

    def read(typing_context, base, n):
        def generate(context, builder, signature, args):
            item = ir.IntType(kind.bitwidth)
            start = builder.inttoptr(args[0], item.as_pointer())
            found = builder.load(builder.gep(start, [args[1]], source_etype=item), typ=item)
            if kind.bitwidth == widened.bitwidth:
                return found
            return builder.sext(found, _WORD) if kind.signed else builder.zext(found, _WORD)

        return widened(types.int64, types.int64), generate

    read.__doc__ = doc
    return intrinsic(read)


long_at = _reader(types.int64, types.int64, "Return number n of an int64 array.")
day_at = _reader(types.int32, types.int64, "Return number n of an int32 array.")
offset_at = _reader(types.uint32, types.int64, "Return number n of a uint32 array.")
code_at = _reader(types.uint16, types.int64, "Return number n of a uint16 array.")
byte_at = _reader(types.uint8, types.uint8, "Return byte n.")


@intrinsic
def put(typing_context, base, n, value):
    """Write number n of an int64 array."""

    def generate(context, builder, signature, args):
        start = builder.inttoptr(args[0], _WORD.as_pointer())
        builder.store(args[2], builder.gep(start, [args[1]], source_etype=_WORD))
        return context.get_dummy_value()

    return types.none(types.int64, types.int64, types.int64), generate


@intrinsic
def eight(typing_context, at):
    """Read eight bytes, anywhere, as one number."""

    def generate(context, builder, signature, args):
        return builder.load(builder.inttoptr(args[0], _WORD.as_pointer()), align=1, typ=_WORD)

    return types.uint64(types.int64), generate


@intrinsic
def both(typing_context, left_at, right_at, left, right):
    """Return 64 bits: whether byte n after one address is `left` and byte n after the other is `right`."""

    def generate(context, builder, signature, args):
        zeros = ir.Constant(ir.VectorType(ir.IntType(32), _LANES), [0] * _LANES)
        blank = ir.Constant(_BYTES, ir.Undefined)

        def equal(at, byte):
            read = builder.load(builder.inttoptr(at, _BYTES.as_pointer()), align=1, typ=_BYTES)
            one = builder.insert_element(blank, byte, ir.Constant(ir.IntType(32), 0))
            return builder.icmp_unsigned("==", read, builder.shuffle_vector(one, blank, zeros))

        found = builder.and_(equal(args[0], args[2]), equal(args[1], args[3]))
        return builder.bitcast(found, _WORD)

    return types.uint64(types.int64, types.int64, types.uint8, types.uint8), generate


@intrinsic
def first_bit(typing_context, word):
    """Return the place of the lowest set bit of a word that has one."""

    def generate(context, builder, signature, args):
        return builder.cttz(args[0], ir.Constant(ir.IntType(1), 1))

    return types.int64(types.uint64), generate
