"""What each output was made from, and why it has to be made again.

A question (`body:posts/a.md`, `template:post.html`) has one answer for the whole site, so each answer's
fingerprint is kept once, and for each output the marks of the questions that its render asked. Most answers
follow from the site's structure: they lie apart from the build log, and while the structure stays nobody
reads them.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b

from msgspec import Struct, field

from deskpress.engine.stamps import Stamp

FEW = 8
"""While less than one output in so many was rendered, questions that nobody asks any more stay."""

MANY = 20
"""Changed questions that are not looked for one by one."""


class OutputRecord(Struct, frozen=True, array_like=True):
    """One output as it was last rendered. `reads` are the marks of the questions, with spaces between."""

    recipe: str
    reads: str
    stamp: Stamp


class BuildLog(Struct, frozen=True):
    """The traces by path, and the answers' fingerprints of the questions that every build asks again.

    `structure` is the fingerprint of all from which the other questions are answered, `states` are such
    fingerprints for some of the `given` ones, by what their names begin with, up to the last slash.
    """

    outputs: dict[str, OutputRecord] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)
    structure: str = ""
    states: dict[str, str] = field(default_factory=dict)

    def changed(
        self, settled: StableValues, now: Callable[[str], str | None], states: Mapping[str, str]
    ) -> dict[str, str]:
        """The marks of the questions that are answered differently now, with a word on how.

        Nothing is `settled` where the structure is as it was: those answers are too.
        """
        found = {}
        still = {name for name, state in states.items() if self.states.get(name) == state}
        for asked in (settled.answers, self.given):
            for question, before in asked.items():
                if still and question.rpartition("/")[0] in still:
                    continue
                answer = now(question)
                if answer != before:
                    found[mark(question)] = f"{question} {'is gone' if answer is None else 'changed'}"
        return found


class StableValues(Struct, frozen=True):
    """The answers' fingerprints of the questions that the structure answers."""

    answers: dict[str, str] = field(default_factory=dict)
    structure: str = ""


Recall = Callable[[], StableValues | None]
"""Reads what is settled under the build log's structure; None if that is lost."""


class LastBuild(Struct, frozen=True):
    """What is known of the last build: its log, and how to read what is settled with it."""

    log: BuildLog
    recall: Recall


class Structure(Struct, frozen=True):
    """The fingerprint of all that most questions are answered from, and of some `states` (see `BuildLog`)."""

    digest: str
    states: dict[str, str]


@lru_cache(maxsize=50_000)
def mark(question: str) -> str:
    """A question in eight letters, enough for no two of a site to share them."""
    return urlsafe_b64encode(blake2b(question.encode(), digest_size=6).digest()).decode()


def marks(questions: Iterable[str]) -> str:
    """What a trace says of the questions that were read."""
    return " ".join([mark(question) for question in sorted(questions)])


def why_stale(
    trace: OutputRecord | None, recipe: str, changed: Mapping[str, str], on_disk: Stamp | None
) -> str | None:
    """Say why an output must be rendered again, or None if it is fresh."""
    if trace is None:
        return "never rendered"
    if trace.recipe != recipe:
        return "the recipe changed (code, options or tool versions)"
    # Few have changed as a rule: to take thousands of traces apart for them takes longer than to look.
    if len(changed) > MANY or any(read in trace.reads for read in changed):
        for read in trace.reads.split():
            if read in changed:
                return changed[read]
    if on_disk is None:
        return "the file is gone"
    if on_disk.digest != trace.stamp.digest:
        return "the file was changed by somebody else"
    return None


def write_build_log(
    fresh: Mapping[str, OutputRecord],
    rendered: Mapping[str, OutputRecord],
    asked: Mapping[str, str | None],
    last: LastBuild,
    structure: Structure,
    always: tuple[str, ...],
) -> tuple[BuildLog, StableValues | None]:
    """The build log after a build: traces that stay, those of what was rendered, and what these `asked`.

    `always` are the beginnings of questions that the structure does not answer. What is settled is None
    where it stays as it is. Questions that nobody asks any more are left out when much was rendered.
    """
    given = {question: answer or "" for question, answer in asked.items() if question.startswith(always)}
    answers = {question: answer or "" for question, answer in asked.items() if question not in given}
    old, small = last.log, len(rendered) * FEW < len(fresh)

    def made(outputs: dict[str, OutputRecord], known: dict[str, str]) -> BuildLog:
        return BuildLog(outputs, known, structure.digest, structure.states)

    if small and structure.digest == old.structure and _known(answers, rendered, old):
        return made({**fresh, **rendered}, old.given | given), None
    before = last.recall() if fresh else StableValues()
    if before is None:
        # Nobody could tell any more whether the others are up to date.
        return made({**rendered}, given), StableValues(answers, structure.digest)
    known_given, known_answers = old.given, before.answers
    if not small:
        read = {one for trace in fresh.values() for one in trace.reads.split()}
        known_given = {q: answer for q, answer in known_given.items() if mark(q) in read}
        known_answers = {q: answer for q, answer in known_answers.items() if mark(q) in read}
    return (
        made({**fresh, **rendered}, known_given | given),
        StableValues(known_answers | answers, structure.digest),
    )


def _known(answers: Mapping[str, str], rendered: Mapping[str, OutputRecord], old: BuildLog) -> bool:
    """Whether each of these questions was asked before by one of the outputs that were rendered."""
    traces = (old.outputs.get(path) for path in rendered)
    read = {one for trace in traces if trace for one in trace.reads.split()}
    return all(mark(question) in read for question in answers)
