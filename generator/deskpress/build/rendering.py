"""Renders stale outputs and writes them, with the build log, the template recorder and the site's folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from deskpress.engine.build_log import (
    BuildLog,
    LastBuild,
    OutputRecord,
    StableValues,
    Structure,
    marks,
    write_build_log,
)
from deskpress.engine.fingerprint import digest, fingerprint
from deskpress.engine.pool import Tick, fork_map
from deskpress.engine.staleness import why_stale
from deskpress.engine.stamps import Stamp, stamp, stamped
from deskpress.model.output import OutputSpec
from deskpress.render.library import Library
from deskpress.render.output import Renderer
from deskpress.templating.environment import Recorder
from deskpress.write.site_folder import Listing, Tree

FEWEST = 300
"""Outputs that justify another process, which has to load templates and a shard of the search."""

SLOW = frozenset({"variant", "card"})
FEWEST_PICTURES = 8
"""Pictures take a hundred times longer than pages."""

COPIED = frozenset({"asset", "theme"})
FILES = COPIED | {"minified", "sheet", "variant"}
"""Kinds of outputs that are made from one file."""

CHANGING = "changed while it was read"
"""An answer that never occurs again."""

UNSTRUCTURED = ("body:", "template:", "read:", "asset:", "theme:", "shard:", "bucket:", "synonyms:")
"""Questions that are answered from files; all others from the site's front matter and options."""


class Rendered(Struct, frozen=True):
    """A worker's report on one output: whether it was staged, the marks of its questions, its digest.

    `answers` are the fingerprints of those answers that the worker has not sent before.
    """

    staged: bool
    reads: str
    digest: str
    answers: dict[str, str | None]


class Written(Struct, frozen=True):
    """What a build changed. `reasons` say why each output was rendered.

    `settled` are the stable values for the build log, None if they have not changed.
    """

    reasons: dict[str, str]
    written: int
    removed: int
    build_log: BuildLog
    settled: StableValues | None


class Answers:
    """The current answer of every question, as a fingerprint; None if there is no answer any more.

    `known` are precomputed answers, including those of all bodies; `files` answers questions about other
    files.
    """

    def __init__(
        self, library: Library, known: Mapping[str, str], files: Callable[[str], str | None]
    ) -> None:
        self.library = library
        self.files = files
        self.known: dict[str, str | None] = {**known}

    def __call__(self, question: str) -> str | None:
        """The fingerprint of the answer."""
        try:
            return self.known[question]
        except KeyError:
            answer = self.known[question] = self._ask(question)
            return answer

    def again(self, question: str) -> str | None:
        """The same for a question of an earlier build, which may no longer be valid."""
        try:
            return self(question)
        except Exception:
            return None

    def _ask(self, question: str) -> str | None:
        kind = question.partition(":")[0]
        if kind == "body":
            return None
        if kind in ("template", "asset", "theme", "read"):
            return self.files(question)
        try:
            answer = self.library.answer(question)
            return digest(answer) if isinstance(answer, bytes) else fingerprint(answer)
        except (KeyError, IndexError, ValueError):
            return None


class Rendering(Struct, frozen=True):
    """How outputs are rendered and where they are written.

    `now` returns the current answer of every question, `jobs` is the number of processes.
    """

    renderer: Renderer
    recorder: Recorder
    now: Answers
    tree: Tree
    jobs: int
    progress: Callable[[str, int], Tick]


def render_stale(
    plan: Mapping[str, tuple[OutputSpec, str]], rendering: Rendering, last: LastBuild, digest_now: str
) -> Written:
    """Render every output of `plan` (specs with their recipes, by path) that is stale.

    `digest_now` is the fingerprint of the site's structure. Raises `TemplateFailedError` or `OSError`;
    then nothing that readers see has changed.
    """
    renderer, recorder, now, tree = rendering.renderer, rendering.recorder, rendering.now, rendering.tree
    old, structure = last.log, Structure(digest_now, _states(rendering.renderer.library))
    settled = last.recall() if old.outputs and structure.digest != old.structure else StableValues()
    if settled is None:
        last, settled = replace(last, log=BuildLog()), StableValues()
        old = last.log
    listing = tree.listing()
    disk = _on_disk(tree.root, listing, old)
    changed = old.changed(settled, now.again, structure.states)
    causes = {
        path: why_stale(old.outputs.get(path), recipe, changed, disk.get(path))
        for path, (_, recipe) in plan.items()
    }
    reasons = {path: why for path, why in causes.items() if why is not None}
    stale = [plan[path][0] for path in reasons]
    tree.begin()
    try:
        tick = rendering.progress("Rendering", len(stale)) if stale else lambda done: None
        slow = any(spec.kind in SLOW for spec in stale)
        results = fork_map(
            _worker(rendering, disk), stale, rendering.jobs, tick, FEWEST_PICTURES if slow else FEWEST
        )
    except BaseException:
        tree.abandon()
        raise
    finally:
        renderer.library.notes.asked = recorder.asked = None
    asked = merged(results)
    now.known.update(asked)
    staged = [spec.path for spec, result in zip(stale, results, strict=True) if result.staged]
    removed = tree.commit(staged, plan, listing)
    rendered = {
        spec.path: OutputRecord(
            plan[spec.path][1], result.reads, _stamp_of(tree.root, spec.path, result.digest)
        )
        for spec, result in zip(stale, results, strict=True)
    }
    fresh = {path: _with_stamp(old.outputs[path], disk[path]) for path in plan if path not in reasons}
    same = (structure.digest, structure.states) == (old.structure, old.states)
    if same and not (reasons or removed or _moved(fresh, old)):
        return Written(reasons, 0, 0, old, None)
    build_log, changes = write_build_log(fresh, rendered, asked, last, structure, UNSTRUCTURED)
    return Written(reasons, len(staged), removed, build_log, changes)


def _worker(rendering: Rendering, disk: Mapping[str, Stamp]) -> Callable[[OutputSpec], Rendered]:
    """Renders an output and stages it if it differs from the file on the `disk`."""
    renderer, recorder, now, tree = rendering.renderer, rendering.recorder, rendering.now, rendering.tree
    told: set[str] = set()

    def work(spec: OutputSpec) -> Rendered:
        file = ":".join(spec.subject[:2]) if spec.kind in FILES else ""
        questions = {file} if file else set()
        # Taken before reading: a change in between is then noticed next time.
        before = now(file) if file else None
        renderer.library.notes.asked = recorder.asked = questions
        data = renderer.render(spec)
        known = disk.get(spec.path)
        content = digest(data)
        staged = known is None or known.digest != content
        if staged:
            tree.stage(spec.path, data)
        # Loaded only if many outputs are rendered: it takes as long as some hundred of them.
        renderer.library.notes.asked = recorder.asked = None
        # The digest of what was read counts, not that of an earlier check.
        answers = {question: recorder.loaded(question) or now(question) for question in questions - told}
        if spec.kind in COPIED and content != before:
            answers[file] = CHANGING
        told.update(questions)
        return Rendered(staged, marks(questions), content, answers)

    return work


def merged(results: Iterable[Rendered]) -> dict[str, str | None]:
    """All workers' answers. If an answer changed during the build, what depends on it is stale next time."""
    asked: dict[str, str | None] = {}
    for result in results:
        for question, answer in result.answers.items():
            asked[question] = answer if asked.get(question, answer) == answer else CHANGING
    return asked


def _states(library: Library) -> dict[str, str]:
    """The fingerprint of what the questions about a shard's parts and buckets are answered from."""
    marks = {name: fingerprint(state) for name, state in library.states().items()}
    return {f"{kind}:{name}": mark for name, mark in marks.items() for kind in ("shard", "bucket")}


def _on_disk(root: Path, listing: Listing, old: BuildLog) -> dict[str, Stamp]:
    """The stamps of the site's files; a file is not read if the build log's stamp still fits."""
    found = {}
    prefix = f"{root}/"  # joining ten thousand paths takes longer than `stat`
    for path, status in listing.items():
        if status is None:
            continue
        trace = old.outputs.get(path)
        try:
            found[path] = stamp(prefix + path, status, trace.stamp if trace else None)
        except OSError:
            continue
    return found


def _stamp_of(root: Path, path: str, content: str) -> Stamp:
    return stamped(os.stat(f"{root}/{path}"), content)


def _with_stamp(trace: OutputRecord, now: Stamp) -> OutputRecord:
    return trace if trace.stamp is now else OutputRecord(trace.recipe, trace.reads, now)


def _moved(fresh: Mapping[str, OutputRecord], old: BuildLog) -> bool:
    return len(fresh) != len(old.outputs) or any(old.outputs[path] is not t for path, t in fresh.items())
