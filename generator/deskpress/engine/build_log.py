"""What each output was made from; `staleness.py` decides from it what has to be made again.

A question (`body:posts/a.md`, `template:post.html`) has one answer for the whole site, so each answer's
fingerprint is stored once, and each output stores the marks of the questions that its rendering asked. Most
answers follow from the site's structure: they are stored apart from the build log, and are not even read
while the structure stays the same.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b

from msgspec import Struct, field

from deskpress.engine.stamps import Stamp

FEW = 8
"""If less than one output in this many was rendered, questions that no output asks any more are kept."""


class OutputRecord(Struct, frozen=True, array_like=True):
    """One output as it was last rendered. `reads` are the marks of the questions, with spaces between."""

    recipe: str
    reads: str
    stamp: Stamp


class BuildLog(Struct, frozen=True):
    """The records by path, and the answers' fingerprints of the questions that every build asks again.

    `structure` is the fingerprint of everything that the other questions are answered from. `states` are such
    fingerprints for some of the `given` questions, by their names up to the last slash.
    """

    outputs: dict[str, OutputRecord] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)
    structure: str = ""
    states: dict[str, str] = field(default_factory=dict)

    def changed(
        self, settled: StableValues, now: Callable[[str], str | None], states: Mapping[str, str]
    ) -> dict[str, str]:
        """The marks of the questions whose answers have changed, each with a short description.

        `settled` is empty if the structure has not changed: those answers are the same then.
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
"""Reads the stable values that belong to the build log's structure; None if they are lost."""


class LastBuild(Struct, frozen=True):
    """What is known of the last build: its log, and how to read its stable values."""

    log: BuildLog
    recall: Recall


class Structure(Struct, frozen=True):
    """The fingerprint of what most questions are answered from, and of some `states` (see `BuildLog`)."""

    digest: str
    states: dict[str, str]


@lru_cache(maxsize=50_000)
def mark(question: str) -> str:
    """A question as eight letters, enough to tell apart all questions of a site."""
    return urlsafe_b64encode(blake2b(question.encode(), digest_size=6).digest()).decode()


def marks(questions: Iterable[str]) -> str:
    """The questions that were read, as an output's record stores them."""
    return " ".join([mark(question) for question in sorted(questions)])


def write_build_log(
    fresh: Mapping[str, OutputRecord],
    rendered: Mapping[str, OutputRecord],
    asked: Mapping[str, str | None],
    last: LastBuild,
    structure: Structure,
    always: tuple[str, ...],
) -> tuple[BuildLog, StableValues | None]:
    """The build log after a build: kept records, those of rendered outputs, and the answers they `asked` for.

    `always` are the prefixes of questions that the structure does not answer. The stable values are None if
    they have not changed. Questions that no output asks any more are left out when much was rendered.
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
        # Without them, the other outputs could not be checked any more.
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
    """Whether each of these questions was asked before by one of the rendered outputs."""
    traces = (old.outputs.get(path) for path in rendered)
    read = {one for trace in traces if trace for one in trace.reads.split()}
    return all(mark(question) in read for question in answers)
