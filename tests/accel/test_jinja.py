"""Jinja's short ways write what Jinja's own write."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import pass_context, pass_environment, pass_eval_context
from markupsafe import Markup

from deskpress.accel.jinja import Environment, optimize
from deskpress.source.tested import FOR_TEMPLATES, untested

pytestmark = pytest.mark.skipif(bool(untested(FOR_TEMPLATES)), reason="\n".join(untested(FOR_TEMPLATES)))

TEMPLATES = {
    "base.html": "<html>{% block head %}{{ title }}{% endblock %}|{% block body %}{% endblock %}"
    "|{{ self.head() }}</html>",
    "macros.html": """
{%- macro link(href, text='none', kind=none) %}<a href="{{ href }}" class="{{ kind }}">{{ text }}</a>
{% endmacro %}
{%- macro deep(n) %}{{ n }}{% if n %}({{ deep(n - 1) }}){% endif %}{% endmacro %}
{%- macro wrap() %}[{{ caller('<') }}{{ varargs | join(',') }}{{ kwargs.get('z') }}]{% endmacro %}
{%- macro title() %}{{ title }}{% endmacro %}""",
    "plain.txt": "{{ title }}{{ html }}{{ missing }}{{ number }}"
    "{% import 'macros.html' as m %}{{ m.link(title) }}",
    "part.html": "{{ title }}/{{ html }}",
    "page.html": """{% extends "base.html" %}
{% import "macros.html" as m %}{% from "macros.html" import title as told with context %}
{% block head %}{{ super() }}{{ told() }}{% endblock %}
{% block body %}{% set kept %}{{ title }}{{ html }}{% endset %}
{{ title }} {{ html }} {{ number }} {{ none }} {{ missing }} {{ list }} {{ shown }}
{{ shown.text }} {{ list[0] }}
{{ m.link(title) }} {{ m.link(href=html, text=title, kind=number) }} {{ m.deep(3) }} {{ kept }}
{% call(x) m.wrap('a', title, z=html) %}{{ x }}{{ title }}{% endcall %}
{% for one in list %}{{ loop.index }}{{ loop.cycle('<', '>') }}{{ context(one) }}{{ m.link(one) }}{% endfor %}
{{ shown.told(title) }} {{ shown.told(name=html) }} {{ evaluated(title) }}
{{ environment() }} {{ title.upper() }}
{{ shown.stops() }} {{ dict(a=title) }} {{ title ~ html }} {{ title | upper }}
{{ html | safe }} {{ title | e }}
{% include "part.html" %}{% autoescape false %}{{ title }}{{ m.link(title) }}{% endautoescape %}
{{ shown.lost }} {{ shown.late.real }} {{ missing is defined }} {{ title.nothing }} {{ number.real.imag }}
{{ context(title) }} {{ words.a }} {{ words["<"] }} {{ words.keys() | list }}
{% for key in list %}{{ {"a": "<A>", "b": 2, "<": none}[key] }}{{ {7: "seven"}[key] }}{% endfor %}
{{ {"a": title}[title] }} {{ {"a": 1}.a }} {{ {"get": 1}["get"] }} {{ {"a": 1}[list] }}
{{ {"a": 1}["items"]() | list }}
{{ {"a": 1}[shown.late.real] }} {{ {"a": {"b": title}}["a"]["b"] }} {{ {"a": 1}[missing] }}
{{ range(2) | list }} {{ '%s' | format(title) }} {{ (title + '<') if number else html }}{% endblock %}""",
}


class Shown:
    """What a template is shown: text of its own, methods, and one that fails as an iterator does."""

    text = "<own>"

    def __html__(self) -> str:
        return "<b>shown</b>"

    def __getitem__(self, name: str) -> str:
        return f"<item {name}>"

    @property
    def lost(self) -> str:
        raise AttributeError("lost")

    @property
    def late(self) -> int:
        return 7

    def told(self, name: str) -> str:
        return f"<{name}>"

    def stops(self) -> str:
        return next(iter(()))


@pass_context
def of_context(context: Any, one: object) -> str:
    return f"<{one} {context['number']}>"


@pass_eval_context
def of_evaluation(context: Any, text: str) -> str:
    return f"<{context.autoescape} {text}>"


@pass_environment
def of_environment(environment: jinja2.Environment) -> str:
    return f"<{environment.block_start_string}>"


def made(prepare: Callable[[jinja2.Environment], object]) -> jinja2.Environment:
    env = jinja2.Environment(
        loader=jinja2.DictLoader(TEMPLATES), autoescape=lambda name: not str(name).endswith(".txt")
    )
    prepare(env)
    env.globals |= {"context": of_context, "evaluated": of_evaluation, "environment": of_environment}
    return env


stock, quick = made(lambda env: None), made(optimize)


@pytest.mark.parametrize("name", ["page.html", "plain.txt"])
@given(st.text(st.sampled_from("ab<>&'\"\n%{}"), max_size=12), st.text("c<&;", max_size=4), st.integers(0, 2))
def test_a_page_is_the_same(name: str, title: str, html: str, number: int) -> None:
    given = {"title": title, "html": Markup(html), "number": number, "list": [title, 7], "shown": Shown()}
    given |= {"words": {"a": title, "<": html, "keys": 1}}
    assert quick.get_template(name).render(given) == stock.get_template(name).render(given)


def test_the_short_ways_are_taken_and_an_environment_with_its_own_is_left_alone() -> None:
    class Other(jinja2.Environment):
        pass

    other = Other()
    optimize(other)
    assert (type(quick), type(other)) == (Environment, Other)
    compiled = quick.compile("{{ title }}", "a.html", raw=True)
    assert "written(" in compiled
    assert "looked_up(" in quick.compile("{{ {'a': 1}[title] }}", "a.html", raw=True)
    assert quick.from_string("{{ x.stops() is undefined }}").render(x=Shown()) == "True"


def test_what_a_template_changes_stays_in_the_page() -> None:
    text = "{% set l = {'a': [1]}[key] %}{{ l.append(2) }}{{ l }}{{ {'a': 1e999}[key] if none }}"
    for template in (stock.from_string(text), quick.from_string(text)):
        assert [template.render(key="a") for _ in range(2)] == ["None[1, 2]"] * 2


def test_an_attribute_that_fails_is_asked_for_once() -> None:
    class Fragile:
        asked = 0

        @property
        def part(self) -> str:
            self.asked += 1
            raise AttributeError

    fragile = Fragile()
    assert quick.from_string("{{ x.part }}").render(x=fragile) == ""
    assert fragile.asked == 1


@pytest.mark.slow
def test_long_chains_and_deep_macros_work_as_ever() -> None:
    chain = "{{ x" + ".replace('a', 'b')" * 80 + ".upper() }}"
    deep = "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{% endif %}.{% endmacro %}{{ m(200) }}"
    loops = "{% for x in tree recursive %}.{{ loop(x) }}{% endfor %}"
    tree: list[object] = []
    for _ in range(200):
        tree = [tree]
    for text in (chain, deep, loops):
        assert quick.from_string(text).render(x="a", tree=tree) == stock.from_string(text).render(
            x="a", tree=tree
        )


def test_mistakes_are_told_as_ever() -> None:
    for text in (
        "{{ m() }}",
        "{% macro a() %}{% endmacro %}{{ a(1) }}",
        "{{ x.told() }}",
        "{{ none() }}",
        "{{ nothing.at.all }}",
        "{{ x.told.nothing.at }}",
        "{{ {'a': 1}[nothing.at] }}",
        "{{ {'a': 1}['b'].c }}",
        "{{ {'a': 1}['b']() }}",
    ):
        told = []
        for env in (stock, quick):
            with pytest.raises((TypeError, jinja2.TemplateError)) as caught:
                env.from_string(text).render(x=Shown(), m=SimpleNamespace())
            told.append((caught.type, str(caught.value)))
        assert told[0] == told[1]
