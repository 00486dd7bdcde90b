"""No text vanishes without a word: elements without an end, tools with text in them."""

from __future__ import annotations

import random
import re

import pytest

from deskpress.build.rules import known_checklist, known_rules
from deskpress.model.diagnostic import ContentError, Severity
from deskpress.model.tools import TOOLS
from deskpress.source.markdown import Converter
from deskpress.source.parsed import body_of
from deskpress.source.sanitize import look
from deskpress.source.tools import Tools
from deskpress.source.unclosed import HIDING, all_ended, unclosed
from tests.conftest import Site
from tests.growth import check_linear

TEXT = "Text after it.\n\nThe **end** of the text.\n"


def errors(site: Site) -> list[str]:
    return [str(d) for d in site.check().diagnostics if d.severity is Severity.ERROR]


@pytest.mark.parametrize("raw_html", ["safe", "trusted"])
@pytest.mark.parametrize("before", ["", "Inline: "])
def test_an_element_without_an_end_is_an_error_at_its_place(site: Site, before: str, raw_html: str) -> None:
    site.configure(options={"raw_html": raw_html})
    names = sorted(HIDING)
    for name in names:
        site.post(f"2012-03-01-{name}.md", f"`<{name}>` is code.\n\n{before}<{name}>\n\n{TEXT}")
    told = errors(site)
    assert len(told) == len(names)
    for name in names:
        where = f"content/posts/2012-03-01-{name}.md:8:{len(before) + 1}: "
        (one,) = [one for one in told if one.startswith(where)]
        assert f"`<{name}>` is not closed: what is below it would be missing" in one
        assert one.endswith(f"hint: write `</{name}>` after it")
    with pytest.raises(ContentError):
        site.build()


def test_an_end_that_is_ignored_is_told_at_the_start_of_its_element(site: Site) -> None:
    site.post("2012-03-01-a.md", f"<video></video>\n\n<video><p>No video here.</video>\n\n{TEXT}")
    (told,) = errors(site)
    assert told.startswith("content/posts/2012-03-01-a.md:8:1: ")
    assert "`</video>` does not close `<video>`: what is below it would be missing" in told


def test_a_section_that_stays_hidden_is_an_error_at_its_place(site: Site) -> None:
    site.post("2012-03-01-a.md", f"<div></div>\n\n<div hidden>\n\n{TEXT}")
    (told,) = errors(site)
    assert told.startswith("content/posts/2012-03-01-a.md:8:1: ")
    assert "`<div>` is not closed" in told


def test_what_looks_like_our_marks_is_text() -> None:
    assert unclosed("<video deskpress-mark='0'><p></video><!--deskpress-mark0--> x")
    assert not unclosed("<video></video> deskpress-markend deskpress-mark0 deskpress-mark99")


def test_a_slash_is_no_end(site: Site) -> None:
    names = sorted(HIDING - {"svg", "math"})
    for name in names:
        site.post(f"2012-03-01-{name}.md", f"<{name}/>\n\n{TEXT}")
    told = errors(site)
    assert len(told) == len(names)
    for name in names:
        (one,) = [one for one in told if f"`<{name}/>` has no end" in one]
        assert one.endswith(f"hint: write `<{name}></{name}>`")
        site.post(f"2012-03-01-{name}.md", f"<{name}></{name}>\n\n{TEXT}")
    assert not errors(site)


def test_each_of_several_is_named_at_its_own_place(site: Site) -> None:
    site.post(
        "2012-03-01-a.md",
        f"<delivery-rate/>\n\nA <delivery-rate></delivery-rate>\n\n<delivery-rate>\n\n{TEXT}",
    )
    assert [told.partition(": ")[0].rpartition("a.md:")[2] for told in errors(site)] == ["6:1", "10:1"]


def test_code_in_a_line_does_not_hide_the_place(site: Site) -> None:
    site.post("2012-03-01-a.md", f"```x``` is code.\n\n<video>\n\n{TEXT}")
    assert [told.partition(": ")[0].rpartition("a.md:")[2] for told in errors(site)] == ["8:1"]


def test_text_in_a_tool_is_named(site: Site) -> None:
    site.post("2012-03-01-a.md", f"Before.\n\n<delivery-rate>\n\n{TEXT}\n</delivery-rate>\n")
    problems = [line for line in site.problems() if "delivery-rate" in line]
    assert problems == ["content/posts/2012-03-01-a.md:8:1: the text in `<delivery-rate>` is not shown"]


@pytest.mark.parametrize(
    "text",
    [
        "<svg/>x",
        "<svg viewBox='0 0 1 1'><path d='M0 0'/></svg> x",
        "<svg><title/><style/></svg> x",
        "<video src=a.mp4></video> x",
        "<!-- <video> --> x",
        "<!-- <video> > --> x",
        "<p title='<video>'>x</p>",
        "<p title=<video>x</p>",
        "<script>'<video>'</script> x",
        "<video controls>",
        "x <video\n",
        "<details><summary>A</summary>B</details> x",
        "<VIDEO></video > x",
        "<videos> x",
        "<script><!--<script></script>--></script> x",
        "<script><!--><script></script> x",
        "<details><p>A<p>B</details> x",
        "<details><table><tr><td>A</table></details> x",
        "<ul><li>A <video></video><li>B</ul> x",
        "<table><video></video><tr><td>x</table> x",
        "<b><details></b>A</details> x",
        "<video><p>A</video>",
        "<svg><desc><video></video></desc></svg> x",
        "<svg><title>A</title><a><path/></a></svg> x",
        "<math><mi>A</mi><mspace/></math> x",
        "<ruby>A<rp>(<rt>B<rp>)</ruby> x",
        "<div hidden>A</div> x",
        "<div hidden><p>A</div> x",
        "<p hidden>A<p>x",
        "<input hidden> x",
        "<div hidden>",
        "It is hidden <b>here</b>.",
        "<dialog>A</dialog><datalist><option>A</datalist> x",
        "<!-- a --!> x",
        "<svg><foreignObject></svg> x",
        "<object><button>A</object> x",
        "</1 <video> x",
    ],
)
def test_what_is_closed_or_hides_nothing_is_fine(text: str) -> None:
    assert not unclosed(text)


@pytest.mark.parametrize(
    "text",
    [
        "<video><p>x</p>",
        "<video></audio> x",
        "<div><video></div> x",
        "<!--> <video> x -->",
        "<p title='</video>'><video> x",
        "<style>a</styles> x",
        "<video a='>' b> x",
        "<script><!--<script></script> x",
        "<Video\n> x",
        "<\u212a <video> x",
        "<\u017f <video> x",
        "</\u00e9> <video> x",
        "<style></\u017ftyle> x",
        "<video></video\u00a0> x",
        "<spoof-checklist></spoof-chec\u212alist> x",
        "<video></1 </video> x",
        "<video></ </video> x",
        "<!-- --!><video> x -->",
        "<video><p>A</video> x",
        "<div><video><p>A</video> x</div> <p>y",
        "<video><ul><li>A</video> x",
        "<video><button>A</video> x",
        "<details><table><tr><td></details></table> x",
        "<video><details>A</video> x",
        "<math><mi><details/></mi></math> x",
        "<svg><p><details/></svg> x",
        "<svg><desc><video/>x</desc></svg>",
        "<svg><foreignObject><p></svg> x",
        "<svg><p><style></svg> x",
        "<svg><![CDATA[></svg> x ]]>",
        "<section><rp> x",
        "<dialog> x",
        "<datalist> x",
        "<div hidden> x",
        "<div a='>'HIDDEN=''> x",
        "<ul><li/hidden> x",
        "<span hidden><p>A</span> x",
    ],
)
def test_what_is_not_closed_is_found(text: str) -> None:
    assert unclosed(text)


@pytest.mark.parametrize(
    "part",
    [
        "<b title='",
        "<video ",
        "<!--",
        "<script>",
        "</",
        "<video/>",
        "<a =",
        "<svg>",
        "</video>",
        "<a b='",
        "<video></video>",
        "<video><p></video>",
        # Deeper than this no text is read (source/limits.py).
        "<div hidden></div>",
    ],
)
def test_the_time_grows_with_the_length(part: str) -> None:
    check_linear(unclosed, lambda length: "<video>" + part * (length // len(part)), 200_000)


def test_random_texts_keep_every_word_or_say_something() -> None:
    converter = Converter(["attr_list", "tables"], {}, tools=Tools(known_rules(), known_checklist()))
    names = [*sorted(HIDING), *TOOLS, "b", "p", "div", "td", "table", "select", "noscript", "a"]
    hidden = ", ".join(sorted(HIDING - {"details"}))
    rng = random.Random(20120301)
    swallowed = 0
    for round_ in range(500):
        parts, words = [], []
        for number in range(rng.randint(1, 8)):
            name = rng.choice(names)
            tag = rng.choice(
                [f"<{name}>", f"</{name}>", f"<{name}/>", f"<{name}></{name}>", f"<{name} title='a>b'>"]
            )
            words.append(f"word{number}x")
            parts.append(rng.choice(["\n\n", " ", "\n", "\n- ", "\n> "]) + tag)
            parts.append(rng.choice(["\n\n", " ", "\n"]) + words[-1])
        converted = converter.convert("Begin.\n\n" + "".join(parts))
        body = body_of(converted.html)
        assert body is not None
        for node in body.css(hidden):
            node.decompose()
        shown = body.text()
        missing = [word for word in words if word not in shown]
        swallowed += bool(missing)
        assert not missing or converted.swallowing or converted.removed, (round_, parts)
    assert swallowed > 40


PLAIN = (
    "text <p> </p> <b> </b> <div> </div> <ul> <li> </ul> <h1> </h1> <pre> </pre> <table> </table> <tr> <td>"
    " </td> <tbody> <th> <details> </details> <details> </details> <details> </details>"
    " <summary> </summary> <progress> </progress>"
).split()


def test_what_is_taken_for_ended_at_a_glance_has_ended_in_the_tree() -> None:
    chance = random.Random(7)
    glances = 0
    for _ in range(6000):
        html = "".join(chance.choices(PLAIN, k=chance.randrange(2, 12))) + "end"
        assert look(html).plain
        if all_ended(html) and "<details" in html:
            glances += 1
            assert not unclosed(html), html
    assert glances > 100
    assert not all_ended("<details><table><tr><td></details></table> x")
    assert not all_ended("<progress><p></progress> x")
    assert all_ended("<details><summary>A</summary><table><tr><td>B</td></tr></table></details> x")


@pytest.mark.parametrize(
    "html",
    ["a", "<b>a</b>", " <b> </b> ", "a > <b>", "<b> a <i> </i>", "<a <b> c<", "> <i></i>", "a<b>c > <i>"],
)
def test_the_last_text_is_outside_of_tags(html: str) -> None:
    video = unclosed(f"<video>{html}")
    assert bool(video) == bool(re.sub("<[^<>]*>", "", html).strip())
