import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.core.money import money


@pytest.mark.parametrize(
    ("pence", "words"),
    [(500, "£5.00"), (5, "£0.05"), (0, "£0.00"), (123450, "£1,234.50"), (-501, "−£5.01")],
)
def test_money(pence, words):
    assert money(pence) == words


@given(st.integers(-(10**12), 10**12))
def test_no_penny_is_lost(pence):
    digits = money(pence).replace("£", "").replace(",", "").replace(".", "").replace("−", "-")
    assert int(digits) == pence
