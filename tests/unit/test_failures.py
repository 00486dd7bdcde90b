"""A template of the site that fails is named with the place in it, and the old site stays."""

from __future__ import annotations

import pickle

import pytest

from deskpress.model.diagnostic import ContentError, Diagnostic, Kind, Severity, Span
from deskpress.templating.errors import TemplateFailedError
from tests.conftest import Site

NAME = "overrides/deskpress/post.html"
BEFORE = '{% extends "deskpress/layout.html" %}\n{% block content %}\n'


@pytest.fixture
def themed(site: Site) -> Site:
    """A built site that may override templates."""
    (site.folder / NAME).parent.mkdir(parents=True)
    site.configure(theme={"name": "material", "custom_dir": "overrides"})
    site.post("2012-03-01-a.md")
    site.build()
    return site


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{{ view.nothing.at }}", "has no attribute 'nothing'"),
        ("{{ 1 / 0 }}", "ZeroDivisionError: division by zero"),
        ("{{ none() }}", "TypeError: 'NoneType' object is not callable"),
        ("{% if %}", "Expected an expression"),
        ("{{ view | nofilter }}", "No filter named 'nofilter'"),
        ('{% include "gone.html" %}', "there is no template `gone.html`"),
        ('{% from "deskpress/macros.html" import links %}{{ links([1], "") }}', "macros.html, line "),
    ],
)
def test_a_template_that_fails_is_told_with_its_place(themed: Site, text: str, problem: str) -> None:
    before = themed.tree()
    (themed.folder / NAME).write_text(f"{BEFORE}  {text}\n{{% endblock %}}\n")
    with pytest.raises(ContentError) as caught:
        themed.build()
    (told,) = caught.value.diagnostics
    assert told.span == Span(NAME, 3, 3)
    assert problem in told.problem
    assert told.context == f"  {text}"
    assert told.hint == "it came up on https://desk.example/2012/03/a.html"
    assert themed.tree() == before


def test_in_mkdocs_loop_it_is_told_too_and_the_old_site_stays(themed: Site) -> None:
    before = themed.tree()
    (themed.folder / "hook.py").write_text("def on_post_build(**kwargs):\n    pass\n")
    themed.configure(theme={"name": "material", "custom_dir": "overrides"}, hooks=["hook.py"])
    (themed.folder / NAME).write_text(f"{BEFORE}{{{{ 1 / 0 }}}}{{% endblock %}}\n")
    with pytest.raises(ContentError) as caught:
        themed.build()
    (told,) = caught.value.diagnostics
    assert told.span == Span(NAME, 3, 1)
    assert told.hint == "it came up on https://desk.example/2012/03/a.html"
    assert themed.tree() == before


def test_a_mistake_of_ours_stays_one(themed: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("deskpress.templating.environment.Translator.say", wrong)
    themed.post("2012-03-02-b.md")
    with pytest.raises(ZeroDivisionError):
        themed.build()


def test_it_travels_between_processes() -> None:
    error = TemplateFailedError(Diagnostic(Span("a.html", 3), Severity.ERROR, Kind.TEMPLATE, "x", "y"))
    assert pickle.loads(pickle.dumps(error)).diagnostic == error.diagnostic
