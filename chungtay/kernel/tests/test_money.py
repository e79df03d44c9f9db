import pytest

from chungtay.kernel.errors import DomainError
from chungtay.kernel.money import MAX_VND, AmountOutOfRange, check_vnd


@pytest.mark.parametrize("vnd", [0, 1, 58_100_000_000, MAX_VND])
def test_an_amount_in_range_is_returned(vnd):
    assert check_vnd(vnd) == vnd


@pytest.mark.parametrize("vnd", [-1, MAX_VND + 1])
def test_an_amount_out_of_range_is_refused_with_a_sentence(vnd):
    with pytest.raises(AmountOutOfRange, match=r"chỉ nhận từ 0 đến 1\.000\.000\.000\.000\.000 đồng") as caught:
        check_vnd(vnd)
    assert isinstance(caught.value, DomainError)
