"""One form for the characters of letters and queries, so that what looks alike is found alike."""

from __future__ import annotations

import re
import unicodedata

_LIGATURE_OR_LONE_SURROGATE = re.compile("[\ufb00-\ufb06\ud800-\udfff]")


def composed(text: str) -> str:
    """Text in canonical composition (NFC), ligatures such as the one for fi taken apart.

    Compatibility composition would go too far: it makes 2 1/2 tablets, written with one sign for the half,
    21/2 tablets. Halves of broken characters become U+FFFD, as no file or database takes them.
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _LIGATURE_OR_LONE_SURROGATE.sub(_spelled, text))


def _spelled(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", found[0]) if found[0] >= "\ufb00" else "\ufffd"
