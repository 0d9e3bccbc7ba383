"""A Typst document drawn as PNG files beside it, by a process of its own.

Typst keeps what it has drawn, 200 MB for a book, until its process ends. So `ebook` runs this file
as a script; it imports nothing of the engine, and starts in a tenth of a second.
"""

from __future__ import annotations

import sys
from pathlib import Path

import typst


def main(document: Path, fonts: Path, sharpness: float) -> None:
    """Draw each page as `DOCUMENT-NUMBER.png`, from 0.

    Parameters
    ----------
    document : Path
    fonts : Path
        Folder of the fonts.
    sharpness : float
        Dots an inch.
    """
    try:
        made = typst.compile(
            document, root=document.parent, font_paths=[fonts], ignore_system_fonts=True,
            format="png", ppi=sharpness,
        )  # fmt: skip
    except typst.TypstError as error:
        sys.exit(error.message)
    for at, png in enumerate(made if isinstance(made, list) else [made]):
        document.with_name(f"{document.stem}-{at}.png").write_bytes(png)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]))
