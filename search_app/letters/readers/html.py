"""HTML letters, by BeautifulSoup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

from search_app.errors import UnreadableFile
from search_app.letters.readers.plain import decode

MAX_BYTES = 5_000_000
"""Bytes of an HTML letter; parsing takes many times that in memory."""

_SILENT = ("script", "style", "template", "noscript", "title", "head", "iframe", "object")
_BLOCKS = re.compile(
    r"address|article|aside|blockquote|body|caption|center|d[dlt]|div|fieldset|footer|form|h[1-6]|header|hr"
    r"|li|main|nav|[ou]l|p|pre|section|table|tbody|tfoot|thead|tr"
)
_CELLS = ("td", "th")


def html_text(data: bytes) -> str:
    """The visible text of a page: a blank line around each block, a line break for <br>, no scripts."""
    if len(data) > MAX_BYTES:
        raise UnreadableFile(f"The HTML file has {len(data):,} bytes, which is no letter.")
    soup = BeautifulSoup(decode(data), "html.parser")
    for tag in soup(_SILENT):
        tag.decompose()
    return "".join(_pieces(soup))


def _pieces(soup: Tag) -> Iterator[str]:
    """The text in order, by a stack of its own: pages can be nested deeper than calls."""
    preformatted = {id(text) for pre in soup("pre") for text in pre.find_all(string=True)}
    stack: list[PageElement | str] = [soup]
    while stack:
        node = stack.pop()
        if isinstance(node, str) and type(node) is not NavigableString:
            yield node if type(node) is str else ""  # the others are comments and declarations
        elif isinstance(node, NavigableString):
            yield str(node) if id(node) in preformatted else _flowing(str(node))
        elif isinstance(node, Tag):
            around = _around(node)
            yield around
            stack.append(around if node.name != "br" else "")
            stack.extend(reversed(node.contents))


def _flowing(text: str) -> str:
    """Text with each run of white space as one blank, as a browser shows it."""
    return re.sub(r"\s+", " ", text)


def _around(tag: Tag) -> str:
    if tag.name == "br":
        return "\n"
    if tag.name in _CELLS:
        return " "
    return "\n\n" if _BLOCKS.fullmatch(tag.name) else ""
