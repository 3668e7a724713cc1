"""One form for the characters of letters and queries, so that what looks alike is found alike."""

from __future__ import annotations

import re
import unicodedata

_LIGATURE = re.compile("[\ufb00-\ufb06]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def composed(text: str) -> str:
    """Text in canonical composition (NFC), ligatures such as the one for fi taken apart.

    Compatibility composition would go too far: it makes 2 1/2 tablets, written with one sign for the half,
    21/2 tablets. Halves of broken characters become U+FFFD, as no file or database takes them.
    """
    whole = _LONE_SURROGATE.sub("\ufffd", text)
    spelled = _LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), whole)
    return unicodedata.normalize("NFC", spelled)
