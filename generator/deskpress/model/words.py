"""The words of the interface in one language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from gettext import c2py
from typing import TYPE_CHECKING

from markupsafe import Markup, escape
from msgspec import Struct, field

if TYPE_CHECKING:
    from babel import Locale

NUMBERS = (*range(201), 1_000_000)
"""Numbers that cover every plural form; some languages have one for large numbers only."""

GERMANIC = "n != 1"
"""The plural rule of English, and of a catalog that does not define one."""


class Words(Struct, frozen=True):
    """The interface texts of a language: translations by the English text, which is used if there is none.

    Values replace `%(name)s`. `forms` are those of texts with a number, by the English singular; `plural`
    is gettext's rule, a C expression that returns the index of the form for a number `n`. `scripts` are the
    texts that scripts use; None for all of them.
    """

    language: str = "en"
    texts: Mapping[str, str] = field(default_factory=dict)
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    plural: str = GERMANIC
    scripts: frozenset[str] | None = None

    def __call__(self, text: str, /, **values: object) -> str:
        """`text` in this language."""
        found = self.texts.get(text, text)
        return found % values if values else found

    def html(self, text: str, /, **values: object) -> Markup:
        """`text` as HTML; values are escaped unless they are HTML themselves."""
        found = escape(self.texts.get(text, text))
        return found % values if values else found

    def many(self, one: str, more: str, number: int, /, **values: object) -> str:
        """`one` or `more`, depending on `number`, which replaces `%(number)s`."""
        forms, rule = self.forms.get(one), self.plural
        if forms is None:
            forms, rule = (one, more), GERMANIC
        return forms[min(_rule(rule)(number), len(forms) - 1)] % {"number": number, **values}

    def for_scripts(self) -> bytes:
        """The texts of scripts, as JSON; plural forms by CLDR's category, which browsers know."""
        number, rule = locale_of(self.language).plural_form, _rule(self.plural)
        places = {number(n): rule(n) for n in NUMBERS}
        wanted = (lambda text: True) if self.scripts is None else self.scripts.__contains__
        said = {
            "texts": {text: found for text, found in sorted(self.texts.items()) if wanted(text)},
            "forms": {
                text: {category: found[min(at, len(found) - 1)] for category, at in sorted(places.items())}
                for text, found in sorted(self.forms.items())
                if wanted(text)
            },
        }
        return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


_rule = cache(c2py)


@cache
def locale_of(language: str) -> Locale:
    """The CLDR locale of an MkDocs language (`en`, `pt-BR`); English for one that CLDR lacks."""
    from babel import Locale, UnknownLocaleError  # not needed by a build that has nothing to do

    try:
        return Locale.parse(language, sep="-" if "-" in language else "_")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


ENGLISH = Words()
