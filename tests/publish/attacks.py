"""Random pushes of somebody who may push content only: each is a set of refs made from raw git objects."""

from __future__ import annotations

import base64
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.publish.objects import FILE, FOLDER, LINK, MODULE, RUNS, WHO, Objects, Tree


@dataclass
class World:
    """What an attack knows: a repository to write to, the published commit, and what must never run."""

    objects: Objects
    head: str
    canary: Path
    chance: random.Random
    number: int
    posted: list[str] = field(default_factory=list)

    def push(
        self, tree: str, ref: str = "refs/heads/main", parents: tuple[str, ...] | None = None
    ) -> list[str]:
        at = self.objects.commit(tree, (self.head,) if parents is None else parents)
        return [f"+{at}:{ref}"]

    def file(self, path: str, data: bytes, mode: str = FILE) -> str:
        return self.objects.with_file(self.head, path, (mode, self.objects.blob(data)))

    @property
    def some_ref(self) -> str:
        return self.chance.choice(
            ["refs/heads/main"] * 4
            + ["refs/heads/preview/x", f"refs/heads/b{self.number}", f"refs/tags/t{self.number}"]
        )


# --- what runs -------------------------------------------------------------------------------------------


def _hook_text(world: World) -> bytes:
    return f"import pathlib\npathlib.Path({str(world.canary)!r}).write_text('ran')\n".encode()


def _configurations(world: World) -> list[bytes]:
    """Configurations that run something if they are ever read."""
    plain = world.objects.git("cat-file", "blob", f"{world.head}:mkdocs.yml")
    touch = f"!!python/object/apply:os.system ['touch {world.canary}']".encode()
    return [
        plain + b"\nhooks: [evil.py]\n",
        plain + b"\nhooks: [content/evil.py]\n",
        plain + b"\nextra: {x: " + touch + b"}\n",
        b"INHERIT: evil.yml\n" + plain,
        plain.replace(b"theme:\n", b"theme:\n  custom_dir: content\n", 1),
    ]


def config_and_back(world: World) -> list[str]:
    """One commit brings a configuration that runs something, a later one takes it back."""
    objects, chance = world.objects, world.chance
    bad = world.file("mkdocs.yml", chance.choice(_configurations(world)))
    evil = objects.commit(bad, [world.head])
    for path in ("evil.py", "content/evil.py"):
        tree = objects.with_file(evil, path, (FILE, objects.blob(_hook_text(world))))
        evil = objects.commit(tree, [evil])
    good = world.file(f"content/page-{world.number}.md", b"# A page\n")
    back = objects.commit(good, [evil] if chance.random() < 0.7 else [world.head, evil])
    world.posted.append(evil)
    refs = [f"+{back}:refs/heads/main", f"+{evil}:refs/heads/preview/p{world.number}"]
    chance.shuffle(refs)
    return refs[: chance.choice([1, 1, 2])]


def config_by_old_commit(world: World) -> list[str]:
    """A commit of a former attack, as a branch, a tag, a preview or a parent."""
    if not world.posted:
        return config_and_back(world)
    old = world.chance.choice(world.posted)
    match world.chance.randrange(4):
        case 0:
            return [f"+{old}:refs/heads/preview/old{world.number}"]
        case 1:
            return [f"+{old}:{world.some_ref}"]
        case 2:
            return world.push(world.file("content/about.md", b"# About\n"), parents=(world.head, old))
        case _:
            return [f"+{old}:refs/heads/o{world.number}", f"+{old}:refs/heads/preview/o{world.number}"]


def code_in_content(world: World) -> list[str]:
    name = world.chance.choice(
        ["evil.py", "hooks.py", "sitecustomize.py", "mkdocs.py", "main.html", "overrides/main.html", "x.pth",
         "index.html", "404.html", "index.html.gz", "about/index.html.br", "x.xsd", "x.rng", "x.html~",
         "a.shtml",
         "assets/javascripts/tools/judge.js", ".htaccess", "_headers", "_redirects", "redirects.map",
         "robots.txt",
         "search/index.json", "x.svgz", "feed.xml", "x.php.png", ".well-known/x", "mkdocs.yml", "conf.yaml"]
    )  # fmt: skip
    return world.push(world.file(f"content/{name}", _hook_text(world)), world.some_ref)


def outside(world: World) -> list[str]:
    path = world.chance.choice(
        ["mkdocs.yml", "evil.py", ".gitattributes", ".gitmodules", "theme/main.html", "Content/a.md",
         "content.md",
         ".cache/deskpress/x", ".deskpress-checkout.json", "sitecustomize.py", "requirements.txt",
         "site/index.html"]
    )  # fmt: skip
    return world.push(world.file(path, _hook_text(world)), world.some_ref)


# --- names, modes, sizes ---------------------------------------------------------------------------------

NAMES = (
    ".deskpress.new", ".deskpress-checkout.json", ".cache", ".git", ".GIT", "git~1", ".gitmodules", "..",
    ".", "CON.txt",
    "aux", "nul.md", "com1.png", "a:b.txt", "a\\b.txt", "trailing.", "space ", " lead", "caf\u00e9.md",
    "cafe\u0301.md",
    "A.md", "a.md", "x\n.md", "x\t.md", "x\0y"[:1], "\u202egnp.md", "\u200b.md", "-rf.md", "--help",
    "$HOME.md", "`id`.md",
    "#a.md#", "a.md~", "~$a.docx", ".site.new", "site.new", ".deskpress", "deskpress.json", "built.json",
    "*.md", "?.md",
    "a" * 255, "\u5b57" * 85, "%2e%2e", "{{x}}.md", "<b>.md", "'.md", '".md', "a;b.md", "index.md",
    "README.md",
)  # fmt: skip
FOLDERS = (
    "content",
    "content/posts",
    "content/help",
    "content/images",
    "content/.deskpress.new",
    "content/a.md",
)


def odd_name(world: World) -> list[str]:
    chance = world.chance
    tree = f"{world.head}^{{tree}}"
    for _ in range(chance.randrange(1, 4)):
        parts = [chance.choice(FOLDERS), *(chance.choice(NAMES) for _ in range(chance.randrange(1, 4)))]
        body = chance.choice([b"# Text\n", b"---\ntitle: T\ndate: 2012-03-01\n---\nText\n", b"\xff\xfe", b""])
        commit = world.objects.commit(world.objects.git("rev-parse", tree).decode().strip(), [world.head])
        tree = world.objects.with_file(commit, "/".join(parts), (FILE, world.objects.blob(body)))
    return world.push(tree, world.some_ref)


def random_bytes_name(world: World) -> list[str]:
    name = bytes(world.chance.choices(range(1, 256), k=world.chance.randrange(1, 40))).replace(b"/", b"_")
    objects = world.objects
    inside = {**objects.entries(f"{world.head}:content"), name: (FILE, objects.blob(b"# Text\n"))}
    return world.push(
        objects.with_file(world.head, "content", (FOLDER, objects.tree(inside))), world.some_ref
    )


def odd_mode(world: World) -> list[str]:
    mode = world.chance.choice([RUNS, LINK, MODULE, "100664", "100000", "040000", "0", "777777", "140000"])
    target = world.chance.choice([b"/etc/passwd", b"../../settings.json", b"../mkdocs.yml", b"# Text\n"])
    at = world.head if mode == MODULE else world.objects.blob(target)
    name = world.chance.choice(
        ["content/link.md", "content/posts/2012-03-03-l.md", "content/images/a.png", "content"]
    )
    return world.push(world.objects.with_file(world.head, name, (mode, at)), world.some_ref)


def bomb(world: World) -> list[str]:
    """A few objects that describe a great many files."""
    objects, chance = world.objects, world.chance
    wide, deep = chance.choice([(2, 30), (10, 9), (300, 3), (1000, 2), (1, 3000)])
    at = (FILE, objects.blob(b"# Text\n"))
    for _ in range(min(deep, 400)):
        at = (FOLDER, objects.tree({f"{n}.md" if at[0] == FILE else str(n): at for n in range(wide)}))
    return world.push(objects.with_file(world.head, "content/bomb", at), world.some_ref)


def big(world: World) -> list[str]:
    objects, chance = world.objects, world.chance
    size = chance.choice([1_000_000, 20_000_000, 49_000_000, 120_000_000])
    blob = objects.blob(b"\0" * size)
    ending = chance.choice(["pdf", "png", "md", "svg", "txt", "zip"])
    files: Tree = {f"{n}.{ending}": (FILE, blob) for n in range(chance.choice([1, 12, 500]))}
    return world.push(
        objects.with_file(world.head, "content/big", (FOLDER, objects.tree(files))), world.some_ref
    )


# --- histories and refs ----------------------------------------------------------------------------------


def odd_history(world: World) -> list[str]:
    objects, chance = world.objects, world.chance
    good = world.file(f"content/page-{world.number}.md", b"# A page\n")
    match chance.randrange(6):
        case 0:
            return world.push(good, world.some_ref, parents=())
        case 1:
            at = world.head
            for _ in range(chance.choice([5, 60])):
                at = objects.commit(good, [at])
            return [f"{at}:{world.some_ref}"]
        case 2:
            return world.push(good, world.some_ref, parents=(world.head, world.head))
        case 3:
            orphan = objects.commit(
                objects.tree({"mkdocs.yml": (FILE, objects.blob(b"hooks: [e.py]\n"))}), []
            )
            return world.push(good, world.some_ref, parents=(orphan, world.head))
        case 4:
            at = objects.commit(good, [world.head], b"M" * chance.choice([10, 3_000_000]) + b"\n")
            return [f"{at}:{world.some_ref}"]
        case _:
            return world.push(good, "refs/heads/main", parents=(f"{world.head}",) * chance.choice([3, 40]))


def odd_ref(world: World) -> list[str]:
    chance = world.chance
    at = world.objects.commit(world.file(f"content/r{world.number}.md", b"# R\n"), [world.head])
    ref = chance.choice(
        ["refs/replace/" + world.head, "refs/heads/refs/heads/main", "refs/notes/x",
         "refs/heads/preview/..x", "refs/x",
         "refs/heads/preview/" + "a" * 200, "refs/heads/preview/a/b", "refs/heads/preview",
         "refs/tags/main", "HEAD",
         "refs/heads/main/x", "refs/heads/caf\u00e9", "refs/heads/-x", "refs/heads/x.lock",
         "refs/deskpress/trusted",
         "refs/remotes/x", "refs/heads/preview/-rf", "refs/heads/preview/$(id)", "refs/stash"]
    )  # fmt: skip
    if chance.random() < 0.2:
        return [f":{chance.choice(['refs/heads/main', 'refs/tags/main', 'refs/heads/preview/x'])}"]
    if chance.random() < 0.2:
        return [f"+{at}:refs/heads/many{world.number}-{n}" for n in range(chance.choice([20, 300]))]
    return [f"+{at}:{ref}"]


def tag_chain(world: World) -> list[str]:
    at, kind = world.head, "commit"
    for n in range(world.chance.choice([1, 30])):
        text = f"object {at}\ntype {kind}\ntag t{n}\ntagger ".encode() + WHO + b"\n\nT\n"
        at, kind = world.objects.write("tag", text), "tag"
    return [f"+{at}:{world.chance.choice([f'refs/tags/chain{world.number}', 'refs/heads/preview/chain'])}"]


# --- drawings and texts ----------------------------------------------------------------------------------

_PIECES = (
    "<svg xmlns='http://www.w3.org/2000/svg'>", "</svg>", "<script>alert(1)</script>",
    "<s:script xmlns:s='http://www.w3.org/2000/svg'/>",
    "<!DOCTYPE svg [<!ENTITY a 'b'>]>", "<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'x()'>]>",
    "<a href='java&#115;cript:x()'>t</a>",
    "<set attributeName='href' to='javascript:x()'/>", "<animate attributeName='onload' values='x()'/>",
    "<foreignObject/>",
    "<image href='x' onerror='x()'/>", "<use href='data:image/svg+xml,x'/>", "<style>@import 'x'</style>",
    "<?xml-stylesheet href='x'?>",
    "<h:iframe xmlns:h='http://www.w3.org/1999/xhtml' src='x'/>", "<text>t</text>",
    "<?xml version='1.0' encoding='ISO-2022-JP'?>",
    "\x1b$B", "<rect width='1' height='1'/>", "&a;", "\0", "<![CDATA[<script>]]>", "<g onclick='x()'>",
)  # fmt: skip


def drawing(world: World) -> list[str]:
    chance = world.chance
    text = "".join(chance.choices(_PIECES, k=chance.randrange(1, 8)))
    if chance.random() < 0.5:
        text = f"{_PIECES[0]}{text}</svg>"
    data = text.encode(chance.choice(["utf-8", "utf-8", "utf-16", "utf-7", "utf-32"]))
    return world.push(world.file(f"content/images/d{world.number}.svg", data), world.some_ref)


_MARKS = (
    "\\*", "``a` ", "***\n", "&a;", "[a]([a](", "<b>", "^^", "==", "~~", "a@", "<!---->", "* * *\n",
    "!!! a\n", "[", "![", "]", "(",
    "<", "<!--", "-->", "`", "```\n", "| a ", "|\n", "> ", "- ", "1. ", "    ", "#", "[^1]", "[a]: b\n",
    "{: .a }", "&", "_a_", "**a",
    "http://a", "www.a.b ", "a@b.c ", "<a href=", "<x-y>", "<delivery-rate>", "\n\n", "\n", "<p markdown>",
    "<!-- more -->", "\t",
)  # fmt: skip


def extreme_text(world: World) -> list[str]:
    chance = world.chance
    piece = "".join(chance.choices(_MARKS, k=chance.choice([1, 1, 2, 3])))
    text = piece * max(1, chance.choice([2_000, 60_000, 190_000]) // len(piece))
    lead = chance.choice(["", "[a]: b\n\n", "# ", "<b>", "Text\n\n"])
    head = chance.choice(["", "---\ntitle: T\n---\n"])
    path = chance.choice([f"content/page-{world.number}.md", f"content/help/t{world.number}.md"])
    return world.push(world.file(path, f"{head}{lead}{text}\n".encode()), world.some_ref)


def extreme_front_matter(world: World) -> list[str]:
    chance = world.chance
    many = "[" + ",".join(f"c{n}" for n in range(chance.choice([10, 25_000]))) + "]"
    value = chance.choice(
        ["slug: a$http_cookie", "aliases: ['/a$b/', '/:a/:b/', '/*', '/a b;{}']", "slug: ../../x",
         f"categories: {many}",
         f"tags: {many}", f"authors: {many}", "aliases: ['//evil.example/', '/\\\\evil']",
         "date: 9999-99-99", "draft: maybe",
         "a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nd: &d [*c,*c,*c]\ne: [*d,*d,*d,*d]",
         "template: ../x.html",
         "x: !!python/object/apply:os.system ['id']", "slug: \"a\\nb\"", "id: 'javascript:x'",
         "title: " + "[" * 30_000,
         "expires: 2012-01-01", "slug: index", "aliases: [/, /index.html, /feed.xml]"]
    )  # fmt: skip
    text = f"---\ntitle: T{world.number}\ndate: 2012-03-{world.number % 28 + 1:02}\n{value}\n---\nText.\n"
    return world.push(
        world.file(f"content/posts/2012-03-01-f{world.number}.md", text.encode()), world.some_ref
    )


def random_change(world: World) -> list[str]:
    """An ordinary file of the site with random bytes changed."""
    chance = world.chance
    names = (
        world.objects.git("ls-tree", "-r", "-z", "--name-only", world.head, "content").decode().split("\0")
    )
    path = chance.choice([name for name in names if name])
    data = bytearray(world.objects.git("cat-file", "blob", f"{world.head}:{path}"))
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(data) + 1)
        data[at : at + chance.randrange(3)] = chance.choice(
            [b"", b"\0", b"---\n", b"\xff", b"&", base64.b64encode(b"xyz")]
        )
    return world.push(world.file(path, bytes(data)), world.some_ref)


ATTACKS: tuple[Callable[[World], list[str]], ...] = (
    config_and_back, config_by_old_commit, code_in_content, outside, odd_name, odd_name, random_bytes_name,
    odd_mode, bomb, big,
    odd_history, odd_ref, tag_chain, drawing, drawing, extreme_text, extreme_text, extreme_front_matter,
    random_change,
)  # fmt: skip
