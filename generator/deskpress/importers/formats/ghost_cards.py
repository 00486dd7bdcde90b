"""Ghost's cards: what stands between paragraphs, in Lexical and in Mobiledoc alike."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import markdown

Card = dict[str, Any]


def card(kind: str, values: Card, unknown: Callable[[str], None]) -> str:
    """The HTML of a card; empty, with a report, for an unknown one."""
    make = _CARDS.get(kind)
    if make is None:
        unknown(f"a card `{kind}`")
        return ""
    return make(values)


def _text(values: Card, *keys: str) -> str:
    return next((str(values[key]) for key in keys if values.get(key)), "")


def _figure(inner: str, values: Card) -> str:
    caption = _text(values, "caption")
    return (
        f"<figure>{inner}<figcaption>{caption}</figcaption></figure>"
        if caption
        else f"<figure>{inner}</figure>"
    )


def _image(values: Card) -> str:
    sizes = "".join(
        f' {key}="{values[key]}"' for key in ("width", "height") if isinstance(values.get(key), int)
    )
    image = f'<img src="{escape(_text(values, "src"))}" alt="{escape(_text(values, "alt"))}"{sizes}>'
    href = _text(values, "href")
    return _figure(f'<a href="{escape(href)}">{image}</a>' if href else image, values)


def _gallery(values: Card) -> str:
    images = values.get("images")
    inner = (
        "".join(_image(one) for one in images if isinstance(one, dict)) if isinstance(images, list) else ""
    )
    caption = _text(values, "caption")
    return inner + (f"<p>{caption}</p>" if caption else "")


def _code(values: Card) -> str:
    language = _text(values, "language")
    name = f' class="language-{escape(language)}"' if language else ""
    code = f"<pre><code{name}>{escape(_text(values, 'code'), quote=False)}</code></pre>"
    caption = _text(values, "caption")
    return code + (f"<p>{caption}</p>" if caption else "")


def _markdown(values: Card) -> str:
    return markdown.markdown(_text(values, "markdown"), extensions=["tables", "footnotes", "fenced_code"])


def _link(address: str, said: str) -> str:
    return f'<a href="{escape(address)}">{said or escape(address)}</a>'


def _bookmark(values: Card) -> str:
    about = values.get("metadata")
    about = about if isinstance(about, dict) else {}
    title = escape(_text(about, "title"), quote=False)
    description = escape(_text(about, "description"), quote=False)
    caption = _text(values, "caption")
    parts = [_link(_text(values, "url"), title), description, caption]
    return "".join(f"<p>{part}</p>" for part in parts if part)


def _embed(values: Card) -> str:
    html = _text(values, "html")
    return _figure(html or _link(_text(values, "url"), ""), values)


def _callout(values: Card) -> str:
    emoji = escape(_text(values, "calloutEmoji"), quote=False)
    sign = f"<p>{emoji}</p>" if emoji else ""
    return f'<div class="callout">{sign}<p>{_text(values, "calloutText")}</p></div>'


def _toggle(values: Card) -> str:
    return f"<details><summary>{_text(values, 'heading')}</summary>{_text(values, 'content')}</details>"


def _button(values: Card) -> str:
    said = escape(_text(values, "buttonText"), quote=False)
    return f"<p>{_link(_text(values, 'buttonUrl'), said)}</p>" if _text(values, "buttonUrl") else ""


def _file(values: Card) -> str:
    said = escape(_text(values, "fileTitle", "fileName"), quote=False)
    caption = escape(_text(values, "fileCaption"), quote=False)
    return f"<p>{_link(_text(values, 'src'), said)}</p>" + (f"<p>{caption}</p>" if caption else "")


def _played(tag: str) -> Callable[[Card], str]:
    def make(values: Card) -> str:
        title = escape(_text(values, "title"), quote=False) if tag == "audio" else ""
        said = f"<p>{title}</p>" if title else ""
        return said + _figure(f'<{tag} controls src="{escape(_text(values, "src"))}"></{tag}>', values)

    return make


def _header(values: Card) -> str:
    parts = [
        f"<h2>{_text(values, 'header', 'heading')}</h2>",
        f"<p>{_text(values, 'subheader', 'subheading')}</p>",
    ]
    return "".join(parts) + _button(values)


def _product(values: Card) -> str:
    image = _image({"src": values.get("productImageSrc")}) if values.get("productImageSrc") else ""
    title, about = _text(values, "productTitle"), _text(values, "productDescription")
    link = {"buttonText": values.get("productButton"), "buttonUrl": values.get("productUrl")}
    return f"{image}<h4>{title}</h4>{about}{_button(link)}"


def _nothing(values: Card) -> str:
    """What is for mails, or ends what everybody may read."""
    return ""


def _html(values: Card) -> str:
    return _text(values, "html", "payload")


_CARDS: dict[str, Callable[[Card], str]] = {
    "image": _image,
    "gallery": _gallery,
    "code": _code,
    "codeblock": _code,
    "html": _html,
    "markdown": _markdown,
    "card-markdown": _markdown,
    "hr": lambda values: "<hr>",
    "horizontalrule": lambda values: "<hr>",
    "bookmark": _bookmark,
    "embed": _embed,
    "callout": _callout,
    "toggle": _toggle,
    "button": _button,
    "file": _file,
    "video": _played("video"),
    "audio": _played("audio"),
    "header": _header,
    "call-to-action": lambda values: f"<p>{_text(values, 'textValue')}</p>{_button(values)}",
    "product": _product,
    "email": _nothing,
    "email-cta": _nothing,
    "paywall": _nothing,
    "signup": _nothing,
    "transistor": _nothing,
}
