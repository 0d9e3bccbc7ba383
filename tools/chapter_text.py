"""A notebook as text for `git diff`: its cells without outputs, so that a change shows as itself.

`.gitattributes` says that notebooks are compared this way; what the way is, each clone is told
once, by `make diff`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def text_of(notebook: dict) -> str:
    """Sources and tags of a notebook's cells, in their order."""
    out = []
    for cell in notebook["cells"]:
        tags = " ".join(cell["metadata"].get("tags", []))
        out.append(f"\n--- {cell['cell_type']}{f' [{tags}]' if tags else ''}")
        source = cell["source"]
        out.append(source if isinstance(source, str) else "".join(source))
    return "\n".join(out) + "\n"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(text_of(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
