"""The site's full-text index by Pagefind, with letters that readers interchange folded into one.

Who has no Kazakh keyboard types к for қ. Pagefind folds no letters that Unicode keeps apart, so it
reads folded pages; what it then shows of them is put back from an index of the pages as they are.
Letter stands for letter, so that the places of the words agree.
"""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from compendium.errors import CompendiumError
from compendium.language import _

FOLDED = {"kk": "қк ғг ңн өо ұу үу іи әа һх ёе", "ru": "ёе"}
"""Pairs of a letter and what it is folded into, by language; `search.js` folds the query alike."""

_SIGNATURE = b"pagefind_dcd"  # Pagefind's, before the JSON of a fragment


def folded(text: str, language: str) -> str:
    """A text with its letters folded.

    Parameters
    ----------
    text : str
    language : str
        Code of the text's language; without an entry in `FOLDED` nothing changes.
    """
    pairs = FOLDED.get(language, "").split()
    letters = [*pairs, *(pair.upper() for pair in pairs)]
    return text.translate({ord(pair[0]): pair[1] for pair in letters})


def write(site: Path, language: str) -> None:
    """Make the index of an edition's pages in its folder `pagefind`.

    Parameters
    ----------
    site : Path
        Folder with the edition's pages.
    language : str
        Code of their language.
    """
    index = site / "pagefind"
    _pagefind(site, language)
    if language not in FOLDED:
        return
    with TemporaryDirectory(prefix="compendium-index-") as room:
        for page in site.glob("*.html"):
            text = folded(page.read_text(encoding="utf-8"), language)
            Path(room, page.name).write_text(text, encoding="utf-8")
        _pagefind(Path(room), language)
        shown = {page["url"]: page for page in map(fragment, _fragments(index))}
        for file in _fragments(Path(room, "pagefind")):
            told = json.dumps(shown[fragment(file)["url"]], ensure_ascii=False)
            file.write_bytes(gzip.compress(_SIGNATURE + told.encode(), mtime=0))
        shutil.rmtree(index)
        shutil.move(Path(room, "pagefind"), index)


def fragment(file: Path) -> dict:
    """What Pagefind keeps of a page: address, text, headings.

    Parameters
    ----------
    file : Path
        A file of its folder `fragment`.
    """
    return json.loads(gzip.decompress(file.read_bytes()).removeprefix(_SIGNATURE))


def _fragments(index: Path) -> list[Path]:
    return sorted((index / "fragment").iterdir())


def _pagefind(site: Path, language: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pagefind", "--site", str(site), "--force-language", language],
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise CompendiumError(
            _("Pagefind fails: {why}").format(why=done.stderr.strip() or done.stdout.strip())
        )
