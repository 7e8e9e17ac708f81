"""The yardstick itself: truth.py on vectors worked out by hand."""

import math

import numpy as np
import pytest

import truth

# Input bits, mantissa bits kept, output bits.
ROUNDED = [
    (0x3F808000, 7, 0x3F800000),  # a tie goes to even, downwards
    (0x3F818000, 7, 0x3F820000),  # and upwards
    (0x3DCCCCCD, 7, 0x3DCD0000),
    (0xC3889333, 7, 0xC3890000),
    (0x3FFFFFFF, 6, 0x40000000),  # a carry into the exponent
    (0x7F7FFFFF, 6, 0x7F800000),  # to infinity
    (0x000116C2, 7, 0x00010000),  # a subnormal number
    (0x80000000, 7, 0x80000000),
    (0x7FC00000, 7, 0x7FC00000),  # NaN
    (0x3F9D70A4, 23, 0x3F9D70A4),
]

HOUR = 3600
NAN = math.nan

# Hours, hours of the reset period, totals, rates.
RATES = [
    (range(8), 6, [0, 3600, 7200, 10800, 14400, 18000, 21600, 1800], [NAN, 1, 1, 1, 1, 1, 1, 0.5]),
    (range(4), math.inf, [5, 3600, 3599.9, 3000], [NAN, 1, 0, NAN]),
    (range(5), math.inf, [0, 3600, NAN, 10800, 14400], [NAN, 1, NAN, NAN, 1]),
    (range(1, 5), math.inf, [2, 3602, 7202, 21602], [NAN, 1, 1, 4]),
]


@pytest.mark.parametrize("bits, keep, expected", ROUNDED)
def test_rounding_keeps_the_nearest_with_ties_to_even(bits, keep, expected):
    value = np.array([bits], np.uint32).view(np.float32)
    assert truth.round_mantissa(value, keep).view(np.uint32)[0] == expected


@pytest.mark.parametrize("hours, reset, totals, expected", RATES)
def test_rates_are_differences_of_totals_that_begin_anew_at_resets(hours, reset, totals, expected):
    seconds = [HOUR * hour for hour in hours]
    found = truth.rates(totals, seconds, HOUR * reset, clamp_above=-7e-5)
    assert np.array_equal(found, np.array(expected, np.float32), equal_nan=True)


def test_a_single_bit_is_a_difference():
    one = np.array([1, NAN, 0], np.float32)
    truth.assert_same(one, one.copy(), "the same")
    with pytest.raises(AssertionError, match=r"1 of 3 values differ, the first at \(2,\)"):
        truth.assert_same(np.array([1, NAN, -0.0], np.float32), one, "minus zero")
