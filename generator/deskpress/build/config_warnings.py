"""What in a site's configuration leads nowhere, or has no texts: known when the whole site is."""

from __future__ import annotations

from deskpress.build.config import ConfigReport, SiteConfig
from deskpress.model.address import is_elsewhere
from deskpress.model.diagnostic import Diagnostic, Kind
from deskpress.model.output import address_of
from deskpress.model.site import NavItem
from deskpress.plan.redirects import path_of_file
from deskpress.render.linking import Linker
from deskpress.source.front_matter_keys import nearest


def redirect_warnings(config: SiteConfig, linker: Linker) -> list[Diagnostic]:
    """Redirects of the plug-in `redirects` with a broken target, or from the address of a page."""
    report = ConfigReport(config.file)
    pages = {address: path for path, address in linker.of_source.items()}
    for old, target in config.options.addons.redirects:
        file = target.partition("#")[0]
        if not target.lower().startswith(("http://", "https://")) and file not in linker.of_source:
            like = nearest(file, linker.of_source)
            hint = f"the nearest is `{like}`" if like else ""
            kind = Kind.EXPIRED if linker.site.withheld.get(file) == "expired" else Kind.OPTION
            problem = f"the redirect of `{old}` leads to `{file}`, which does not exist"
            report.warning(target, problem, hint, kind)
        if found := pages.get(address_of(path_of_file(old))):
            problem = f"`{old}` is not redirected: `{found}` has that address"
            report.warning(old, problem, "remove the redirect, or the file")
    return report.found


def languages_without_words(config: SiteConfig) -> list[Diagnostic]:
    """Languages for which the theme has no texts."""
    report = ConfigReport(config.file)
    for one in (config.options, *config.options.other_languages):
        if not one.words.texts and one.language.partition("-")[0] != "en":
            problem = f"the interface has no translation to `{one.language}`: it stays English"
            hint = f"put a translated `locales/{one.language}.po` into the theme's `custom_dir`"
            report.warning(one.language, problem, hint)
    return report.found


def navigation_warnings(config: SiteConfig, linker: Linker) -> list[Diagnostic]:
    """Broken entries of `nav`, `footer` and `widgets`, and a missing contact page."""
    report = ConfigReport(config.file)

    def check(items: tuple[NavItem, ...], prefix: str, what: str = "the navigation leads") -> None:
        for item in items:
            check(item.children, prefix, what)
            target = item.target
            external = is_elsewhere(target) or target.startswith("#")
            sources = (prefix + target, target)
            known = target.removeprefix("/") in linker.known or any(s in linker.of_source for s in sources)
            if target and not external and not known:
                choices = [*linker.of_source, *(f"/{address}" for address in linker.known)]
                like = nearest(target, choices)
                hint = f"the nearest is `{like}`" if like else ""
                expired = linker.is_shorter(target) or any(
                    linker.site.withheld.get(source) == "expired" for source in sources
                )
                kind = Kind.EXPIRED if expired else Kind.OPTION
                problem = f"{what} to `{target}`, which does not exist"
                report.warning(target, problem, hint, kind)

    for one in (config.options, *config.options.other_languages):
        for items in (one.nav, one.footer):
            check(items, one.prefix)
    main = config.options
    check(tuple(NavItem(*tool) for tool in main.widgets), "", "`widgets` lead")
    check((NavItem("", main.contact),), "", "`contact` leads")
    return report.found
