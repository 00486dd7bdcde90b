"""What `check --format` prints for other programs."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from deskpress.cli.main import main
from tests.conftest import AS_OF, Site


def check(site: Site, form: str) -> Result:
    command = ["check", "--format", form, "--as-of", AS_OF, "-f", str(site.folder / "mkdocs.yml")]
    return CliRunner().invoke(main, command, catch_exceptions=False)


@pytest.fixture
def wrong(site: Site) -> Site:
    """A site with an error and a warning."""
    site.write("posts/2012-03-01-a.md", "---\ntitle: A: b, 5%\ndate: 2012-03-01\n---\n\nText.\n")
    site.post("2012-03-02-b.md", "Text:\n- one\n- two\n", title="B", slug="b")
    return site


def test_json(wrong: Site) -> None:
    done = check(wrong, "json")
    data = json.loads(done.stdout)
    assert done.stderr == "1 document read, 1 error, 1 warning\n"
    assert done.exit_code == 1
    assert (data["documents"], data["errors"], data["warnings"]) == (1, 1, 1)
    assert [(d["path"], d["line"], d["column"], d["severity"]) for d in data["diagnostics"]] == [
        ("content/posts/2012-03-01-a.md", 2, 9, "error"),
        ("content/posts/2012-03-02-b.md", 8, 1, "warning"),
    ]


def test_annotations_of_github(wrong: Site) -> None:
    first, second = check(wrong, "github").stdout.splitlines()
    assert first == (
        "::error file=content/posts/2012-03-01-a.md,line=2,col=9,title=front matter::a second colon in a line"
        ' needs quotes around the text%0Ahint: write `title: "A: b, 5%25"`'
    )
    assert second.startswith("::warning file=content/posts/2012-03-02-b.md,line=8,col=1,title=text::a list")


def test_code_quality_of_gitlab(wrong: Site) -> None:
    first, second = json.loads(check(wrong, "gitlab").stdout)
    assert first["location"] == {"path": "content/posts/2012-03-01-a.md", "lines": {"begin": 2}}
    assert (first["severity"], second["severity"]) == ("major", "minor")
    assert first["check_name"] == "deskpress/front-matter"
    # Lines above it change nothing.
    wrong.post("2012-03-02-b.md", "More.\n\nText:\n- one\n- two\n", title="B", slug="b")
    assert json.loads(check(wrong, "gitlab").stdout)[1]["fingerprint"] == second["fingerprint"]


def test_sarif(wrong: Site) -> None:
    log = json.loads(check(wrong, "sarif").stdout)
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert [result["level"] for result in run["results"]] == ["error", "warning"]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert rules == {result["ruleId"] for result in run["results"]} == {"front-matter", "text"}
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "content/posts/2012-03-01-a.md"},
        "region": {"startLine": 2, "startColumn": 9},
    }


def test_a_mistake_in_mkdocs_yml_is_told_in_every_form(wrong: Site) -> None:
    wrong.configure(plugins=["deskpres"])
    data = json.loads(check(wrong, "json").stdout)
    assert (data["documents"], data["errors"]) == (0, 1)
    assert data["diagnostics"][0]["hint"] == "did you mean `deskpress`?"
    text = check(wrong, "text")
    assert text.stderr.splitlines()[-1] == "0 documents read, 1 error, 0 warnings"
