"""Allowed contents of a drawing: elements, attributes and namespaces of SVG that run nothing.

The names are those of SVG 2 (W3C CR 2018-10-04, appendices "Element Index" and "Attribute Index") and of
SVG 1.1 (W3C REC 2011-08-16, appendices J and K). Left out are elements that run code (`script`, `handler`),
bring other documents or other languages (`foreignObject`, `iframe`, `audio`, `video`, `canvas`, `cursor`,
`color-profile`, `font-face-uri`, `tref`), and every event attribute. Upper and lower case differ in XML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from deskpress.model.address import cleaned
from deskpress.model.patterns import lazy_pattern
from deskpress.publish.css import is_plain

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"

FILTERS = frozenset(
    "feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting"
    " feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur"
    " feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile"
    " feTurbulence filter".split()
)
ANIMATIONS = frozenset("animate animateColor animateMotion animateTransform set".split())
FONTS = frozenset(
    "font font-face font-face-format font-face-name font-face-src glyph hkern missing-glyph vkern".split()
)
INKSCAPE = frozenset(
    "flowDiv flowLine flowPara flowRegion flowRegionBreak flowRegionExclude flowRoot flowSpan mesh meshpatch"
    " meshrow solidColor solidcolor".split()
)
"""Elements of drafts of SVG 1.2 and 2 that Inkscape writes; browsers ignore them."""

ELEMENTS = (
    frozenset(
        "a altGlyph altGlyphDef altGlyphItem circle clipPath defs desc ellipse g glyphRef hatch hatchpath"
        " image line linearGradient marker mask meshgradient metadata mpath path pattern polygon polyline"
        " radialGradient rect stop style svg switch symbol text textPath title tspan use view".split()
    )
    | FILTERS
    | ANIMATIONS
    | FONTS
    | INKSCAPE
)

STYLED = frozenset(
    "alignment-baseline background background-color baseline-shift clip clip-path clip-rule color"
    " color-interpolation color-interpolation-filters color-rendering cursor direction display"
    " dominant-baseline enable-background fill fill-opacity fill-rule filter flood-color flood-opacity font"
    " font-family font-feature-settings font-kerning font-size font-size-adjust font-stretch font-style"
    " font-variant font-variant-ligatures font-weight glyph-orientation-horizontal glyph-orientation-vertical"
    " image-rendering inline-size isolation kerning letter-spacing lighting-color line-height marker"
    " marker-end marker-mid marker-start mask mask-type mix-blend-mode opacity overflow paint-order"
    " pointer-events shape-inside shape-margin shape-rendering shape-subtract solid-color solid-opacity"
    " stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin"
    " stroke-miterlimit stroke-opacity stroke-width text-align text-anchor text-decoration text-indent"
    " text-overflow text-rendering text-transform transform transform-box transform-origin unicode-bidi"
    " vector-effect visibility white-space will-change word-spacing writing-mode".split()
)
"""Presentation attributes: their values are CSS."""

ANIMATED = STYLED | frozenset(
    "amplitude azimuth baseFrequency bias cx cy d diffuseConstant divisor dx dy edgeMode elevation exponent"
    " filterUnits fr fx fy gradientTransform gradientUnits height in in2 intercept k1 k2 k3 k4 kernelMatrix"
    " lengthAdjust limitingConeAngle markerHeight markerUnits markerWidth mode numOctaves offset operator"
    " order orient pathLength patternTransform patternUnits points pointsAtX pointsAtY pointsAtZ"
    " preserveAlpha preserveAspectRatio r radius refX refY result rotate rx ry scale seed slope"
    " specularConstant specularExponent spreadMethod startOffset stdDeviation stitchTiles surfaceScale"
    " tableValues targetX targetY textLength type values viewBox width x x1 x2 xChannelSelector y y1 y2"
    " yChannelSelector z".split()
)
"""Attributes that an animation may change: sizes, places, colours. Not addresses, styles, classes or ids."""

VALUES = frozenset({"by", "from", "to", "values"})
"""The values of an animation: CSS, if its attribute is a presentation attribute."""

_OTHERS = frozenset(
    # Of each element, of links and of animations.
    "accumulate additive attributeName attributeType begin by calcMode class clipPathUnits"
    " contentScriptType contentStyleType download dur end externalResourcesRequired fill-box focusable format"
    " from hreflang id keyPoints keySplines keyTimes lang max maskContentUnits maskUnits media method min"
    " origin path patternContentUnits primitiveUnits rel repeatCount repeatDur requiredExtensions"
    " requiredFeatures requiredFonts requiredFormats restart role side spacing systemLanguage tabindex target"
    " title to transform-type version viewTarget zoomAndPan baseProfile"
    # Of filters, hatches, glyphs and fonts.
    " filterRes kernelUnitLength hatchContentUnits hatchUnits pitch accent-height alphabetic arabic-form"
    " ascent bbox cap-height descent g1 g2 glyph-name glyphRef hanging horiz-adv-x horiz-origin-x"
    " horiz-origin-y ideographic k mathematical name orientation overline-position overline-thickness"
    " panose-1 stemh stemv strikethrough-position strikethrough-thickness string u1 u2 underline-position"
    " underline-thickness unicode unicode-range units-per-em v-alphabetic v-hanging v-ideographic"
    " v-mathematical vert-adv-y vert-origin-x vert-origin-y widths x-height"
    # What draw.io and the shops of icons write; no browser knows them.
    " content host t p-id".split()
)

ATTRIBUTES = ANIMATED | _OTHERS
"""Attributes without a namespace that may be anywhere; `style` and `href` are checked separately."""

OF_XML = frozenset({"id", "lang", "space"})
"""Not `base`, which would turn `#name` into another document."""

OF_XLINK = frozenset({"actuate", "arcrole", "role", "show", "title", "type"})

EDITORS = frozenset(
    {
        "http://creativecommons.org/ns#",
        "http://krita.org/namespaces/svg/krita",
        "http://purl.org/dc/elements/1.1/",
        "http://purl.org/dc/terms/",
        "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
        "http://schemas.microsoft.com/visio/2003/SVGExtensions/",
        "http://vectornator.io",
        "http://web.resource.org/cc/",
        "http://www.bohemiancoding.com/sketch/ns",
        "http://www.corel.com/coreldraw/odm/2003",
        "http://www.figma.com/figma/ns",
        "http://www.inkscape.org/namespaces/inkscape",
        "http://www.openclipart.org/ns",
        "http://www.serif.com/",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "http://www.w3.org/2000/01/rdf-schema#",
        "http://xml.openoffice.org/svg/export",
        "https://boxy-svg.com",
        "https://penpot.app/xmlns",
        "https://sketch.io/dtd/",
        "https://svgjs.dev/svgjs",
        "http://svgjs.com/svgjs",
        "http://svgjs.dev/svgjs",
        "adobe:ns:meta/",
    }
)
"""Namespaces of programs' own data. Browsers neither show nor run it."""

ADOBE = "http://ns.adobe.com/"
"""Adobe's namespaces begin so; there are dozens."""


def is_note(namespace: str) -> bool:
    """Whether elements and attributes of a namespace are a program's notes, which browsers ignore."""
    return namespace in EDITORS or namespace.startswith(ADOBE)


_SCHEME = lazy_pattern(r"([A-Za-z][A-Za-z0-9+.-]*):")
_PICTURE = lazy_pattern(r"data:image/(?:png|jpe?g|gif|webp|avif);base64,[A-Za-z0-9+/=% ]*", re.I)
_LINKS = frozenset({"http", "https", "mailto", "tel"})


PLAIN_HINT = (
    "save it as plain SVG (Inkscape: File > Save As > Plain SVG), or take this out with a text editor"
)
_HINTS = {
    "foreignObject": "it is HTML: in draw.io export with labels as SVG text (or switch off Text > Formatted"
    " Text), in Mermaid set `htmlLabels: false`, or export as PNG",
    "script": "take it out: drawings are pictures, and run nothing",
}


def _split(tag: str) -> tuple[str, str]:
    namespace, brace, name = tag.rpartition("}")
    return (namespace[1:], name) if brace else ("", name)


def element_problems(node: Any) -> Iterator[tuple[str, str]]:
    """Problems with an element and its attributes, except for the styles."""
    namespace, name = _split(node.tag)
    if namespace == SVG:
        if name not in ELEMENTS:
            yield f"<{name}> is not allowed in a drawing", _HINTS.get(name, PLAIN_HINT)
            return
        if name == "style" and (
            len(node) or node.get("type", "text/css").strip().lower() not in ("", "text/css")
        ):
            yield "<style> holds something other than CSS", PLAIN_HINT
    elif not is_note(namespace):
        yield f"<{name}> of `{namespace[:80]}` is not allowed in a drawing", PLAIN_HINT
        return
    for attribute, value in node.attrib.items():
        if problem := _attribute_problem(name, attribute, value, of_svg=namespace == SVG):
            yield problem, _attribute_hint(attribute)


def _attribute_hint(attribute: str) -> str:
    if attribute.lower().startswith("on"):
        return "it runs script: take it out"
    if attribute.endswith("href"):
        return "refer to the drawing itself (`#name`), embed pictures as PNG or JPEG, link with https:"
    return PLAIN_HINT


def _attribute_problem(element: str, attribute: str, value: str, *, of_svg: bool) -> str:
    namespace, name = _split(attribute)
    shown = f"the attribute `{name}` of <{element}>"
    if namespace == XML:
        allowed = name in OF_XML
    elif namespace == XLINK and name != "href":
        allowed = name in OF_XLINK
    elif namespace and namespace != XLINK:
        allowed = is_note(namespace)
    elif not of_svg:
        # A program's own data; refuse any that could be taken for an event.
        allowed = not name.lower().startswith("on")
    elif name == "href":
        bad = _href_problem(element, value)
        return f"{shown} {bad}" if bad else ""
    elif name == "attributeName":
        allowed = value.strip() in ANIMATED
        shown = f"<{element}> of `{value[:40]}`"
    else:
        allowed = name == "style" or name in ATTRIBUTES or name.startswith(("aria-", "data-"))
    return "" if allowed else f"{shown} is not allowed in a drawing"


def _href_problem(element: str, value: str) -> str:
    """The problem with an address, after what browsers strip from it (WHATWG URL, 4.4 basic URL parser)."""
    address = cleaned(value)
    if address.startswith("#"):
        return ""
    if element in ("image", "feImage"):
        rule: Callable[[str], bool] = _is_picture
        wanted = "may only be an embedded picture (PNG, JPEG, GIF, WebP, AVIF) or a file of the site"
    elif element == "a":
        rule, wanted = _is_link, "may only lead to http:, https:, mailto:, tel: or a page of the site"
    else:
        return "may only refer to the drawing itself, as in `#name`"
    return "" if rule(address) else wanted


def _is_picture(address: str) -> bool:
    return bool(_PICTURE.fullmatch(address)) or _is_relative(address)


def _is_link(address: str) -> bool:
    scheme = _SCHEME.match(address)
    return scheme[1].lower() in _LINKS if scheme else _is_relative(address)


def _is_relative(address: str) -> bool:
    """Whether an address stays on the site: without a scheme, a host, or what browsers turn into slashes."""
    return not _SCHEME.match(address) and not address.startswith("//") and "\\" not in address


def styles(node: Any) -> Iterator[str]:
    """The CSS of an element that is not plain: its style sheet, its `style`, its presentation attributes."""
    namespace, name = _split(node.tag)
    if namespace != SVG:
        return
    if name == "style":
        yield node.text or ""
    for attribute, value in node.attrib.items():
        is_style = attribute == "style" or attribute in STYLED
        if (is_style or (name in ANIMATIONS and attribute in VALUES)) and not is_plain(value):
            yield value
