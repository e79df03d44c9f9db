"""The key for search is the kernel's, made faster; texts are folded once, queries by the same rules."""

from hypothesis import example, given
from hypothesis import strategies as st

from chungtay.kernel.folding import fold
from chungtay.textsearch.folding import folded, pieces

# Of two marks that combine, are kept and stand in the wrong order (Mc: of Hangul and of music), the kernel changes the order.
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Mc"]))


@given(TEXTS)
@example("Xã  HÒA\u00a0An\n")
@example("ĐỒNG Tháp đ\u0300 İ ß ŉ ﬁ 가 \x1c\x85")
def test_the_key_is_the_kernels(text):
    assert folded(text) == fold(text)


@given(TEXTS)
def test_pieces_make_up_the_key(text):
    assert " ".join("".join(pieces(text)).split()) == folded(text)


@given(TEXTS)
def test_a_key_is_its_own_key(text):
    assert folded(folded(text)) == folded(text)
