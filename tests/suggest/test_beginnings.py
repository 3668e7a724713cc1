"""A typed beginning finds names at any of their words, the closest first."""

from __future__ import annotations

import pytest

from search_app.suggest.beginnings import Beginnings, Closeness

NAMES = Beginnings(
    (forms[0], forms)
    for forms in (
        ("tramadol", "Ultram", "Ultram ER"),
        ("ultrasound", "sonogram"),
        ("epidural injection", "lumbar epidural", "ESI"),
        ("X-Ray", "plain film"),
        ("injection",),
    )
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ultr", ["ultrasound", "tramadol"]),
        ("ULTRAM", ["tramadol"]),
        ("epi", ["epidural injection"]),
        ("epidural inj", ["epidural injection"]),
        ("inject", ["injection", "epidural injection"]),
        ("x ray", ["X-Ray"]),
        ("xray", []),
        ("injection epidural", []),
        ("", []),
        ("  ?! ", []),
        ("<b>", []),
    ],
)
def test_what_begins_so(typed: str, found: list[str]) -> None:
    assert [match.value for match in NAMES.of(typed)] == found


def test_a_match_tells_the_closest_name_and_how_close_it_is() -> None:
    def told(typed: str) -> tuple[str, Closeness]:
        (match,) = NAMES.of(typed)
        return match.form, match.closeness

    assert told("tramadol") == ("tramadol", Closeness.WHOLE)
    assert told("ultram") == ("Ultram", Closeness.WHOLE)
    assert told("ultram e") == ("Ultram ER", Closeness.BEGINS_OTHER)
    assert told("tram") == ("tramadol", Closeness.BEGINS_USUAL)
    assert told("ray") == ("X-Ray", Closeness.INSIDE)
    assert told("epid") == ("epidural injection", Closeness.BEGINS_USUAL)
