"""The requirements of a site on hosted git, with hashes: the versions that this Deskpress was tested with.

The lock file of the checkout (`requirements/site.txt`) is in the wheel. Deskpress itself can't be in it,
since a wheel can't contain its own hash: that comes from the record of how this Deskpress was installed, if
there is one (PEP 610: from a file or an address, not from an index). Without it pip refuses to install, with
an explanation: a package named only by its version is whatever an index returns for that name.
"""

from __future__ import annotations

import json
import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urldefrag

from deskpress import __version__

ALL = "requirements.txt"
BUILDERS = "requirements-build.txt"

_TOOL = "setuptools"
"""What builds the packages without a wheel (feedgen): pip would else fetch the newest, without a hash."""

_ENTRY = re.compile(rf"^{_TOOL}==.*\\\n(?: +--hash=\S+(?: \\)?\n)+", re.M)
_SHA256 = re.compile(r"[0-9a-f]{64}")

_KNOWN = """\
# What the workflow installs. pip takes nothing whose hash is not here; plug-ins of the site go here, too.
{own} \\
    --hash=sha256:{hash}
"""

_UNKNOWN = """\
# What the workflow installs. pip takes nothing whose hash is not here; plug-ins of the site go here, too.
# The hash of Deskpress itself was not known when this was written. Until it is here, nothing is installed:
#   pip download --no-deps deskpress=={version}
#   pip hash deskpress-{version}-py3-none-any.whl
# Write what the second line prints behind the version.
deskpress=={version}
"""

HINT = f"{ALL}: add the hash of deskpress, as its first lines say; until then the workflow installs nothing"


def requirement_files(direct_url: str | None) -> dict[str, str]:
    """`requirements.txt` and `requirements-build.txt`; `direct_url` is PEP 610's record, None for none."""
    lock = _lock().read_text(encoding="utf-8")
    tool = _ENTRY.search(lock)
    assert tool is not None, f"the lock file lacks {_TOOL}"
    known = _origin(direct_url)
    head = _KNOWN.format(own=known[0], hash=known[1]) if known else _UNKNOWN.format(version=__version__)
    comment = "# What builds packages that have no wheel; the workflow installs it first.\n"
    return {ALL: head + lock, BUILDERS: comment + tool[0]}


def own_record() -> str | None:
    """How this Deskpress was installed, as recorded by PEP 610; None if it came from an index."""
    try:
        return distribution("deskpress").read_text("direct_url.json")
    except PackageNotFoundError:
        return None


def is_whole(files: dict[str, str]) -> bool:
    """Whether pip would install from these files: Deskpress has its hash."""
    return f"\ndeskpress=={__version__}\n" not in files[ALL]


def _lock() -> Path:
    """The lock file: next to the package in a wheel, in `requirements/` of a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "requirements.txt"
    return inside if inside.is_file() else package.parents[1] / "requirements/site.txt"


def _origin(direct_url: str | None) -> tuple[str, str] | None:
    """What pip is to install, and its SHA-256; None if it came from no archive, or without a hash."""
    try:
        record = json.loads(direct_url or "")
        archive, url = record["archive_info"], str(record["url"])
        value = archive.get("hashes", {}).get("sha256") or archive["hash"].removeprefix("sha256=")
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        return None
    # A local file does not exist on the machine that builds the site: there an index must have it.
    web = url.startswith("https://") and url.isascii() and url.isprintable() and " " not in url
    return (f"deskpress @ {urldefrag(url)[0]}" if web else f"deskpress=={__version__}"), value
