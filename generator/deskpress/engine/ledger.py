"""What each output was made from, and why it has to be made again.

A question (`body:posts/a.md`, `template:post.html`) has one answer for the whole site, so the ledger keeps
each answer's fingerprint once, and for each output the numbers of the questions that its render asked: their
places in the order of `answers`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct, field

from deskpress.engine.stamps import Stamp

FEW = 8
"""While less than one output in so many was rendered, the others keep the numbers of their questions."""


class Trace(Struct, frozen=True, array_like=True):
    """One output as it was last rendered. `reads` are numbers of questions in the ledger."""

    recipe: str
    reads: tuple[int, ...]
    stamp: Stamp


class Ledger(Struct, frozen=True):
    """The questions with their answers' fingerprints, and the traces by path.

    `structure` is the fingerprint of all from which most questions are answered: while it stays, so do
    the answers, and only the others (`always`) need be asked. Ledgers of one `numbering` number the same
    questions alike.
    """

    answers: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, Trace] = field(default_factory=dict)
    structure: str = ""
    numbering: int = 0

    def changed(
        self, now: Callable[[str], str | None], structure: str, always: tuple[str, ...]
    ) -> dict[int, str]:
        """The questions that are answered differently now, with a word on how.

        `always` are the beginnings of questions that the structure does not answer.
        """
        found = {}
        same = structure == self.structure
        for number, (question, before) in enumerate(self.answers.items()):
            if same and not question.startswith(always):
                continue
            answer = now(question)
            if answer != before:
                found[number] = f"{question} {'is gone' if answer is None else 'changed'}"
        return found


def why_stale(
    trace: Trace | None, recipe: str, changed: Mapping[int, str], on_disk: Stamp | None
) -> str | None:
    """Say why an output must be rendered again, or None if it is fresh."""
    if trace is None:
        return "never rendered"
    if trace.recipe != recipe:
        return "the recipe changed (code, options or tool versions)"
    if not changed.keys().isdisjoint(trace.reads):
        return next(changed[number] for number in trace.reads if number in changed)
    if on_disk is None:
        return "the file is gone"
    if on_disk.digest != trace.stamp.digest:
        return "the file was changed by somebody else"
    return None


def write_ledger(
    fresh: Mapping[str, Trace],
    rendered: Mapping[str, tuple[str, Iterable[str], Stamp]],
    old: Ledger,
    now: Callable[[str], str | None],
    structure: str,
) -> Ledger:
    """The ledger after a build: traces that stay, and (recipe, questions, stamp) of what was rendered.

    Questions that nobody asks any more are left out when much was rendered.
    """
    small = len(rendered) * FEW < len(fresh)
    answers = dict(old.answers) if small else {}
    outputs = dict(fresh) if small else {}
    asked = {question for _, questions, _ in rendered.values() for question in questions}
    # Only of those that are looked up: there may be a hundred thousand.
    numbers = {question: number for number, question in enumerate(answers) if question in asked}

    def number(question: str, answer: str | None) -> int:
        if question not in numbers:
            numbers[question] = len(answers)
        answers[question] = answer or ""
        return numbers[question]

    if not small:
        known = list(old.answers.items())
        moved: dict[int, int] = {}
        for path, trace in fresh.items():
            for read in trace.reads:
                if read not in moved:
                    moved[read] = number(*known[read])
            reads = tuple([moved[read] for read in trace.reads])
            outputs[path] = Trace(trace.recipe, reads, trace.stamp)
    for path, (recipe, questions, stamp) in rendered.items():
        reads = tuple([number(question, now(question)) for question in sorted(questions)])
        outputs[path] = Trace(recipe, reads, stamp)
    return Ledger(answers, outputs, structure, old.numbering + (not small))
