from collections import Counter

import pytest

from bench.corpus_writer.calendar import serial, write_dates
from bench.corpus_writer.dice import Dice


def test_case_numbers_of_a_seed_never_repeat() -> None:
    numbers = [serial(3, number).case_id for number in (*range(20_000), *range(5_000_000, 5_010_000))]
    assert len(set(numbers)) == len(numbers)


def test_years_follow_the_yearly_volumes() -> None:
    years = Counter(serial(1, number).case_id[2:4] for number in range(1868))
    assert set(years) == {str(year) for year in range(13, 26)}
    assert years["18"] == pytest.approx(185, abs=5)
    assert years["13"] == pytest.approx(42, abs=5)


def test_case_numbers_run_out_with_a_message() -> None:
    with pytest.raises(ValueError, match="are used up; ask for fewer letters"):
        serial(1, 10**9)


@pytest.mark.parametrize("seed", range(5))
def test_dates_are_in_order(seed: int) -> None:
    for number in range(300):
        dates = write_dates(serial(seed, number), Dice.for_letter(seed, number))
        assert dates.injury < dates.visit <= dates.request < dates.denial < dates.received
        assert dates.received <= dates.assigned < dates.decision
        assert 2013 <= dates.decision.year <= 2025
        assert dates.months >= 3
        whole = (dates.request.year - dates.injury.year) * 12 + dates.request.month - dates.injury.month
        assert dates.months == whole - (dates.request.day < dates.injury.day)
