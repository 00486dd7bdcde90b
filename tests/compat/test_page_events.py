"""Events of plug-ins and hooks that run as documents are read, and what makes MkDocs run them after all."""

from __future__ import annotations

import importlib
import importlib.metadata
import linecache
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from mkdocs.config.config_options import Hooks

import deskpress
from deskpress.build.request import SetupError
from deskpress.compat.plugins.settled_code import leaves_settings_only
from deskpress.engine.confined import Confinement, OutsideError, confined
from deskpress.model.diagnostic import ContentError
from tests.compat.conftest import install, ways
from tests.conftest import Site

pytestmark = pytest.mark.slow

HOOK = """\
import json
import os
import re
from pathlib import Path

from helper import shout

PAGES = Path(__file__).parent / "data"


def on_config(config):
    config.extra["motto"] = (PAGES / "motto.txt").read_text("utf-8").strip()
    return config


def on_page_markdown(markdown, *, page, config, files):
    def price(found):
        name = found[1]
        path = PAGES / f"{name}.json"
        if not path.exists():
            return "unknown"
        return str(json.loads(path.read_text("utf-8"))["price"])

    if page.meta.get("loud"):
        markdown = shout(markdown)
    page.meta["words"] = len(markdown.split())
    if "LIST" in markdown:
        names = ", ".join(sorted(file.src_uri for file in files if file.src_uri.startswith("guide/")))
        markdown = markdown.replace("LIST", names)
    markdown = markdown.replace("PLACE", page.url).replace("CITY", os.environ.get("DESK_CITY", "nowhere"))
    return re.sub(r"PRICE\\((\\w+)\\)", price, markdown) + f"\\n\\n*{config.extra['motto']}*\\n"


def on_page_content(html, *, page, config, files):
    return html.replace("<p>", '<p class="hooked">')
"""

HELPER = "def shout(text):\n    return text.upper()\n"


def write(site: Site, path: str, text: str) -> None:
    (site.folder / path).parent.mkdir(parents=True, exist_ok=True)
    (site.folder / path).write_text(text, "utf-8")


@pytest.fixture(autouse=True)
def fresh() -> None:
    load_anew()


@pytest.fixture
def hooked(site: Site) -> Site:
    write(site, "hooks/own.py", HOOK)
    write(site, "hooks/helper.py", HELPER)
    write(site, "hooks/data/motto.txt", "We reply")
    write(site, "hooks/data/box.json", '{"price": 3}')
    site.write("guide/a.md", "---\ntitle: A\n---\n\nA box costs PRICE(box), a bag PRICE(bag).\n")
    site.write("guide/b.md", "---\ntitle: B\nloud: true\n---\n\nAt PLACE.\n")
    site.write("list.md", "---\ntitle: L\n---\n\nLIST. CITY.\n")
    site.post("2012-03-01-p.md", "A box: PRICE(box). At PLACE.\n")
    site.configure(hooks=["hooks/own.py"], plugins=["search", "deskpress"])
    return site


def load_anew() -> None:
    """Forget the modules of hooks, as another process does."""
    Hooks._load_hook.cache_clear()
    sys.modules.pop("helper", None)


def rendered(site: Site) -> set[str]:
    """The pages of documents that the next build makes anew, after which all is as in a clean build."""
    load_anew()
    result = site.build()
    assert result.full == ""
    made = site.tree()
    copy = Path(shutil.copytree(site.folder, site.folder.parent / "copy"))
    shutil.rmtree(copy / ".cache", ignore_errors=True)
    shutil.rmtree(copy / "site")
    again = Site.__new__(Site)
    again.folder, again.content = copy, copy / "content"
    load_anew()
    again.build()
    assert again.tree() == made
    shutil.rmtree(copy)
    return {path for path in result.reasons if path.startswith(("guide/", "list", "2012/03/p"))}


def test_events_of_pages_run_as_documents_are_read_and_again_when_what_they_read_changes(
    hooked: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_CITY", "Here")
    assert rendered(hooked) == {
        "guide/a/index.html",
        "guide/b/index.html",
        "list/index.html",
        "2012/03/p.html",
    }
    assert '<p class="hooked">A box costs 3, a bag unknown.' in hooked.read("guide/a/index.html")
    assert "AT guide/b/." in hooked.read("guide/b/index.html")
    assert "guide/a.md, guide/b.md. Here." in hooked.read("list/index.html")
    assert "<em>We reply</em>" in hooked.read("2012/03/p.html")
    assert "At 2012/03/p.html" in hooked.read("2012/03/p.html")
    assert "costs 3" in hooked.read("feed.json") or "A box: 3" in hooked.read("feed.json")
    assert rendered(hooked) == set()

    write(hooked, "hooks/data/box.json", '{"price": 4}')
    assert rendered(hooked) == {"guide/a/index.html", "2012/03/p.html"}
    assert "costs 4" in hooked.read("guide/a/index.html")
    write(hooked, "hooks/data/bag.json", '{"price": 1}')
    assert rendered(hooked) == {"guide/a/index.html"}
    assert "a bag 1" in hooked.read("guide/a/index.html")
    hooked.write("guide/c.md", "---\ntitle: C\n---\n\nText.\n")
    assert "list/index.html" in rendered(hooked)
    assert "guide/b.md, guide/c.md" in hooked.read("list/index.html")
    monkeypatch.setenv("DESK_CITY", "There")
    assert "list/index.html" in rendered(hooked)
    assert "There." in hooked.read("list/index.html")
    write(hooked, "hooks/helper.py", HELPER.replace("upper()", "lower() + ''"))
    rendered(hooked)
    assert "at place." in hooked.read("guide/b/index.html")
    write(hooked, "hooks/data/motto.txt", "We write")
    rendered(hooked)
    assert "<em>we write</em>" in hooked.read("guide/b/index.html").lower()


def test_both_ways_give_the_same(hooked: Site) -> None:
    ways(hooked)


IMPURE = {
    "count = 0\n\ndef on_page_markdown(markdown, **_):\n    global count\n    count += 1\n": (
        "it keeps something from page to page"
    ),
    "seen = []\n\ndef on_page_markdown(markdown, page, **_):\n    seen.append(page.url)\n": (
        "it keeps something from page to page"
    ),
    "from mkdocs.structure.pages import Page\n\n"
    "def on_page_markdown(markdown, **_):\n    Page.seen = getattr(Page, 'seen', 0) + 1\n": (
        "it keeps something from page to page"
    ),
    "from mkdocs.structure.files import File\n\nFile.seen = []\n\n"
    "def on_page_markdown(markdown, page, **_):\n    File.seen.append(page.url)\n": (
        "it keeps something from page to page"
    ),
    "def on_page_markdown(markdown, **_):\n    open('out.txt', 'w').write('x')\n": "it writes `out.txt`",
    "def on_page_content(html, page, **_):\n    return html + str(page.next_page)\n": (
        "it asks for `page.next_page`, which depends on other pages"
    ),
    "def on_page_markdown(markdown, files, **_):\n    return markdown + str([f.page for f in files])\n": (
        "it asks for `file.page`, which depends on other pages"
    ),
    "import datetime\n\ndef on_page_markdown(markdown, **_):\n    return str(datetime.date.today())\n": (
        "own.py:4 uses `today`"
    ),
    "import random\n\ndef on_page_markdown(markdown, **_):\n    return markdown\n": (
        "what the module `random` reads is not known"
    ),
    "import os\n\ndef on_page_markdown(markdown, **_):\n    os.system('true')\n": "it runs a program",
    "def on_nav(nav, **_):\n    return nav\n": "`on_nav`",
    "seen = []\n\ndef on_page_context(context, page, **_):\n    seen.append(page.url)\n": (
        "something is kept from page to page"
    ),
    "def on_page_context(context, config, **_):\n    config.extra.setdefault('n', []).append(1)\n": (
        "something is kept from page to page"
    ),
    "def on_page_context(context, page, **_):\n    page.markdown\n": "has no attribute 'markdown'",
    "def on_post_page(output, **_):\n    open('out.txt', 'w').write('x')\n": "it writes `out.txt`",
    "import os\n\ndef on_env(env, **_):\n    env.globals['os'] = os\n": "it gives templates `os`",
    "def on_env(env, files, **_):\n    env.globals['all'] = [f.url for f in files]\n": (
        "it asks for `file.url`"
    ),
    "def on_env(env, **_):\n    return env.overlay()\n": "it makes an environment of its own",
    "def on_page_markdown(markdown, page, **_):\n    page.colour = 'red'\n": "it sets `page.colour`",
}


IMPORTED = """\
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from deskpress.engine.fingerprint import fingerprint
from deskpress.compat.plugins.page_code import state

known = state({"hooks/own.py": dict(globals())})
print(len(repr(known)), fingerprint(known))
"""


def test_what_a_hook_imports_of_mkdocs_is_the_same_in_each_process_and_small() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", IMPORTED],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert int(outputs.pop().split()[0]) < 20_000


PLUGIN = """\
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.plugins import BasePlugin

from own_plugin.parts import opened


class Options(Config):
    folder = config_options.Type(str, default="data")


class OwnPlugin(BasePlugin[Options]):
    def __init__(self):
        self.held, self.last = {}, {}
        self.seen = []

    def on_config(self, config):
        self.root = config.config_file_path.rpartition("/")[0]
        return config

    def on_page_markdown(self, markdown, page, config, files):
        self.held[page.url] = opened(f"{self.root}/{self.config.folder}/{page.meta.get('from', 'no')}.txt")
        return markdown + "\\n\\nHELD\\n"

    def on_page_content(self, html, page, config, files):
        self.last[page.file.src_path] = page.title
        return html.replace("HELD", self.held.pop(page.url))

    def on_post_page(self, output, page, config):
        return output.replace("</body>", f"<!-- own {page.url} --></body>")
"""


def test_an_installed_plug_in_whose_code_is_local_to_a_page(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = "def opened(path):\n    return open(path).read()\n"
    files = {"own_plugin/plugin.py": PLUGIN, "own_plugin/parts.py": parts}
    installed = install(tmp_path, monkeypatch, "own = own_plugin.plugin:OwnPlugin", files)
    write(site, "data/no.txt", "nothing")
    write(site, "data/a.txt", "first")
    site.write("a.md", "---\ntitle: A\nfrom: a\n---\n\nText.\n")
    site.write("b.md", "---\ntitle: B\n---\n\nText.\n")
    site.configure(plugins=["deskpress", "own"])
    ways(site)
    assert "<p>first</p>" in site.read("a/index.html")
    assert "<!-- own a/ --></body>" in site.read("a/index.html")
    write(site, "data/a.txt", "second")
    assert [one for one in site.build().reasons if one.endswith("/index.html")] == ["a/index.html"]
    ways(site)

    def changed(old: str, new: str) -> str:
        for name in [one for one in sys.modules if one.startswith("own_plugin")]:
            del sys.modules[name]
        (installed / "own_plugin/plugin.py").write_text(PLUGIN.replace(old, new))
        importlib.invalidate_caches()
        return site.build().full

    why = changed("self.last[page.file.src_path]", "self.last[page.title]")
    assert "something is kept from page to page (" in why
    why = changed("BasePlugin\n", "BasePlugin\nimport random\n")
    assert "own (what the module `random` reads is not known)" in why


UNUSED = """\
import json


def on_page_markdown(markdown, **_):
    return used(markdown)


def on_env(env, **_):
    env.globals["word"] = "word"


def used(text):
    return text + "!"


def never():
    import proselint
    import datetime

    return proselint, datetime.datetime.now(), also_never()


def also_never():
    exec("1")
"""


def test_functions_of_a_hook_that_no_event_calls_do_not_count(site: Site) -> None:
    site.write("a.md", "# A\n\nText.\n")
    site.configure(hooks=["own.py"])
    write(site, "own.py", UNUSED)
    assert site.build().full == ""
    load_anew()
    write(site, "own.py", UNUSED.replace('text + "!"', "text + str(never)"))
    assert "what the module `proselint` reads is not known" in site.build().full


@pytest.mark.parametrize("code", IMPURE)
def test_what_depends_on_more_than_is_recorded_is_run_by_mkdocs(site: Site, code: str) -> None:
    write(site, "hooks/own.py", code)
    site.write("a.md", "# A\n\nText.\n")
    site.configure(hooks=["hooks/own.py"])
    said: list[str] = []
    result = site.build(say=said.append)
    assert IMPURE[code] in result.full
    assert "hooks/own.py" in result.full
    assert site.check()
    assert "Text." in site.read("a/index.html") or "today" in code
    (site.folder / "out.txt").unlink(missing_ok=True)


def test_an_event_that_fails_is_told_at_its_document(site: Site) -> None:
    write(site, "own.py", "def on_page_markdown(markdown, **_):\n    return markdown['x']\n")
    site.write("a.md", "# A\n\nText.\n")
    site.configure(hooks=["own.py"])
    problems = site.problems()
    what = "own.py: `on_page_markdown` has failed at own.py:2: TypeError: string indices must be integers"
    assert next(one for one in problems if "own.py" in one).startswith(f"content/a.md:1:1: {what}")


def test_warnings_of_events_are_told_in_each_build(site: Site) -> None:
    code = "import logging\n\nlog = logging.getLogger('mkdocs.hooks')\n\n\n"
    code += (
        "def on_page_markdown(markdown, **_):\n    if 'odd' in markdown:\n        log.warning('odd text')\n"
    )
    write(site, "own.py", code)
    site.write("a.md", "# A\n\nThis is odd.\n")
    site.configure(hooks=["own.py"])
    for _ in range(2):
        found = [str(one) for one in site.build().diagnostics if "odd text" in one.problem]
        assert found == ["content/a.md:1:1: warning: odd text"]


def test_what_the_owner_calls_local_to_a_page_is_believed(site: Site) -> None:
    code = "import random\n\n\ndef on_page_markdown(markdown, **_):\n    return markdown + '!'\n"
    write(site, "own.py", code)
    site.write("a.md", "# A\n\nText.\n")
    site.configure(hooks=["own.py"], options={"page_local": ["own.py"]})
    assert site.build().full == ""
    assert "Text.\n!" in site.read("a/index.html") or "!" in site.read("a/index.html")


MACROS = """\
import json
from pathlib import Path


def define_env(env):
    @env.macro
    def price(name):
        place = Path(env.conf["docs_dir"]).parent / "data" / f"{name}.json"
        return json.loads(place.read_text("utf-8"))["price"]

    env.variables["desk"] = "Desk 7"
"""


def test_macros_and_included_files(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site.folder)
    write(site, "main.py", MACROS)
    write(site, "data/box.json", '{"price": 3}')
    write(site, "parts/note.md", "A shared note for {{ page.title }}.\n")
    write(site, "parts/own.txt", "Own text.\n")
    site.write("a.md", "---\ntitle: A\nfloor: 2\n---\n\n{{ desk }}, floor {{ floor }}: {{ price('box') }}\n")
    site.write("b.md", "# B\n\n{% include 'note.md' %}\n\n{% include-markdown '../parts/own.txt' %}\n")
    site.write("c.md", "# C\n\n{{ config.site_name }} {{ missing }} {{ extra.motto }}\n")
    site.post("2012-03-01-p.md", "{{ desk }} in the feed.\n")
    directives = {"include": "put-in", "include-markdown": "include-markdown"}
    plugins = [
        "deskpress",
        {"include-markdown": {"directives": directives}},
        {"macros": {"include_dir": "parts"}},
    ]
    site.configure(plugins=plugins, extra={"motto": "We reply"})
    ways(site)
    assert "Desk 7, floor 2: 3" in site.read("a/index.html")
    assert "A shared note for B." in site.read("b/index.html")
    assert "Own text." in site.read("b/index.html")
    assert "Seller Desk" in site.read("c/index.html")
    assert "We reply" in site.read("c/index.html")
    assert "Desk 7 in the feed." in site.read("feed.json")
    assert "{{" not in site.read("search/index.html")
    for path, text, page in (
        ("data/box.json", '{"price": 44}', "a/index.html"),
        ("parts/note.md", "Another note.\n", "b/index.html"),
        ("parts/own.txt", "Other text.\n", "b/index.html"),
    ):
        before = site.read(page)
        write(site, path, text)
        assert [one for one in site.build().reasons if one[1:] == "/index.html"] == [page]
        assert site.read(page) != before
    ways(site)


def test_byte_code_that_python_writes_is_no_work_of_a_plug_in(site: Site) -> None:
    write(site, "main.py", MACROS)
    write(site, "data/box.json", '{"price": 3}')
    site.write("a.md", "# A\n\n{{ price('box') }}\n")
    site.configure(plugins=["deskpress", "macros"])
    command = [sys.executable, "-m", "deskpress", "build", "--as-of", "2012-06-01"]
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, cwd=site.folder, env=plain, capture_output=True, text=True, check=True)
    assert "Full build" not in done.stdout
    assert list((site.folder / "__pycache__").glob("main.*.pyc"))


@pytest.mark.parametrize("full", [False, True])
def test_a_text_includes_nothing_from_outside_of_the_site(
    site: Site, tmp_path: Path, caplog: pytest.LogCaptureFixture, full: bool
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Not for readers.")
    (site.folder / "link.txt").symlink_to(secret)
    (site.folder / ".git").mkdir()
    write(site, ".git/config", "Not for readers.")
    write(site, "parts/own.txt", "For readers.")
    site.configure(plugins=["deskpress", "include-markdown"])

    def told(named: str, **options: bool) -> str:
        site.write("a.md", f'# A\n\n{{% include "{named}" %}}\n')
        try:
            site.build(full=full, **options)
        except (ContentError, SetupError) as error:
            return f"{error}\n{caplog.text}"
        return site.read("a/index.html")

    up = os.path.relpath(secret, site.content)
    for named in (
        str(secret),
        f"./{up}",
        "../link.txt",
        "../.git/config",
        f"{tmp_path}/sec*.txt",
        "/**/passwd",
        # Where Python and this program are installed: `/usr`, or an environment with passwords in `pip.conf`.
        f"{sys.prefix}/pyvenv.cfg",
        os.__file__,
        f"{os.path.dirname(deskpress.__file__)}/*.py",
    ):
        assert "lies outside of the site's folder" in told(named), named
    assert "/proc/self/environ` lies outside" in told("/proc/self/environ")
    assert "nothing is fetched from the network here" in told("http://127.0.0.1:9/x", server=True)
    assert "For readers." in told("../parts/own.txt", server=True)
    for number in range(14):
        line = f'{{% include "./{number + 1}.txt" %}}\n'
        write(site, f"parts/{number}.txt", line * 2)
    write(site, "parts/14.txt", "Words.\n")
    assert "more than 1,000 files" in told("../parts/0.txt")
    assert "Words." in told("../parts/8.txt")


def test_code_that_opens_what_a_text_names_may_import_modules(tmp_path: Path) -> None:
    name = next(one for one in ("colorsys", "chunk", "sunau", "wsgiref.types") if one not in sys.modules)
    with confined(Confinement(str(tmp_path))):
        assert importlib.import_module(name)
        assert linecache.getline(os.__file__, 1)
        assert importlib.metadata.version("mkdocs")
    with pytest.raises(OutsideError, match="lies outside"), confined(Confinement(str(tmp_path))):
        Path(os.__file__).read_text()


LISTS = """\
from pathlib import Path

import yaml


def on_config(config):
    found = []
    for path in sorted(Path(config.docs_dir).rglob("*.md"), key=lambda one: one.name):
        parts = path.read_text("utf-8").split("---\\n")
        if len(parts) > 2:
            found.append(yaml.safe_load(parts[1]).get("description", ""))
    config.extra["descriptions"] = found
    return config


def on_page_markdown(markdown, page, config, **_):
    return markdown.replace("[all]", ", ".join(config.extra["descriptions"]))
"""


def test_settings_that_a_hook_makes_of_all_documents_count_and_not_what_it_has_read(site: Site) -> None:
    write(site, "lists.py", LISTS)
    site.write("a.md", "---\ntitle: A\ndescription: Parcels\n---\n\n[all]\n")
    site.write("b.md", "---\ntitle: B\ndescription: Letters\n---\n\nText.\n")
    site.configure(hooks=["lists.py"])
    ways(site)
    assert "Parcels, Letters" in site.read("a/index.html")
    site.write("b.md", "---\ntitle: B\ndescription: Letters\n---\n\nMore text.\n")
    assert [one for one in site.build().reasons if one[1:] == "/index.html"] == ["b/index.html"]
    site.write("b.md", "---\ntitle: B\ndescription: Post\n---\n\nMore text.\n")
    site.build()
    assert "Parcels, Post" in site.read("a/index.html")
    ways(site)


@pytest.mark.parametrize(
    ("line", "settled"),
    [
        ("config.extra['x'] = text", True),
        ("config.plugins['x'].config.sections = [text]", True),
        ("KEPT.append(text)", True),
        ("env.globals['x'] = text", True),
        ("yaml.__dict__['x'] = text", False),
        ("yaml.text = text", False),
        ("setattr(config, 'x', text)", False),
        ("config.plugins['x'].text = text", False),
        ("yaml.SafeLoader.yaml_constructors['x'] = text", False),
        ("table = yaml.SafeLoader.yaml_constructors; table['x'] = text", False),
        ("yaml.add_constructor('x', text)", False),
        ("config.extra['x'] = lambda: text", False),
    ],
)
def test_what_a_hook_may_leave_for_pages_is_seen_in_its_code(
    tmp_path: Path, line: str, settled: bool
) -> None:
    path = tmp_path / "own.py"
    path.write_text(f"import yaml\n\nKEPT = []\n\n\ndef on_config(config):\n    text = 'a'\n    {line}\n")
    assert leaves_settings_only(path) is settled


def test_macros_that_ask_for_the_time_or_for_other_pages_are_run_by_mkdocs(site: Site) -> None:
    site.configure(plugins=["deskpress", "macros"])
    for text, what in (
        ("{{ now() }}", "`now()`"),
        ("{{ files | length }}", "`files`"),
    ):
        site.write("a.md", f"# A\n\nHere: {text}\n")
        full = site.build().full
        assert full == f"macros: `on_page_markdown`: it asks for {what} (a.md)"
        assert "{{" not in site.read("a/index.html")


def test_macros_that_show_the_newest_commit_run_again_with_another_one(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site.folder)
    site.write(
        "a.md", "# A\n\nAt {{ git.short_commit }}: {{ git.message }}, {{ git.tag }}, {{ git.date.year }}\n"
    )
    site.write("b.md", "# B\n\nText.\n")
    site.configure(plugins=["deskpress", "macros"])
    git = ["git", "-c", "user.name=N", "-c", "user.email=n@example.org"]

    def run(*arguments: str) -> str:
        return subprocess.run([*git, *arguments], check=True, capture_output=True, text=True).stdout.strip()

    run("init", "-q", "-b", "main")
    run("add", "-A")
    run("commit", "-qm", "First")
    ways(site)
    assert f"At {run('rev-parse', '--short', 'HEAD')}: First" in site.read("a/index.html")

    def rendered() -> list[str]:
        return [one for one in site.build().reasons if one in ("a/index.html", "b/index.html")]

    assert rendered() == []
    run("commit", "-qm", "Second", "--allow-empty")
    assert rendered() == ["a/index.html"]
    assert f"At {run('rev-parse', '--short', 'HEAD')}: Second" in site.read("a/index.html")
    run("tag", "v2")
    run("pack-refs", "--all")
    assert rendered() == ["a/index.html"]
    assert "Second, v2" in site.read("a/index.html")
    ways(site)


def test_the_table_of_all_that_macros_know_needs_no_full_build(site: Site) -> None:
    site.write("a.md", "# A\n\n{{ macros_info() }}\n")
    site.configure(plugins=["deskpress", "macros"])
    result = site.build()
    assert not result.full
    page = site.read("a/index.html")
    assert "short_commit" in page
    assert "Plugin Filters" in page
    assert not re.search("at 0x[0-9a-f]", page)


def test_verify_compares_with_a_full_build(site: Site) -> None:
    code = "import {0}\n\n\ndef on_page_markdown(markdown, **_):\n    return markdown + str({1})\n"
    site.write("a.md", "# A\n\nText.\n")
    site.configure(hooks=["own.py"], options={"page_local": ["own.py"]})
    command = [sys.executable, "-m", "deskpress", "build", "--verify", "-q", "--as-of", "2012-06-01"]
    for module, value, said, status in (
        ("math", "math.pi", "A full build makes the same files.", 0),
        ("random", "random.random()", "A full build makes 1 file in another way:\n  a/index.html\n", 1),
    ):
        write(site, "own.py", code.format(module, value))
        done = subprocess.run(command, cwd=site.folder, capture_output=True, text=True, check=False)
        assert done.returncode == status
        assert said in done.stdout + done.stderr


AFTER = """\
import json
from datetime import datetime
from pathlib import Path


def on_post_build(config):
    place = Path(config.site_dir) / "assets" / "views.json"
    place.parent.mkdir(parents=True, exist_ok=True)
    views = (Path(config.config_file_path).parent / "views.txt").read_text("utf-8")
    place.write_text(json.dumps({"views": views, "until": str(datetime.max)}))
"""


def test_hooks_that_write_files_when_all_is_built(site: Site) -> None:
    write(site, "views.txt", "3")
    write(site, "own.py", AFTER)
    site.write("a.md", "# A\n\nText.\n")
    site.configure(hooks=["own.py"])
    ways(site)
    assert '"views": "3"' in site.read("assets/views.json")
    assert site.build().written == 0
    write(site, "views.txt", "4")
    assert [one for one in site.build().reasons if "views" in one] == ["assets/views.json"]
    assert '"views": "4"' in site.read("assets/views.json")
    ways(site)


@pytest.mark.parametrize(
    ("deed", "why"),
    [
        ("print(open(config.site_dir + '/index.html').read()[:0])", "it reads the site that was built"),
        ("import os; os.listdir(config.site_dir)", "it reads the site that was built"),
        (
            "import os; os.path.exists(config.site_dir + '/index.html')",
            "it asks for a file of the site that was built",
        ),
        (
            "open(config.site_dir + '/robots.txt', 'w').write('x')",
            "it writes `robots.txt`, which may be there",
        ),
    ],
)
def test_hooks_that_ask_for_what_was_built_are_run_by_mkdocs(site: Site, deed: str, why: str) -> None:
    write(site, "own.py", f"def on_post_build(config):\n    {deed}\n")
    site.configure(hooks=["own.py"])
    assert site.build().full.startswith(f"own.py: `on_post_build`: {why}")


def test_plug_ins_for_references_that_no_document_uses(site: Site) -> None:
    site.write("a.md", "# A\n\n``` py\nx = rows[1][2]\n```\n\n``` md\n::: own.code\n```\n\n`a[1][2]`\n")
    site.configure(
        plugins=["deskpress", "autorefs", "mkdocstrings"], markdown_extensions=["pymdownx.superfences"]
    )
    ways(site)
    for text, why in (
        ("See [this][below].", "autorefs: `][below]` may lead to a heading of another page (b.md)"),
        ("::: json.dumps", "autorefs: `::: j…` shows the documentation of code (b.md)"),
    ):
        site.write("b.md", f"# B\n\n{text}\n\n## Below\n")
        assert site.build(jobs=1).full == why
        assert site.check()
    assert "Serialize" in site.read("b/index.html")


AUTHORS = """\
def on_page_markdown(markdown, page, **kwargs):
    if not page.file.src_uri.startswith("posts/"):
        assert not hasattr(page, "authors")
        return markdown
    names = ", ".join(one.get("name") for one in page.authors)
    return f"{markdown}\\nBy {names} ({page.authors[0].description})\\n"
"""


def test_hooks_see_the_authors_of_a_post(site: Site) -> None:
    site.configure(hooks=["hooks.py"], plugins=["search", "deskpress"])
    write(site, "hooks.py", AUTHORS)
    site.write(".authors.yml", "authors:\n  jo:\n    name: Jo\n    description: Editor\n")
    site.post("2012-03-12-a.md", "Text.\n", authors=["jo"])
    site.write("page.md", "# Page\n")
    assert b"By Jo (Editor)" in ways(site)["2012/03/a.html"]


LOGGING = """\
import logging

from mkdocs.plugins import get_plugin_logger

logger, own = logging.getLogger("mkdocs"), get_plugin_logger("own")


def on_page_markdown(markdown, page, **kwargs):
    logger.debug(page.title)
    own.debug(page.title)
"""


def test_a_hook_that_logs_keeps_nothing_for_the_next_page(site: Site) -> None:
    site.configure(hooks=["hooks.py"], plugins=["search", "deskpress"])
    write(site, "hooks.py", LOGGING)
    site.write("a.md", "# A\n")
    site.write("b.md", "# B\n")
    assert site.build().full == ""


def test_of_plug_ins_that_need_a_full_build_only_those_are_named(site: Site) -> None:
    site.configure(hooks=["hooks.py", "other.py"], plugins=["search", "typeset", "deskpress"])
    write(site, "hooks.py", LOGGING)
    write(site, "other.py", "def on_pre_page(page, **kwargs):\n    return page\n")
    site.write("a.md", "# A `b`\n")
    said: list[str] = []
    full = site.build(say=said.append).full
    assert full.startswith("these plug-ins or hooks are not known to be safe: other.py (")
    assert any("`plugins: typeset` has no effect" in line for line in said)
    write(site, "other.py", "")
    load_anew()
    assert site.build().full == ""
