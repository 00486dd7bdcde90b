"""SVG as attackers and as drawing programs write it; all written for these tests.

An attack calls `RUN`, whose address is put together by script: nothing but script can ask for it.
"""

# ruff: noqa: E501  # drawings as programs write them
from __future__ import annotations

import base64
import random
import re

RAN = "/ran"
RUN = "fetch('/r'+'an')"
SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XHTML = "http://www.w3.org/1999/xhtml"

PIXEL = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="


def svg(inside: str, attributes: str = "") -> str:
    """A drawing with some content."""
    return f'<svg xmlns="{SVG}" xmlns:xlink="{XLINK}" {attributes}>{inside}</svg>'


def _data(text: str, kind: str = "image/svg+xml") -> str:
    return f"data:{kind};base64,{base64.b64encode(text.encode()).decode()}"


_SCRIPT = f"<script>{RUN}</script>"
_BOX = '<rect width="90" height="90"/>'

_TEXTS = {
    "script": svg(_SCRIPT),
    "script with CDATA": svg(f"<script><![CDATA[{RUN}]]></script>"),
    "script by a prefix": f'<s:svg xmlns:s="{SVG}"><s:script>{RUN}</s:script></s:svg>',
    "script by a prefix of other letters": f'<é:svg xmlns:é="{SVG}"><é:script>{RUN}</é:script></é:svg>',
    "script by a prefix of the letters beyond": f'<𐀀:svg xmlns:𐀀="{SVG}"><𐀀:script>{RUN}</𐀀:script></𐀀:svg>',
    "script of XHTML": svg(f'<script xmlns="{XHTML}">{RUN}</script>'),
    "script of XHTML by a prefix": svg(f"<h:script>{RUN}</h:script>", f'xmlns:h="{XHTML}"'),
    "script of XHTML in metadata": svg(f'<metadata><script xmlns="{XHTML}">{RUN}</script></metadata>'),
    "script of XHTML in a title": svg(f'<title><script xmlns="{XHTML}">{RUN}</script></title>'),
    "script by its address": svg(f'<script href="data:text/javascript,{RUN}"/>'),
    "script by xlink": svg(f'<script xlink:href="data:text/javascript,{RUN}"/>'),
    "script as a module": svg(f'<script type="module">{RUN}</script>'),
    "script with an escaped namespace": f'<svg xmlns="http://www.w3.org/2000&#x2f;svg">{_SCRIPT}</svg>',
    "script in defs": svg(f"<defs>{_SCRIPT}</defs>"),
    "script in a nested drawing": svg(f"<svg>{_SCRIPT}</svg>"),
    "script in a switch": svg(f"<switch>{_SCRIPT}</switch>"),
    "script after a comment": svg(f"<!-- <svg> -->{_SCRIPT}"),
    "script in notes": svg(
        f"<i:x><script>{RUN}</script></i:x>", 'xmlns:i="http://www.inkscape.org/namespaces/inkscape"'
    ),
    "the whole in XHTML": f'<html xmlns="{XHTML}"><script>{RUN}</script></html>',
    "a root of no namespace": f'<svg><script xmlns="{SVG}">{RUN}</script></svg>',
    "a root of XHTML called svg": f'<svg xmlns="{XHTML}"><script>{RUN}</script></svg>',
    "a root of another kind": f'<g xmlns="{SVG}"><script>{RUN}</script></g>',
    "onload": svg(_BOX, f'onload="{RUN}"'),
    "onload without space": f"<svg xmlns=\"{SVG}\"\nonload='{RUN}'/>",
    "onload with entities": svg(_BOX, "onload=\"&#102;etch('/r'+'an')\""),
    "onload of a shape": svg(f'<image href="{PIXEL}" onload="{RUN}"/>'),
    "onerror": svg(f'<image href="{PIXEL[:40]}" onerror="{RUN}"/>'),
    "onclick": svg(f'<a href="#"><rect width="90" height="90" onclick="{RUN}"/></a>'),
    "onfocusin": svg(f'<rect width="9" height="9" tabindex="0" autofocus="" onfocusin="{RUN}"/>'),
    "onbegin": svg(f'<rect><animate attributeName="x" begin="0s" dur="1s" onbegin="{RUN}"/></rect>'),
    "onend": svg(f'<rect><set attributeName="x" begin="0s" dur="0.01s" onend="{RUN}"/></rect>'),
    "onrepeat": svg(
        f'<rect><animate attributeName="x" to="1" dur="0.01s" repeatCount="9" onrepeat="{RUN}"/></rect>'
    ),
    "onload of a style": svg(f'<style onload="{RUN}">a{{}}</style>'),
    "ontransitionend": svg(f'<rect style="transition: x 1s" ontransitionend="{RUN}"/>'),
    "onunload": svg(_BOX, f'onunload="{RUN}"'),
    "javascript": svg(f'<a href="javascript:{RUN}">{_BOX}</a>'),
    "javascript by xlink": svg(f'<a xlink:href="javascript:{RUN}">{_BOX}</a>'),
    "javascript by another prefix": svg(f'<a q:href="javascript:{RUN}">{_BOX}</a>', f'xmlns:q="{XLINK}"'),
    "javascript with a reference": svg(f'<a href="java&#115;cript:{RUN}">{_BOX}</a>'),
    "javascript with a tab": svg(f'<a href="java&#9;script:{RUN}">{_BOX}</a>'),
    "javascript with a newline": svg(f'<a href="java&#10;script&#13;:{RUN}">{_BOX}</a>'),
    "javascript after spaces": svg(f'<a href="  &#9;&#10; JavaScript:{RUN}">{_BOX}</a>'),
    "javascript after controls": svg(f'<a href="&#9;javascript:{RUN}">{_BOX}</a>'),
    "javascript in two addresses": svg(f'<a href="#ok" xlink:href="javascript:{RUN}">{_BOX}</a>'),
    "javascript in two addresses, turned": svg(f'<a xlink:href="#ok" href="javascript:{RUN}">{_BOX}</a>'),
    "javascript with a target": svg(f'<a target="_self" href="javascript:{RUN}">{_BOX}</a>'),
    "javascript with a comment": svg(f'<a href="javascript://%0a{RUN}">{_BOX}</a>'),
    "a link to data": svg(f'<a href="{_data(svg(_SCRIPT))}">{_BOX}</a>'),
    "a link to HTML as data": svg(f'<a href="data:text/html,{_SCRIPT.replace("<", "&lt;")}">{_BOX}</a>'),
    "a link to a blob": svg(f'<a href="blob:null/x">{_BOX}</a>'),
    "a link to vbscript": svg(f'<a href="vbscript:x">{_BOX}</a>'),
    "a link by xml:base": svg(f'<g xml:base="javascript:{RUN}//"><a href="#x">{_BOX}</a></g>'),
    "set": svg(f'<a>{_BOX}<set attributeName="href" to="javascript:{RUN}"/></a>'),
    "set of xlink": svg(f'<a>{_BOX}<set attributeName="xlink:href" to="javascript:{RUN}"/></a>'),
    "set of another prefix": svg(
        f'<a>{_BOX}<set attributeName="q:href" to="javascript:{RUN}"/></a>', f'xmlns:q="{XLINK}"'
    ),
    "set with spaces": svg(f'<a>{_BOX}<set attributeName=" href " to="javascript:{RUN}"/></a>'),
    "animate": svg(f'<a>{_BOX}<animate attributeName="href" values="javascript:{RUN}" dur="9s"/></a>'),
    "animate from": svg(
        f'<a>{_BOX}<animate attributeName="href" from="javascript:{RUN}" to="#" dur="9s"/></a>'
    ),
    "animate another": svg(
        f'<a id="a">{_BOX}</a><animate href="#a" attributeName="href" values="javascript:{RUN}" dur="9s"/>'
    ),
    "animate what another file holds": svg('<animate href="b.svg#a" attributeName="x" values="1" dur="9s"/>'),
    "set of an event": svg(f'<rect><set attributeName="onclick" to="{RUN}"/></rect>'),
    "set of a style": svg('<rect><set attributeName="style" to="background:url(http://127.0.0.2/)"/></rect>'),
    "set of a fill": svg('<rect><set attributeName="fill" to="url(http://127.0.0.2/#a)"/></rect>'),
    "foreignObject": svg(
        f'<foreignObject><body xmlns="{XHTML}"><img src="x" onerror="{RUN}"/></body></foreignObject>'
    ),
    "foreignObject with a frame": svg(
        f'<foreignObject><iframe xmlns="{XHTML}" src="javascript:{RUN}"/></foreignObject>'
    ),
    "foreignObject with a drawing": svg(
        f'<foreignObject><body xmlns="{XHTML}"><svg xmlns="{SVG}">{_SCRIPT}</svg></body></foreignObject>'
    ),
    "HTML without foreignObject": svg(f'<h:img src="x" onerror="{RUN}"/>', f'xmlns:h="{XHTML}"'),
    "a frame of XHTML": svg(f'<h:iframe srcdoc="{_SCRIPT.replace("<", "&lt;")}"/>', f'xmlns:h="{XHTML}"'),
    "an object of XHTML": svg(f'<h:object data="{_data(svg(_SCRIPT))}"/>', f'xmlns:h="{XHTML}"'),
    "embed of XHTML": svg(f'<h:embed src="{_data(svg(_SCRIPT))}"/>', f'xmlns:h="{XHTML}"'),
    "base of XHTML": svg('<h:base href="http://127.0.0.2/"/><image href="x"/>', f'xmlns:h="{XHTML}"'),
    "refresh of XHTML": svg(
        f'<h:meta http-equiv="refresh" content="0;url={_data(_SCRIPT, "text/html")}"/>', f'xmlns:h="{XHTML}"'
    ),
    "link of XHTML": svg('<h:link rel="stylesheet" href="http://127.0.0.2/x.css"/>', f'xmlns:h="{XHTML}"'),
    "iframe of SVG": svg(f'<iframe src="javascript:{RUN}"/>'),
    "video of XHTML": svg(f'<h:video><h:source onerror="{RUN}"/></h:video>', f'xmlns:h="{XHTML}"'),
    "MathML": svg(
        f'<m:math><m:mtext onclick="{RUN}" href="javascript:{RUN}">x</m:mtext></m:math>',
        'xmlns:m="http://www.w3.org/1998/Math/MathML"',
    ),
    "use of data": svg('<use href="' + _data(svg(f"<g id='x'>{_SCRIPT}</g>")) + '#x"/>'),
    "use of another file": svg('<use href="b.svg#x"/>'),
    "use of javascript": svg(f'<use xlink:href="javascript:{RUN}#x"/>'),
    "an image of SVG as data": svg(f'<image width="9" height="9" href="{_data(svg(_SCRIPT))}"/>'),
    "an image of another host": svg('<image width="9" height="9" href="http://127.0.0.2/x.png"/>'),
    "an image of another host, shortly": svg('<image width="9" height="9" href="//127.0.0.2/x.png"/>'),
    "an image of another host by backslashes": svg('<image width="9" height="9" href="/\\127.0.0.2/x.png"/>'),
    "an image of another host by a tab": svg('<image width="9" height="9" href="/&#9;/127.0.0.2/x.png"/>'),
    "feImage of another host": svg(
        '<filter id="f"><feImage href="http://127.0.0.2/x.png"/></filter><rect filter="url(#f)"/>'
    ),
    "fill of another host": svg('<rect fill="url(http://127.0.0.2/x.svg#a)" width="9" height="9"/>'),
    "fill in a style": svg('<rect style="fill: u\\72l(http://127.0.0.2/x.svg#a)" width="9" height="9"/>'),
    "a cursor": svg('<rect cursor="url(http://127.0.0.2/x.png), auto" width="9" height="9"/>'),
    "import": svg("<style>@import 'http://127.0.0.2/x.css';</style>"),
    "import with an escape": svg("<style>@\\69mport 'http://127.0.0.2/x.css';</style>"),
    "import in CDATA": svg("<style><![CDATA[@import url(http://127.0.0.2/x.css);]]></style>"),
    "image-set": svg("<rect style=\"mask-image: image-set('http://127.0.0.2/x.png' 1x)\"/>"),
    "image-set of WebKit": svg(
        "<style>svg { background: -webkit-image-set(url(http://127.0.0.2/x.png) 1x) }</style>"
    ),
    "a font of another host": svg(
        "<style>@font-face { font-family: f; src: url(http://127.0.0.2/f) } text { font-family: f }</style>"
        "<text y='20'>x</text>"
    ),
    "a style in an element of a style": svg("<style><g/>@import 'http://127.0.0.2/x.css';</style>"),
    "binding": svg('<rect style="-moz-binding: url(http://127.0.0.2/x.xml#a)"/>'),
    "behavior": svg('<rect style="behavior: url(x.htc)"/>'),
    "expression": svg(f'<rect style="width: expression({RUN})"/>'),
    "handler": svg(f'<handler type="text/javascript">{RUN}</handler>'),
    "a listener": svg(
        f'<g ev:event="load" ev:handler="#h"/><handler id="h">{RUN}</handler>',
        'xmlns:ev="http://www.w3.org/2001/xml-events"',
    ),
    "XInclude": svg('<i:include href="b.svg"/>', 'xmlns:i="http://www.w3.org/2001/XInclude"'),
    "a transformation": '<?xml-stylesheet type="text/xsl" href="#x"?>'
    + svg('<x:stylesheet id="x" version="1.0"/>', 'xmlns:x="http://www.w3.org/1999/XSL/Transform"'),
    "a style sheet by an instruction": '<?xml-stylesheet href="http://127.0.0.2/x.css"?>' + svg(""),
    "another instruction": svg("<?php system('id') ?>"),
    "an entity": f'<!DOCTYPE svg [<!ENTITY s "&#60;script>{RUN}&#60;/script>">]>' + svg("&s;"),
    "an entity in an address": f'<!DOCTYPE svg [<!ENTITY s "javascript:{RUN}">]>'
    + svg(f'<a href="&s;">{_BOX}</a>'),
    "an entity from a file": '<!DOCTYPE svg [<!ENTITY s SYSTEM "file:///etc/hostname">]>' + svg("&s;"),
    "entities by the billion": '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    + svg("&b;"),
    "a parameter entity": '<!DOCTYPE svg [<!ENTITY % p SYSTEM "http://127.0.0.2/x.dtd">%p;]>' + svg(""),
    "an attribute by a list": f'<!DOCTYPE svg [<!ATTLIST svg onload CDATA "{RUN}">]>' + svg(_BOX),
    "a namespace by a list": f'<!DOCTYPE svg [<!ATTLIST x xmlns CDATA "{XHTML}">]>' + svg("<x/>"),
    "a DTD of another host": '<!DOCTYPE svg SYSTEM "http://127.0.0.2/x.dtd">' + svg(""),
    "a DTD and an entity of it": '<!DOCTYPE svg PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">'
    + svg("&nbsp;"),
    "an unknown entity": svg("&script;"),
    "broken after the script": svg(_SCRIPT)[:-6],
    "text before": "x" + svg(_SCRIPT),
    "two roots": svg("") + svg(_SCRIPT),
    "XML 1.1": '<?xml version="1.1"?>' + svg(_SCRIPT),
    "an unknown element": svg("<blink/>"),
    "an unknown attribute": svg('<g is="x-y"/>'),
    "a color profile": svg('<color-profile href="http://127.0.0.2/x.icc"/>'),
    "a font by its address": svg(
        '<font-face><font-face-src><font-face-uri href="//127.0.0.2/x"/></font-face-src></font-face>'
    ),
    "a ping": svg(f'<a href="#" ping="http://127.0.0.2/">{_BOX}</a>'),
    "discard": svg('<discard href="#x"/>'),
    "a document type as a link": svg('<animate href="http://127.0.0.2/#x" attributeName="x" dur="1s"/>'),
}

ATTACKS: dict[str, bytes] = {
    **{name: text.encode() for name, text in _TEXTS.items()},
    "UTF-16": svg(_SCRIPT).encode("utf-16"),
    "UTF-16 without a mark": svg(_SCRIPT).encode("utf-16-le"),
    "UTF-32": svg(_SCRIPT).encode("utf-32"),
    "UTF-7": f'<?xml version="1.0" encoding="UTF-7"?>{svg("+ADw-script+AD4-")}'.encode(),
    "ISO-2022-JP": b'<?xml version="1.0" encoding="ISO-2022-JP"?>' + svg("\x1b$B$1\x1b(B" + _SCRIPT).encode(),
    "ISO-2022-JP in attributes": ('<?xml version="1.0" encoding="iso-2022-jp"?>' + svg("<g/>")).encode(),
    "Latin-1": b'<?xml version="1.0" encoding="ISO-8859-1"?>' + svg("<text>\xe9</text>").encode("latin-1"),
    "Latin-1 without a word": svg("<text>\xe9</text>").encode("latin-1"),
    "EBCDIC": ('<?xml version="1.0" encoding="cp037"?>' + svg(_SCRIPT)).encode("cp037"),
    "Shift JIS": f'<?xml version="1.0" encoding="Shift_JIS"?>{svg("")}'.encode(),
    "UTF-16 in name only": f'<?xml version="1.0" encoding="UTF-16"?>{svg("")}'.encode(),
    "too long UTF-8": svg("<text>\0</text>").encode().replace(b"\0", b"\xc0\xbc"),
    "surrogates": svg("<text>\0</text>").encode().replace(b"\0", b"\xed\xa0\x80"),
    "NUL": svg("<scr\0ipt/>").encode(),
    "gzip": base64.b64decode("H4sIAAAAAAAAA7MpLkvXt7OzKUpNAwA="),
    "nothing": b"",
    "no XML": b"GIF89a",
}

_INK = (
    'xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"'
    ' xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"'
    ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:cc="http://creativecommons.org/ns#"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
_ICON = '<path d="M12 2A10 10 0 1 0 12 22 10 10 0 0 0 12 2z"/>'
_FONT = _data("wOF2 not quite a font", "font/woff2")

_DRAWN = {
    "an icon": svg(_ICON, 'viewBox="0 0 24 24" width="24" height="24"'),
    "an icon in the colour of the text": svg(
        _ICON, 'fill="currentColor" role="img" aria-hidden="true" class="i"'
    ),
    "Inkscape": _HEAD
    + "<!-- Created with Inkscape (http://www.inkscape.org/) -->\n"
    + svg(
        '<sodipodi:namedview id="base" pagecolor="#ffffff" inkscape:zoom="0.7" showgrid="false">'
        '<inkscape:grid type="xygrid" id="grid1"/></sodipodi:namedview>'
        '<metadata id="m"><rdf:RDF><cc:Work rdf:about=""><dc:format>image/svg+xml</dc:format>'
        '<dc:type rdf:resource="http://purl.org/dc/dcmitype/StillImage"/></cc:Work></rdf:RDF></metadata>'
        '<defs id="d"><inkscape:path-effect effect="spiro" id="pe" is_visible="true"/>'
        '<linearGradient id="g1" inkscape:collect="always"><stop style="stop-color:#000;stop-opacity:1;"'
        ' offset="0" id="s1"/></linearGradient><linearGradient xlink:href="#g1" id="g2" x1="1" y1="2"'
        ' gradientUnits="userSpaceOnUse" gradientTransform="matrix(1,0,0,1,2,3)"/></defs>'
        '<g inkscape:label="Layer 1" inkscape:groupmode="layer" id="layer1" transform="translate(0,-9)">'
        '<path style="fill:url(#g2);stroke:#000;stroke-width:1px;-inkscape-stroke:none" d="M 1,2 C 3,4 5,6 7,8 z"'
        ' sodipodi:nodetypes="czc" inkscape:connector-curvature="0" id="p1"/>'
        '<text xml:space="preserve" style="font-size:10px;font-family:sans-serif;'
        '-inkscape-font-specification:\'sans-serif, Normal\'" x="1" y="2" id="t1">'
        '<tspan sodipodi:role="line" id="ts1">Hours &amp; minutes</tspan></text></g>',
        f'{_INK} width="210mm" height="297mm" viewBox="0 0 210 297" version="1.1" id="svg5"'
        ' inkscape:version="1.2" sodipodi:docname="a.svg" inkscape:export-filename="C:\\a.png"',
    ),
    "Inkscape, plain": _HEAD
    + svg(
        '<defs id="d"/><g id="l"><rect style="fill:#aa0000;stroke-width:0.26" id="r" width="9" height="9" x="1"/></g>'
    ),
    "Inkscape with text that flows": svg(
        '<flowRoot xml:space="preserve" id="f"><flowRegion id="r"><rect id="q" width="9" height="9"/></flowRegion>'
        "<flowPara>Text</flowPara></flowRoot>"
    ),
    "Illustrator": _HEAD.replace(' standalone="no"', "")
    + "<!-- Generator: Adobe Illustrator 27.0, SVG Export Plug-In . SVG Version: 6.00 Build 0) -->\n"
    + svg(
        '<style type="text/css">\n\t.st0{fill:#231F20;}\n\t.st1{clip-path:url(#SVGID_2_);}\n'
        "\t.st2{font-family:'MyriadPro-Regular';}\n</style>\n"
        '<g><defs><rect id="SVGID_1_" width="9" height="9"/></defs><clipPath id="SVGID_2_">'
        '<use xlink:href="#SVGID_1_"  style="overflow:visible;"/></clipPath><g class="st1"><path class="st0" d="M1,2z"/></g>'
        '</g><text transform="matrix(1 0 0 1 1 2)" class="st2">A</text>',
        'version="1.1" id="Layer_1" x="0px" y="0px" viewBox="0 0 9 9" style="enable-background:new 0 0 9 9;"'
        ' xml:space="preserve"',
    ),
    "Illustrator with its notes": svg(
        '<switch><g i:extraneous="self"><path d="M1,2z"/></g></switch><i:aipgf id="a"><![CDATA[eJzs]]></i:aipgf>',
        'xmlns:i="http://ns.adobe.com/AdobeIllustrator/10.0/" xmlns:x="http://ns.adobe.com/Extensibility/1.0/"'
        ' i:viewOrigin="1 2"',
    ),
    "Illustrator with styles in CDATA": svg(
        "<defs><style><![CDATA[ .cls-1 > path { fill: rgb(0, 0, 0); } ]]></style></defs>"
        '<title>a</title><g id="Layer_2" data-name="Layer 2"><path class="cls-1" d="M1 2z"/></g>'
    ),
    "Figma": svg(
        '<g clip-path="url(#clip0_1_2)"><rect width="9" height="9" fill="white"/><g filter="url(#filter0_d)">'
        '<path fill-rule="evenodd" clip-rule="evenodd" d="M1 2Z" fill="url(#paint0)" fill-opacity="0.5"/></g>'
        '<rect width="9" height="9" fill="url(#pattern0)"/></g><defs><filter id="filter0_d" x="0" y="0" width="9"'
        ' height="9" filterUnits="userSpaceOnUse" color-interpolation-filters="sRGB"><feFlood flood-opacity="0"'
        ' result="BackgroundImageFix"/><feColorMatrix in="SourceAlpha" type="matrix"'
        ' values="0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 127 0" result="hardAlpha"/><feOffset dy="4"/>'
        '<feGaussianBlur stdDeviation="2"/><feComposite in2="hardAlpha" operator="out"/><feBlend mode="normal"'
        ' in2="BackgroundImageFix" result="e"/></filter><linearGradient id="paint0" x1="1" y1="2" x2="3" y2="4"'
        ' gradientUnits="userSpaceOnUse"><stop stop-color="#F00"/><stop offset="1" stop-color="#0F0"/>'
        '</linearGradient><clipPath id="clip0_1_2"><rect width="9" height="9" fill="white"/></clipPath>'
        '<pattern id="pattern0" patternContentUnits="objectBoundingBox" width="1" height="1">'
        f'<use xlink:href="#image0" transform="scale(0.01)"/></pattern><image id="image0" width="1" height="1"'
        f' xlink:href="{PIXEL}"/></defs>',
        'width="9" height="9" viewBox="0 0 9 9" fill="none"',
    ),
    "Sketch": svg(
        "<!-- Generator: Sketch 52.2 --><title>Page</title><desc>Created with Sketch.</desc>"
        '<g id="Page-1" stroke="none" stroke-width="1" fill="none" fill-rule="evenodd" sketch:type="MSPage">'
        '<polygon points="1 2 3 4"></polygon></g>',
        'xmlns:sketch="http://www.bohemiancoding.com/sketch/ns"',
    ),
    "draw.io without HTML": svg(
        '<defs/><g><rect x="0" y="0" width="120" height="60" fill="rgb(255, 255, 255)" stroke="rgb(0, 0, 0)"'
        ' style="fill: light-dark(#ffffff, var(--ge-dark-color, #121212));" pointer-events="all"/>'
        '<g fill="rgb(0, 0, 0)" font-family="Helvetica" text-anchor="middle" font-size="12px">'
        '<text x="60" y="34">Start</text></g><path d="M 1 2 L 3 4" stroke-miterlimit="10"/></g>',
        'version="1.1" width="121px" height="61px" viewBox="-0.5 -0.5 121 61" style="background-color: rgb(1, 2, 3);"'
        ' content="&lt;mxfile host=&quot;app.diagrams.net&quot;&gt;&lt;/mxfile&gt;"',
    ),
    "matplotlib": '<?xml version="1.0" encoding="utf-8" standalone="no"?>\n'
    + svg(
        '<metadata><rdf:RDF xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:cc="http://creativecommons.org/ns#"'
        ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><cc:Work><dc:creator><cc:Agent>'
        "<dc:title>Matplotlib v3.8</dc:title></cc:Agent></dc:creator></cc:Work></rdf:RDF></metadata>"
        '<defs><style type="text/css">*{stroke-linejoin: round; stroke-linecap: butt}</style></defs>'
        '<g id="figure_1"><g id="patch_1"><path d="M 0 345.6 \nL 460.8 345.6 \nz\n" style="fill: #ffffff"/></g>'
        '<g clip-path="url(#p1b)"><use xlink:href="#m2" x="1" y="2" style="fill: #1f77b4; stroke: #1f77b4"/>'
        f'<image xlink:href="{PIXEL[:60]}\n{PIXEL[60:]}\n" id="i" transform="scale(1 -1) translate(0 -9)" x="1" y="2"/></g>'
        '<text style="font: 10px \'DejaVu Sans\', sans-serif; text-anchor: middle" transform="rotate(-0 1 2)">0.0</text>'
        '</g><defs><path id="m2" d="M0 1z"/><clipPath id="p1b"><rect x="1" y="2" width="9" height="9"/></clipPath></defs>',
        'width="460.8pt" height="345.6pt" viewBox="0 0 460.8 345.6" version="1.1"',
    ),
    "Graphviz": '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<!-- Generated by graphviz -->\n'
    + svg(
        '<g id="graph0" class="graph" transform="scale(1 1) rotate(0) translate(4 112)"><title>%3</title>'
        '<polygon fill="white" stroke="transparent" points="-4,4 -4,-112 58,-112"/><!-- a&#45;&gt;b -->'
        '<g id="edge1" class="edge"><title>a&#45;&gt;b</title><path fill="none" stroke="black" d="M27,-71C27,-63"/></g>'
        '<g id="a_node1"><a xlink:href="https://desk.example/?a=1&amp;b=2" xlink:title="Open" target="_blank">'
        '<ellipse fill="none" stroke="black" cx="27" cy="-90" rx="27" ry="18"/><text text-anchor="middle" x="27"'
        ' y="-86.3" font-family="Times,serif" font-size="14.00">a</text></a></g></g>',
        'width="62pt" height="116pt" viewBox="0.00 0.00 62.00 116.00"',
    ),
    "Mermaid without HTML": svg(
        '<style>#my-svg{font-family:"trebuchet ms",verdana,arial,sans-serif;font-size:16px;fill:#333;}'
        "@keyframes edge-animation-frame{from{stroke-dashoffset:0;}}#my-svg .edge{animation:dash 50s linear infinite;}"
        "#my-svg .cluster text{fill:hsl(120, 100%, 20%);filter:drop-shadow(3px 5px 2px rgb(0 0 0 / 0.4));}"
        "#my-svg :root{--mermaid-font-family:\"trebuchet ms\";}#my-svg .node:not(.x) > rect[rx='5']{}</style>"
        '<g><marker id="m_end" class="marker flowchart" viewBox="0 0 10 10" refX="5" refY="5"'
        ' markerUnits="userSpaceOnUse" markerWidth="8" markerHeight="8" orient="auto"><path d="M 0 0 z"'
        ' class="arrowMarkerPath" style="stroke-width: 1; stroke-dasharray: 1, 0;"/></marker>'
        '<g class="root"><path d="M1,2L3,4" id="L_A_B_0" style="" marker-end="url(#m_end)" data-edge="true"'
        ' data-points="W3sieCI6MX1d"/><text y="-10.1" style=""><tspan class="text-outer-tspan" x="0" y="-0.1em"'
        ' dy="1.1em"><tspan font-style="normal" class="text-inner-tspan" font-weight="normal">A</tspan></tspan></text></g></g>',
        'id="my-svg" width="100%" class="flowchart" style="max-width: 100px;" viewBox="0 0 9 9" role="graphics-document'
        ' document" aria-roledescription="flowchart-v2"',
    ),
    "Excalidraw": svg(
        '<!-- svg-source:excalidraw --><defs><style class="style-fonts">@font-face { font-family: Excalifont;'
        f" src: url({_FONT}) format('woff2'); }}</style></defs>"
        '<g stroke-linecap="round" transform="translate(10 10) rotate(0 5 5)"><path d="M0 0 C1 2" stroke="#1e1e1e"'
        ' fill="none"/></g><text x="0" y="20" style="white-space: pre;" direction="ltr">Hi</text><mask/>',
        'version="1.1" viewBox="0 0 9 9" filter="invert(93%) hue-rotate(180deg)"',
    ),
    "PlantUML": svg(
        '<defs/><g><rect fill="#E2E2F0" height="30" rx="2.5" style="stroke:#181818;stroke-width:0.5;" width="50" x="5"/>'
        '<text fill="#000000" font-family="sans-serif" font-size="14" lengthAdjust="spacing" textLength="30">Bob</text></g>',
        'contentScriptType="application/ecmascript" contentStyleType="text/css" preserveAspectRatio="none"'
        ' style="width:100px;height:50px;background:#FFFFFF;" version="1.1" zoomAndPan="magnify"',
    ),
    "gnuplot": '<?xml version="1.0" encoding="utf-8"  standalone="no"?>\n'
    + svg(
        "<title>Gnuplot</title><desc>Produced by GNUPLOT</desc><g id=\"gnuplot_canvas\"><defs><circle id='gpDot' r='0.5'"
        ' stroke-width=\'0.5\' stroke=\'currentColor\'/></defs><g fill="none" color="white" stroke-linecap="butt">'
        "<path stroke='gray' stroke-dasharray='2,4' class='gridline' d='M1,2 L3,4'/></g></g>"
    ),
    "an animation": svg(
        '<circle cx="9" cy="9" r="4"><animate attributeName="r" values="1;4;1" dur="2s" repeatCount="indefinite"/>'
        '<animateTransform attributeName="transform" type="rotate" from="0 9 9" to="360 9 9" dur="1s"/>'
        '<set attributeName="fill" to="url(#a)" begin="1s"/><animateMotion dur="1s"><mpath href="#p"/></animateMotion>'
        '</circle><path id="p" d="M1 2z"/>'
    ),
    "LibreOffice": _HEAD
    + svg(
        '<defs class="EmbeddedBulletChars"><g id="b" transform="scale(0.1,-0.1)"><path d="M 1,2 z"/></g></defs>'
        '<g class="Page" ooo:x="1"><g class="TitleText"><text class="SVGTextShape"><tspan class="TextParagraph">'
        '<tspan class="TextPosition" x="1" y="2"><tspan fill="rgb(0,0,0)" stroke="none">T</tspan></tspan></tspan></text>'
        '</g></g><font id="F" horiz-adv-x="2048"><font-face font-family="L embedded" units-per-em="2048"'
        ' ascent="1854"/><missing-glyph d="M 0,0 z"/><glyph unicode="a" horiz-adv-x="953" d="M 1,2 z"/></font>',
        'version="1.2" baseProfile="tiny" xmlns:ooo="http://xml.openoffice.org/svg/export" stroke-width="28.222"',
    ),
    "Visio": svg(
        '<v:documentProperties v:langID="1033"><v:userDefs><v:ud v:nameU="x" v:val="VT0(1):26"/></v:userDefs>'
        '</v:documentProperties><style type="text/css"><![CDATA[.st1 {fill:none;stroke:#000} ]]></style>'
        '<g v:mID="0" v:index="1"><title>Page-1</title><path d="M0 1 L2 3" class="st1"/></g>',
        'xmlns:v="http://schemas.microsoft.com/visio/2003/SVGExtensions/" color-interpolation-filters="sRGB"',
    ),
    "a map with links": svg(
        '<a href="/help/metrics.html"><rect width="9" height="9"/></a><a href="../x.html#y" rel="noopener">'
        '<circle r="2"/></a><a href="mailto:desk@desk.example"><title>Write</title><rect/></a>'
        '<image href="images/a.png" width="9" height="9"/><image xlink:href="/images/b.jpg" width="9" height="9"/>'
    ),
    "a byte order mark": "\ufeff" + svg(_ICON),
    "Arabic": svg('<text direction="rtl" xml:lang="ar" x="90" y="20">مرحبا</text>', 'lang="ar"'),
}

DRAWN: dict[str, bytes] = {name: text.encode() for name, text in _DRAWN.items()}
"""Harmless drawings, which pass."""

_PUBLIC = (
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"\n  "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
)

ADVISED: dict[str, tuple[bytes, str]] = {
    "matplotlib": (
        (_HEAD + _PUBLIC + "\n" + svg(_ICON)).encode(),
        'remove `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"'
        ' "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">`: browsers need none',
    ),
    "draw.io": (
        svg(
            '<switch><foreignObject pointer-events="none" width="100%" height="100%"'
            ' requiredFeatures="http://www.w3.org/TR/SVG11/feature#Extensibility" style="overflow: visible;">'
            f'<div xmlns="{XHTML}">Start</div></foreignObject><text>Start</text></switch>'
        ).encode(),
        "in draw.io export with labels as SVG text",
    ),
    "Mermaid": (
        svg(f'<foreignObject width="9" height="9"><div xmlns="{XHTML}">A</div></foreignObject>').encode(),
        "in Mermaid set `htmlLabels: false`",
    ),
    "Illustrator of old": (
        (
            '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x" [<!ENTITY ns_svg "http://www.w3.org/2000/svg">]>'
            + svg(_ICON)
        ).encode(),
        "remove everything from `<!DOCTYPE` to `]>`",
    ),
    "PlantUML": (
        ("<?plantuml 1.2023.0?>" + svg(_ICON)).encode(),
        "remove everything from `<?plantuml` to `?>`",
    ),
    "a program nobody knows": (
        svg('<o:notes xmlns:o="urn:other:program"/>').encode(),
        "save it as plain SVG (Inkscape: File > Save As > Plain SVG)",
    ),
    "a font of another host": (
        svg("<style>@import url(https://fonts.example/css);</style>").encode(),
        "embedded fonts",
    ),
    "a picture of another host": (
        svg('<image href="https://pictures.example/a.png"/>').encode(),
        "embed pictures as PNG or JPEG",
    ),
    "no namespace": (b'<svg width="9"><path d="M1 2z"/></svg>', f'begin with `<svg xmlns="{SVG}">`'),
    "Latin-1": (
        ('<?xml version="1.0" encoding="ISO-8859-1"?>' + svg("")).encode(),
        'write `<?xml version="1.0" encoding="UTF-8"?>`',
    ),
}
"""Drawings that are refused, with what the message says to do."""

_PARTS = re.compile(r"<[^>]*>|[^<]+")
_ATTRIBUTE = re.compile(r"""[\w:-]+=(?:"[^"]*"|'[^']*')""")


def mutated(chooser: random.Random) -> bytes:
    """A drawing with pieces of attacks in it, or an attack with pieces of drawings."""
    texts = [*_DRAWN.values(), *_TEXTS.values()]
    parts = _PARTS.findall(chooser.choice(list(_DRAWN.values()) if chooser.random() < 0.7 else texts))
    for _ in range(chooser.randint(1, 3)):
        other = chooser.choice(list(_TEXTS.values()) if chooser.random() < 0.5 else texts)
        at = chooser.randrange(len(parts))
        way = chooser.randrange(5)
        if way == 0:
            # A whole piece, with its end.
            pieces = _PARTS.findall(other)
            start = chooser.randrange(len(pieces))
            parts[at:at] = pieces[start : start + chooser.randint(1, 4)]
        elif way == 1 and (attributes := _ATTRIBUTE.findall(other)):
            opening = re.match(r"<[\w:]+", parts[at])
            if opening:
                parts[at] = f"{opening[0]} {chooser.choice(attributes)}{parts[at][opening.end() :]}"
        elif way == 2 and (attributes := _ATTRIBUTE.findall(other)):
            # The value of one attribute for another.
            mine = _ATTRIBUTE.findall(parts[at])
            if mine:
                name = chooser.choice(mine).partition("=")[0]
                value = chooser.choice(attributes).partition("=")[2]
                parts[at] = re.sub(
                    rf"""(?<=\s){re.escape(name)}=("[^"]*"|'[^']*')""", f"{name}=\0", parts[at]
                )
                parts[at] = parts[at].replace("\0", value)
        elif way == 3:
            del parts[at]
            parts = parts or ["<svg/>"]
        else:
            text = parts[at]
            where = chooser.randrange(len(text))
            parts[at] = (
                text[:where]
                + chooser.choice(("&#9;", " ", "x", "é", ":", "&#58;", "\\\\", "/"))
                + text[where:]
            )
    return "".join(parts).encode()


def built(chooser: random.Random) -> bytes:
    """A drawing of random elements and attributes, most of them known."""

    def element(depth: int) -> str:
        name = chooser.choice(_NAMES)
        pairs = {chooser.choice(_KEYS): chooser.choice(_VALUES) for _ in range(chooser.randint(0, 3))}
        attributes = "".join(f' {key}="{value}"' for key, value in pairs.items())
        inside = "".join(element(depth + 1) for _ in range(chooser.randint(0, 3))) if depth < 4 else RUN
        return f"<{name}{attributes}>{inside}</{name}>"

    head = chooser.choice(("", "", '<?xml version="1.0"?>', "<!-- x -->", "\ufeff"))
    return (head + svg(element(0), f'{_INK} xmlns:h="{XHTML}" xmlns:u="urn:x"')).encode()


_NAMES = (
    "g a rect use image set animate animateTransform animateMotion style text title desc metadata defs svg symbol"
    " switch filter feImage linearGradient stop pattern mask marker view path tspan textPath"
    " inkscape:x sodipodi:y rdf:z script foreignObject h:script u:x handler"
).split()
_KEYS = (
    "id class href xlink:href style fill stroke filter attributeName to from values by begin dur target onload"
    " onbegin xml:base xml:space d x width height transform inkscape:label type rel download tabindex cursor"
    " data-x aria-label role"
).split()
_VALUES = (
    "x", "1", "#x", "url(#x)", "red", "href", "xlink:href", "onload", "fill", "x.click", "0s", "text/css", "1s",
    f"javascript:{RUN}", f" java&#9;script:{RUN}", RUN, "a.svg#x", "//127.0.0.2/", "url(//127.0.0.2/)", PIXEL,
    "fill:url(#x)", "fill:url(//127.0.0.2/)", "u\\72l(//127.0.0.2/)", "https://desk.example/", "/x.png", "_self",
    _data(svg(_SCRIPT)), "image-set('//127.0.0.2/')", "'", "}", "rotate(1)",
)  # fmt: skip
