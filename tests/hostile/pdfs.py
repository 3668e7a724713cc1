"""PDFs that are meant to break their reader, written byte by byte, as no library would write them."""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

WORDS = "A walker with two wheels"
"""What stands on the page of a PDF that can be read."""

TEXT = b"BT /F 12 Tf 72 700 Td (" + WORDS.encode() + b") Tj ET"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
REPEATED = 1 << 24
"""Bytes of one block of a stream that is packed over and over."""


def raw(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """A PDF of a page with words, with these objects in the place of its own; `trailer` adds entries."""
    whole = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: PAGE,
        4: stream(TEXT),
        5: FONT,
        **objects,
    }
    data, places = b"%PDF-1.7\n", []
    for number in sorted(whole):
        places.append(b"%010d 00000 n \n" % len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, whole[number])
    size = len(places) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, b"".join(places))
    return (
        data
        + table
        + b"trailer\n<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF"
        % (
            size,
            trailer,
            len(data),
        )
    )


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream with these entries in its dictionary."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), entries, data)


def bomb(data: bytes, gigabytes: int) -> bytes:
    """A stream of data repeated to gigabytes, packed twice into some kilobytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = data * (REPEATED // len(data))
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)  # which can be said again and again
    once = b"\x78\x9c" + packed * (gigabytes * (1 << 30) // len(block)) + b"\x03\x00"
    return stream(zlib.compress(once, 9), b"/Filter[/FlateDecode/FlateDecode]")


def locked_for_changes(password: str) -> bytes:
    """A page that anybody may read, and that only who has the password may change."""
    file = io.BytesIO()
    canvas = Canvas(file, encrypt=StandardEncryption("", password, canPrint=0, canModify=0, canCopy=0))
    canvas.drawString(72, 700, WORDS)
    canvas.save()
    return file.getvalue()


WHOLE = raw({})

READABLE: Mapping[str, bytes] = {
    "no-xref": WHOLE[: WHOLE.index(b"xref")] + b"trailer\n<</Root 1 0 R>>",
    "wrong-xref": WHOLE.replace(b"00000 n", b"00007 n").replace(b"0000000", b"9000000"),
    "startxref-far-away": WHOLE[: WHOLE.rindex(b"startxref")] + b"startxref\n99999999999999\n%%EOF",
    "startxref-before-the-file": WHOLE[: WHOLE.rindex(b"startxref")] + b"startxref\n-5\n%%EOF",
    "prev-of-itself": WHOLE.replace(b"/Root", b"/Prev %d/Root" % WHOLE.rindex(b"xref\n0")),
    "garbage-around": b"\x00\xff" * 500 + WHOLE + b"\x00\xff" * 500,
    "huge-page": raw({3: PAGE.replace(b"612 792", b"1e9 1e9")}),
    "page-without-end": raw({3: PAGE.replace(b"0 0 612 792", b"-1e38 -1e38 1e38 1e38")}),
    "page-of-no-size": raw({3: PAGE.replace(b"612 792", b"0 0")}),
    "parent-of-itself": raw({2: b"<</Type/Pages/Kids[3 0 R]/Count 1/Parent 2 0 R>>"}),
    "length-of-itself": raw({4: stream(TEXT).replace(b"/Length %d" % len(TEXT), b"/Length 4 0 R")}),
    "length-too-long": raw({4: stream(TEXT).replace(b"/Length %d" % len(TEXT), b"/Length 2147483647")}),
    "font-of-itself": raw({5: FONT.replace(b">>", b"/DescendantFonts[5 0 R]/ToUnicode 5 0 R>>")}),
    "deep-graphics": raw({4: stream(TEXT + b" q" * 200_000)}),
    "deep-arrays": raw({4: stream(TEXT + b" [" * 200_000)}),
    "deep-info": raw({6: b"[" * 50_000 + b"]" * 50_000}, b"/Info 6 0 R"),
    "two-thousand-million-pages": raw({2: b"<</Type/Pages/Kids[3 0 R]/Count 2147483647>>"}),
    "fewer-pages-than-none": raw({2: b"<</Type/Pages/Kids[3 0 R]/Count -1>>"}),
    "locked-for-changes": locked_for_changes("open sesame"),
}
"""PDFs that are read right all the same."""

BROKEN: Mapping[str, bytes] = {
    "cut-in-two": WHOLE[: len(WHOLE) // 2],
    "cut-in-its-head": WHOLE[:7],
    "pages-in-a-circle": raw({2: b"<</Type/Pages/Kids[2 0 R]/Count 1>>"}),
    "pages-in-a-wide-circle": raw(
        {
            2: b"<</Type/Pages/Kids[6 0 R 6 0 R]/Count 9>>",
            6: b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9/Parent 2 0 R>>",
        }
    ),
    "thousands-of-pages": raw({2: b"<</Type/Pages/Kids[%s]/Count 5000>>" % (b"3 0 R " * 5_000)}),
    "root-of-itself": WHOLE.replace(b"/Pages 2 0 R", b"/Pages 1 0 R"),
    "no-root": WHOLE.replace(b"/Root 1 0 R", b"/Root 9 0 R").replace(b"/Catalog", b"/Nothing"),
    "text-without-end": raw({4: stream(b"BT /F 12 Tf (word ) Tj " + b"(word ) Tj " * 100_000)}),
}
"""PDFs that have no text to be had."""

BOMBS: Mapping[str, bytes] = {
    "draws-itself": raw(
        {
            3: PAGE.replace(b"/Font", b"/XObject<</X 6 0 R>>/Font"),
            4: stream(TEXT + b" /X Do"),
            6: stream(
                b"/X Do /X Do /X Do",
                b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>",
            ),
        }
    ),
    "two-that-draw-each-other": raw(
        {
            3: PAGE.replace(b"/Font", b"/XObject<</X 6 0 R>>/Font"),
            4: stream(TEXT + b" /X Do"),
            **{
                one: stream(
                    b"/X Do " * 50,
                    b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % other,
                )
                for one, other in ((6, 7), (7, 6))
            },
        }
    ),
    "gigabytes-of-blanks": raw({4: bomb(b" ", 4)}),
    "gigabytes-of-text": raw({4: bomb(b"BT/F 12 Tf(A)Tj ET ", 4)}),
    "gigabytes-of-arrays": raw({4: bomb(b"[", 4)}),
}
"""Small PDFs that bring their reader down: by calls without end, or by unpacking to gigabytes."""
