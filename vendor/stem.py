"""Bundles Snowball's stemmers for browsers, as Sphinx's wheel ships them, one module for each language.

Sphinx 9.0.4 has Snowball 3.0, as `snowballstemmer` in the lock file has: both give the same stems.
"""

import hashlib
import importlib.metadata
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

SPHINX = "sphinx==9.0.4"
DIGEST = "5bebc595a5e943ea248b99c13814c1c5e10b3ece718976824ffa7959ff95fffb"
LANGUAGES = {
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "sv": "swedish",
}
TARGET = Path(__file__).resolve().parents[1] / "theme/assets/javascripts/search/stem"


def main() -> None:
    """Download the wheel, check it, write the modules."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, SPHINX]
        subprocess.run(command, check=True)
        wheel = next(Path(folder).glob("*.whl"))
        found = hashlib.sha256(wheel.read_bytes()).hexdigest()
        if found != DIGEST:
            sys.exit(f"{wheel.name} has the digest {found}, not {DIGEST}")
        with zipfile.ZipFile(wheel) as archive:

            def read(name: str) -> str:
                return archive.read(f"sphinx/search/minified-js/{name}-stemmer.js").decode()

            licence = importlib.metadata.distribution("snowballstemmer").read_text("licenses/COPYING")
            (TARGET / "LICENSE.txt").write_text(licence or "")
            base = read("base").strip().rstrip(";")
            for short, name in LANGUAGES.items():
                (TARGET / f"{short}.js").write_text(
                    "// Snowball 3.0 (https://snowballstem.org), BSD-3-Clause, as Sphinx 9.0.4 ships it.\n"
                    f"let BaseStemmer\n{base}\n{read(name).strip()}\n"
                    f"const stemmer = new {name.title()}Stemmer()\n"
                    "export const stem = (word) => stemmer.stemWord(word)\n"
                )


main()
