"""All inputs of a build, scanned but not yet read."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from deskpress.build.content import Content, find_content
from deskpress.build.moment import read_moment
from deskpress.build.request import Project
from deskpress.engine.fingerprint import digest
from deskpress.engine.reads import answer
from deskpress.model.site import Moment
from deskpress.templating.theme import template_digest, theme_assets


class Inputs(Struct, frozen=True):
    """The configuration, the files of the content and of the theme (by their path in the site), the time."""

    project: Project
    content: Content
    theme: dict[str, Path]
    moment: Moment

    def file(self, question: str) -> str | None:
        """The digest of a template or of a file of the theme, or what plug-ins would read; or None."""
        kind, _, name = question.partition(":")
        if kind == "read":
            return answer(name, str(self.project.config.folder))
        if kind == "template":
            return template_digest(self.project.config.theme.folders, name)
        path = self.theme.get(name)
        return digest(path.read_bytes()) if path is not None and path.is_file() else None


def look(project: Project) -> Inputs:
    """Collect all inputs. The clock and the environment are read here, and nowhere else."""
    moment = read_moment(project.config.moment, project.options.timezone, os.environ, datetime.now(UTC))
    content = find_content(project, moment.at)
    return Inputs(project, content, theme_assets(project.config.theme), moment)
