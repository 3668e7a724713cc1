"""HTML letters, by BeautifulSoup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement
from bs4.exceptions import ParserRejectedMarkup

from search_app.errors import UnreadableFile
from search_app.letters.readers.plain import decode

_SILENT = ("script", "style", "template", "noscript", "title", "iframe", "object")
_BLOCKS = re.compile(
    r"address|article|aside|blockquote|body|caption|center|d[dlt]|div|fieldset|footer|form|h[1-6]|header|hr"
    r"|li|main|nav|[ou]l|p|pre|section|table|tbody|tfoot|thead|tr"
)
_CELLS = ("td", "th")
_END_OF_PRE = "\n\n\n"


def html_text(data: bytes) -> str:
    """The visible text of a page: a blank line around each block, a line break for <br>, no scripts.

    Raises UnreadableFile for markup that the parser gives up on.
    """
    try:
        soup = BeautifulSoup(decode(data), "html.parser")
    except ParserRejectedMarkup as error:
        raise UnreadableFile(
            "The file's HTML is broken.", "Open it in a browser, save it from there, and index that."
        ) from error
    for tag in soup(_SILENT):
        tag.decompose()
    return "".join(_pieces(soup))


def _pieces(soup: Tag) -> Iterator[str]:
    """The text in order, by a stack of its own: pages can be nested deeper than calls."""
    stack: list[PageElement | str] = [soup]
    preformatted = 0
    while stack:
        node = stack.pop()
        if isinstance(node, Tag):
            yield _around(node)
            preformatted += node.name == "pre"
            stack.append(_END_OF_PRE if node.name == "pre" else _around(node) if node.name != "br" else "")
            stack.extend(reversed(node.contents))
        elif type(node) is NavigableString:
            yield str(node) if preformatted else _flowing(str(node))
        elif type(node) is str:  # all else are comments and declarations
            preformatted -= node is _END_OF_PRE
            yield node


def _flowing(text: str) -> str:
    """Text with each run of white space as one blank, as a browser shows it."""
    return re.sub(r"\s+", " ", text)


def _around(tag: Tag) -> str:
    if tag.name == "br":
        return "\n"
    if tag.name in _CELLS:
        return " "
    return "\n\n" if _BLOCKS.fullmatch(tag.name) else ""
