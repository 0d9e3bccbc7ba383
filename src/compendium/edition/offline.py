"""What a browser keeps of the book, to read it without a network, for a reader who asks for it.

The service worker lies at the root of the site, and so serves every language from any folder. What
it keeps is listed with hashes: a new build has another version, and is fetched anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from compendium import project
from compendium.edition.edition import FILES
from compendium.laboratory import runtime
from compendium.language import LANGUAGES

WORKER, LIST = "sw.js", "offline.json"
DOWNLOADS = "downloads"
"""Folder of an edition that nobody reads in a browser; what is printed is not kept either."""
_OF_SERVERS = (".nojekyll", "robots.txt", "sitemap.xml", WORKER, LIST)


def write(site: Path) -> dict:
    """Write the service worker, and the list of what it keeps.

    Parameters
    ----------
    site : Path
        Put together but for these two files.

    Returns
    -------
    dict
        `version`; `files`: hash and size by path; `sizes`: bytes by language, with what all share;
        `laboratory`: the version of its files, empty where there are none.
    """
    found = {file.relative_to(site).as_posix(): file for file in _read(site)}
    files = {path: _told(file) for path, file in sorted(found.items())}
    editions = [code for code in LANGUAGES if (site / code).is_dir()]
    shared = sum(size for path, (_hash, size) in files.items()
                 if path.partition("/")[0] not in editions)  # fmt: skip
    sizes = {
        code: shared + sum(size for path, (_hash, size) in files.items()
                           if path.startswith(f"{code}/"))
        for code in editions
    }  # fmt: skip
    version = hashlib.sha256(json.dumps(files).encode()).hexdigest()[:12]
    manifest = site / runtime.FOLDER / runtime.MANIFEST
    laboratory = json.loads(manifest.read_bytes())["version"] if manifest.is_file() else ""
    told = {"version": version, "files": files, "sizes": sizes, "laboratory": laboratory}
    (site / LIST).write_text(json.dumps(told) + "\n", encoding="utf-8")
    worker = project.theme("root", WORKER).read_text(encoding="utf-8")
    (site / WORKER).write_text(f"/* {version} */\n{worker}", encoding="utf-8")
    return told


def _read(site: Path) -> Iterator[Path]:
    """The files that a page, or another file of the site, asks for."""
    printed = {Path(name).suffix for name in FILES.values()}
    for file in site.rglob("*"):
        parts = file.relative_to(site).parts
        is_taken_away = DOWNLOADS in parts[1:2] or (len(parts) == 2 and file.suffix in printed)
        if file.is_file() and not is_taken_away and file.name not in _OF_SERVERS:
            yield file


def _told(file: Path) -> tuple[str, int]:
    content = file.read_bytes()
    return hashlib.sha256(content).hexdigest()[:16], len(content)
