"""Why a query finds what it finds, in plain words: how it is understood, and what a page holds of it."""

from __future__ import annotations

from deskpress.render.query import Hit, Index
from deskpress.render.understanding import COMMON, MAX_LETTERS, Slot, Understood, units_of

MOST_NAMED = 5
"""Synonyms that are named."""

_WHY = {
    "": "",
    "hyphen": "its parts",
    "joined": "written together with the word beside it",
    "begun": "words that begin so",
    "slip": "a slip put right",
    "apart": "two words written together",
    "same": "synonyms of the site",
    COMMON: "synonyms of any help center",
    "compound": "compounds with it",
    "stands for": "what the acronym stands for",
    "acronym": "its acronym",
}


def of_query(query: str, index: Index) -> list[str]:
    """How a query is understood: a line for each of its words that is not looked for just as it is typed."""
    understood, lexicon = index.understood(query), index.understanding.lexicon
    lines = []
    used = " ".join(slot.typed for slot in understood.slots).split()
    typed = [unit.typed for unit in units_of(query[:MAX_LETTERS], index.understanding.stem)]
    if unused := [word for word in dict.fromkeys(typed) if word not in used]:
        lines.append(f"left out: {', '.join(unused)}")
    for slot in understood.slots:
        told = []
        if not index.frequency(slot.alternatives[0].terms[0]):
            told.append("stands on no page")
        if slot.typed in lexicon.weak:
            told.append("tells little, and counts less")
        for why, reason in _WHY.items():
            terms = [" ".join(one.terms) for one in slot.alternatives if why and one.why == why]
            terms = [term for term in terms if index.frequency(term.split(" ", maxsplit=1)[0])]
            if terms:
                more = ", …" if len(terms) > MOST_NAMED else ""
                told.append(f"looked for, too: {', '.join(terms[:MOST_NAMED])}{more} ({reason})")
        if told:
            lines.append(f"{slot.typed}: {'; '.join(told)}")
    return lines


def of_hit(hit: Hit, understood: Understood, index: Index) -> list[str]:
    """What a page holds of a query, with its share of the score, and what it lacks."""
    shares = index.shares(hit.path, understood)
    whole = shares.added
    in_title = {term for unit in units_of(hit.shown.title, index.understanding.stem) for term in (unit.term,)}
    parts, lacks = [], []
    for slot, part in zip(understood.slots, shares.slots, strict=True):
        if not part.terms:
            lacks.append(slot.typed)
            continue
        said = _held(slot, part.terms)
        where = ", in the title" if {*part.terms} <= in_title else ""
        rest = ", not all of it" if part.share < 1 else ""
        parts.append((part.score, f"{said}{where}{rest}: {_percent(part.score, whole)}"))
    for score, what in (
        (shares.pairs, "words that follow each other in its title or a heading"),
        (shares.wholes, "a title or heading that is just this"),
        (shares.near, "words in one passage"),
    ):
        if score:
            parts.append((score, f"{what}: {_percent(score, whole)}"))
    lines = ["; ".join(text for _, text in sorted(parts, key=lambda one: -one[0]))]
    if lacks:
        lines.append(f"lacks {', '.join(lacks)}: {shares.covered:.0%} of its score is left")
    if shares.kind != 1:
        lines.append(f"times {shares.kind:g}, as it is a {hit.shown.kind} or is boosted")
    return lines


def _held(slot: Slot, terms: tuple[str, ...]) -> str:
    said = " ".join(terms)
    return said if {*terms} <= {*slot.alternatives[0].terms} else f"{said} for {slot.typed}"


def _percent(part: float, whole: float) -> str:
    return f"{part / whole:.0%}" if whole else "0%"
