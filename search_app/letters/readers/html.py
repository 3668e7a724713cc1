"""HTML letters, by BeautifulSoup."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from search_app.errors import UnreadableFile
from search_app.letters.readers.plain import decode

MAX_BYTES = 20_000_000
"""Bytes of an HTML letter; parsing takes many times that in memory."""

_SILENT = ("script", "style", "template", "noscript", "title", "head", "iframe", "object")
_BLOCKS = re.compile(
    r"address|article|aside|blockquote|body|caption|center|d[dlt]|div|fieldset|footer|form|h[1-6]|header|hr"
    r"|li|main|nav|[ou]l|p|pre|section|table|tbody|tfoot|thead|tr"
)
_CELLS = ("td", "th")


def html_text(data: bytes) -> str:
    """The visible text of a page: a blank line after each block, a line break for <br>, no scripts."""
    if len(data) > MAX_BYTES:
        raise UnreadableFile(f"The HTML file has {len(data):,} bytes, which is no letter.")
    soup = BeautifulSoup(decode(data), "html.parser")
    for tag in soup(_SILENT):
        tag.decompose()
    pieces: list[str] = []
    for node in soup.descendants:
        if isinstance(node, Tag):
            pieces.append(_before(node))
        elif type(node) is NavigableString:
            pieces.append(_flowing(node))
        if node.next_sibling is None:
            pieces.append(_after_last(node))
    return "".join(pieces)


def _flowing(node: NavigableString) -> str:
    preformatted = node.find_parent("pre")
    return str(node) if preformatted else " ".join(_edge(node) + str(node).split() + _edge(node, last=True))


def _edge(node: NavigableString, last: bool = False) -> list[str]:
    text = str(node)
    return [""] if text and text[-1 if last else 0].isspace() else []


def _before(tag: Tag) -> str:
    if tag.name == "br":
        return "\n"
    if tag.name in _CELLS:
        return " "
    return "\n\n" if _BLOCKS.fullmatch(tag.name) else ""


def _after_last(node: Tag | NavigableString | object) -> str:
    parent = getattr(node, "parent", None)
    return "\n\n" if isinstance(parent, Tag) and _BLOCKS.fullmatch(parent.name) else ""
