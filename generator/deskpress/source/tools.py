"""Our own elements in Markdown: `<delivery-rate></delivery-rate>` and so on.

The content of the element is for readers without JavaScript, for feeds, excerpts and search: the formula, the
rules with their date and source, the list. In the browser the element keeps it and adds the tool.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping

import msgspec
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_percent
from markdown import Markdown
from markdown.preprocessors import Preprocessor
from markupsafe import Markup
from msgspec import Struct, field

from deskpress.model.body import Swallowing
from deskpress.model.patterns import lazy_pattern
from deskpress.model.tools import TOOLS, Layout, RuleSet, Target, TrustedNames, Window, has_tools
from deskpress.model.words import ENGLISH, Words, locale_of
from deskpress.source.parsed import body_of

_NAMES = "|".join(TOOLS)
_ALONE = lazy_pattern(rf" {{0,3}}<({_NAMES})(\s[^<>]*)?>\s*</\1>\s*")
_PLACE = "\x15"
"""Encloses the number of a tool as a placeholder; editors' texts never hold this character."""

_FILLED = lazy_pattern(f"{_PLACE}(\\d+){_PLACE}")
_BEFORE_RAW_HTML = 22
"""Priority: fenced code is set aside at 25, raw HTML at 20, so a tag in a fence is text, one outside ours."""
DEFAULT_RULES = "amazon-2012"

_PARAGRAPH = Markup("<p>{}</p>")
_ITEM = Markup("<li>{}</li>")
_RULES = Markup("<p>{} {}</p>")
_LINK = Markup('<p class="dp-tool-link"><a href="#{}">{}</a></p>')


def enable(md: Markdown) -> None:
    """Treat a tool's tag alone on its line as a block, however raw HTML is treated."""
    md.block_level_elements = [*md.block_level_elements, *TOOLS]
    md.preprocessors.register(_Alone(md), "deskpress-tools", _BEFORE_RAW_HTML)


class _Alone(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        alone = [at for at, line in enumerate(lines) if "<" in line and _ALONE.fullmatch(line)]
        kept = {at: ["", self.md.htmlStash.store(lines[at].strip()), ""] for at in alone}
        return [part for at, line in enumerate(lines) for part in kept.get(at, (line,))] if kept else lines


class Filled(Struct, frozen=True):
    """HTML with its tools filled, unknown names of rules, and tools that already had content."""

    html: str
    unknown_rules: tuple[str, ...] = ()
    swallowing: tuple[Swallowing, ...] = ()


class Tools(Struct, frozen=True):
    """The data of a site's tools: its rule sets by name, the steps against spoofs, trusted senders.

    `others` are the same in the site's other languages.
    """

    known: Mapping[str, RuleSet]
    checklist: tuple[str, ...]
    own: Mapping[str, RuleSet] = field(default_factory=dict)
    trusted: TrustedNames = field(default_factory=TrustedNames)
    say: Words = ENGLISH
    others: Mapping[str, Tools] = field(default_factory=dict)
    layouts: tuple[Layout, ...] = ()

    def of(self, language_dir: str) -> Tools:
        """The tools in another language of the site."""
        return self.others.get(language_dir, self)

    def fill(self, html: str) -> Filled:
        """Fill each tool with its content for readers without JavaScript, and its data."""
        if not has_tools(html):
            return Filled(html)
        # Found by a parser, not by pattern: in an attribute the same letters are text.
        body = body_of(html.replace(_PLACE, ""))
        if body is None:
            return Filled(html)
        made: list[str] = []
        unknown: list[str] = []
        replaced: list[Swallowing] = []
        seen: Counter[str] = Counter()
        for node in body.css(", ".join(TOOLS)):
            name = node.tag or ""
            attributes = {key: value or "" for key, value in node.attributes.items()}
            if node.text().strip():
                replaced.append(Swallowing(name, seen[name], "filled"))
            seen[name] += 1
            rules = attributes.get("rules", DEFAULT_RULES)
            if name in _JUDGED and rules not in self._rules:
                unknown.append(rules)
                rules = DEFAULT_RULES
            made.append(self._element(name, {**attributes, "rules": rules}, f"dp-tool-{len(made) + 1}"))
            node.replace_with(f"{_PLACE}{len(made) - 1}{_PLACE}")
        # Character references to the mark do not count: Markdown's `&#21;` would be one.
        text = _FILLED.sub(lambda found: made[int(found[1])], body.inner_html or "")
        return Filled(text.replace(_PLACE, ""), tuple(unknown), tuple(replaced))

    def _element(self, name: str, given: Mapping[str, str], at: str) -> str:
        told = {"id": at} | {key: given[key] for key in ("compact", "time-zone") if key in given}
        if name in _JUDGED:
            told["rules"] = given["rules"]
            if self.own:
                own = {name: rules.for_browsers() for name, rules in self.own.items()}
                told["data-rules"] = json.dumps(own, ensure_ascii=False, sort_keys=True)
            if self.layouts:
                layouts = msgspec.to_builtins(self.layouts)
                told["data-layouts"] = json.dumps(layouts, ensure_ascii=False, sort_keys=True)
        elif name == "spoof-checklist":
            told |= {"senders": " ".join(self.trusted.senders), "sites": " ".join(self.trusted.sites)}
        attributes = Markup("").join(Markup(' {}="{}"').format(*pair) for pair in told.items())
        text = _TEXTS[name](self, self._rules.get(given["rules"]))
        link = _LINK.format(at, self._label(name))
        return Markup("<{0}{1}>\n{2}{3}\n</{0}>").format(Markup(name), attributes, text, link)

    def _label(self, name: str) -> str:
        """The text of the link to a tool."""
        say = self.say
        return {
            "delivery-rate": say("Calculate your on-time delivery rate"),
            "response-time": say("Calculate your contact response time"),
            "vacation-planner": say("Plan your vacation"),
            "spoof-checklist": say("Check a mail that you doubt"),
        }[name]

    @property
    def _rules(self) -> Mapping[str, RuleSet]:
        return {**self.known, **self.own}

    def told_rules(self, rules: RuleSet, target: Target, window: Window | None) -> Markup:
        """The paragraph about a rule set: its name, start date, source and target."""
        day = format_date(rules.date, "long", locale=self.locale)
        named = {"name": rules.name, "day": day, "source": rules.source}
        told = self.say("Rules: %(name)s (from %(day)s; %(source)s).", **named)
        expected = self.say("Expected is %(share)s.", share=self.share(target))
        return _RULES.format(told, " ".join(filter(None, (expected, self._days(window)))))

    def share(self, target: Target) -> str:
        """A target in words."""
        usual = self.locale.percent_formats[None].pattern
        value = format_percent(target.value, format=usual.replace("##0", "##0.##"), locale=self.locale)
        least, above = self.say("at least %(share)s", share=value), self.say("above %(share)s", share=value)
        return least if target.inclusive else above

    def _days(self, window: Window | None) -> str:
        if window is None:
            return ""
        days = {"days": window.days, "less": window.less}
        if window.less:
            return self.say("What counts are the last %(days)s days less the last %(less)s.", **days)
        return self.say("What counts are the last %(days)s days.", **days)

    @property
    def locale(self) -> Locale:
        """The language as a Babel locale."""
        return locale_of(self.say.language)


def _list(*items: str) -> Markup:
    return Markup("<ul>{}</ul>").format(Markup("").join(_ITEM.format(item) for item in items))


def _delivery(tools: Tools, rules: RuleSet | None) -> Markup:
    assert rules is not None  # `fill` names rules that exist
    say = tools.say
    rate = {
        "packages": say(
            "On-time delivery rate = packages delivered by the promised date ÷ all tracked packages."
        ),
        "units": say("On-time delivery rate = units delivered by the promised date ÷ all tracked units."),
    }[rules.delivery.counts]
    return (
        _PARAGRAPH.format(rate)
        + _list(
            say("Only tracked packages count."),
            say(
                "A package promised for a day is on time when it is delivered on that day, in the time zone"
                " of its destination."
            ),
            say(
                "One that is not delivered when its date is past is late; one whose date is ahead does not"
                " count yet."
            ),
            say("Without any package there is no rate: no data, and neither 0% nor 100%."),
        )
        + tools.told_rules(rules, rules.delivery.target, rules.delivery.window)
    )


def _response(tools: Tools, rules: RuleSet | None) -> Markup:
    assert rules is not None  # `fill` names rules that exist
    say, response = tools.say, rules.response
    rate = say(
        "Contact response rate = messages answered within %(hours)s hours ÷ all messages that need an"
        " answer.",
        hours=f"{response.limit_hours:g}",
    )
    return (
        _PARAGRAPH.format(rate)
        + _list(
            say("The clock runs through weekends and holidays."),
            say("Messages marked as needing no response do not count."),
            _unanswered(tools, rules),
            say("Without any message there is no rate: no data, and neither 0% nor 100%."),
        )
        + tools.told_rules(rules, response.target, response.window)
    )


def _unanswered(tools: Tools, rules: RuleSet) -> str:
    say = tools.say
    words = {
        "always-late": say("every message without an answer counts as late"),
        "late-after-limit": say(
            "a message without an answer counts as late when its time is over, not before"
        ),
    }
    parts = []
    for found in rules.response.unanswered:
        part = words[found.value]
        if found.since:
            day = format_date(found.since, "long", locale=tools.locale)
            part = say("from %(day)s on, %(rule)s", day=day, rule=part)
        parts.append(part)
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _vacation(tools: Tools, rules: RuleSet | None) -> Markup:
    say = tools.say
    return _PARAGRAPH.format(
        say(
            "Set listings to Inactive one hour before the end of the last day whose orders you can still"
            " handle: your last day of work less your handling time. Set them to Active when you are back;"
            " allow up to one hour until every customer sees them."
        )
    ) + _list(
        say("Listings disappear within one hour of being set to Inactive."),
        say("They come back within one hour of being set to Active."),
        say("What is ordered until they are gone wants to be handled in time."),
    )


def _checklist(tools: Tools, rules: RuleSet | None) -> Markup:
    return Markup("<ol>{}</ol>").format(
        Markup("").join(_ITEM.format(tools.say(step)) for step in tools.checklist)
    )


_JUDGED = ("delivery-rate", "response-time")
_TEXTS: Mapping[str, Callable[[Tools, RuleSet | None], Markup]] = {
    "delivery-rate": _delivery,
    "response-time": _response,
    "vacation-planner": _vacation,
    "spoof-checklist": _checklist,
}
