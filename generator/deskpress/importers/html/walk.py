"""Walks through a tree to convert it to Markdown: markdownify's walk, an element at a time."""

from __future__ import annotations

from typing import Any

from bs4.element import PageElement, PreformattedString, Tag
from markdownify import MarkdownConverter

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CODE = frozenset({"pre", "code", "kbd", "samp"})
_TRIMMED = _HEADINGS | frozenset(
    "p blockquote article div section ol ul li dl dt dd table thead tbody tfoot tr td th".split()
)
"""Elements at whose edges white space has no meaning."""

_Base: Any = MarkdownConverter
"""Its type stubs cover only what callers need."""


class Walk(_Base):  # type: ignore[misc]  # see there
    """Converts by methods of elements' names: `whole_pre` an element, `convert_p` what is in it."""

    def process_tag(self, node: Tag, parent_tags: Any = None) -> str:
        """Convert an element; what is converted as a whole is not gone into.

        As markdownify's own, which asks of each element once more whether it lies in code.
        """
        own = getattr(self, f"whole_{node.name}", None)
        return str(own(node, parent_tags or set())) if own is not None else self._processed(node, parent_tags)

    def _processed(self, node: Tag, parent_tags: Any) -> str:
        above = set(parent_tags or ())
        inside = {*above, node.name}
        if node.name in _HEADINGS or node.name in ("td", "th"):
            inside.add("_inline")
        if node.name in _CODE:
            inside.add("_noformat")
        parts = [""]
        for child in node.children:
            if _says_nothing(child, node):
                continue
            said = str(self.process_element(child, parent_tags=inside))
            inner = said.lstrip("\n")
            lead = len(said) - len(inner)
            content = inner.rstrip("\n")
            if parts[-1] and lead:
                # Between two blocks stands one blank line, whoever asks for it.
                lead = min(2, max(len(parts.pop()), lead))
            if said:
                parts += ["\n" * lead, content, "\n" * (len(inner) - len(content))]
        convert = self.get_conv_fn_cached(node.name)
        text = "".join(parts)
        return text if convert is None else str(convert(node, text, parent_tags=above))

    def _children(self, el: Tag, parent_tags: Any) -> str:
        """The content of an element, without the element."""
        was, el.name = el.name, "div"
        try:
            return self._processed(el, set(parent_tags))
        finally:
            el.name = was


def _says_nothing(child: PageElement, node: Tag) -> bool:
    """Whether a child is a comment, or white space at the edge of a block."""
    if isinstance(child, Tag):
        return False
    if isinstance(child, PreformattedString):
        return True
    if str(child).strip():
        return False
    at_edge = child.previous_sibling is None or child.next_sibling is None
    around = (child.previous_sibling, child.next_sibling)
    return (at_edge and node.name in _TRIMMED) or any(
        isinstance(one, Tag) and (one.name in _TRIMMED or one.name == "pre") for one in around
    )
