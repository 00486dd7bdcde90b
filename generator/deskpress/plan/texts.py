"""Plans texts for programs that read: `llms.txt` (https://llmstxt.org, 2024-09-03) and what it leads to.

Full texts lie in a file for each section of the help center and for each month, so that an edit changes one.
"""

from __future__ import annotations

from deskpress.model.document import AnyDocument
from deskpress.model.output import OutputSpec, copy_path, path_of
from deskpress.model.site import Options, Site
from deskpress.plan.drafting import Draft, Owner, owner_of
from deskpress.plan.lists import Lists
from deskpress.plan.sections import make_sections
from deskpress.plan.urls import document_address

NAME = "llms.txt"
FOLDER = "llms/"
TOP = "help"
"""The name of the file with the topics that lie in no section."""


def section_path(key: str, options: Options) -> str:
    """The file with the full texts of the section `key`; of an empty one the topics without a section."""
    return f"{options.prefix}{FOLDER}{TOP}/{key}.txt" if key else f"{options.prefix}{FOLDER}{TOP}.txt"


def month_path(month: str, options: Options) -> str:
    """The file with the whole posts of a month, `2012-03`."""
    return f"{options.prefix}{FOLDER}{month}.txt"


def texts_of(options: Options) -> tuple[str, ...]:
    """What the site gives programs, of `help`, `blog` and `pages`: the plug-in of that name makes its own."""
    return () if options.noindex or options.addons.llmstxt is not None else options.llms


def plan_texts(draft: Draft, site: Site, lists: Lists) -> None:
    """Add the texts that the site's option `llms` asks for, in one language."""
    options = site.options
    own = f"{options.prefix}{NAME}" in draft.own_files
    wanted = texts_of(options)
    helps, blogs = "help" in wanted and site.topics, "blog" in wanted and site.posts
    if (helps or blogs) and not own:
        draft.add(OutputSpec(f"{options.prefix}{NAME}", "llms_list"), Owner(f"the {NAME}"))
    owner = Owner("the full texts for programs")
    if helps:
        children = make_sections(site)[""].children.values()
        for key in [child.key for child in children if child.children]:
            draft.add(OutputSpec(section_path(key, options), "llms_section", ("section", key)), owner)
        if any(not child.children for child in children):
            draft.add(OutputSpec(section_path("", options), "llms_section", ("section", "")), owner)
    if blogs:
        for month in lists.months:
            draft.add(OutputSpec(month_path(str(month), options), "llms_month", ("month", str(month))), owner)
    if "pages" in wanted:
        documents: tuple[AnyDocument, ...] = (*site.topics, *site.posts, *site.pages)
        for document in documents:
            # A page that is only the text of a list has no page of its own.
            if path_of(address := document_address(document, options)) in draft.outputs:
                spec = OutputSpec(copy_path(path_of(address)), "page_copy", ("copy", document.path))
                draft.add(spec, owner_of(site, document))
