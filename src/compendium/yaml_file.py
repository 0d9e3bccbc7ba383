"""YAML files of people: what they say, or the line on which they are none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from compendium.errors import CompendiumError, absent
from compendium.language import _

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is ten times as fast


def read_yaml(file: Path, shown: Path | str | None = None) -> Any:
    """What a YAML file says.

    Parameters
    ----------
    file : Path
    shown : path-like, optional
        What the file is called for people; its own path if left out.

    Raises
    ------
    CompendiumError
        If the file is absent, or is not YAML in UTF-8: names the line.
    """
    shown = shown or file
    try:
        return yaml.load(file.read_text(encoding="utf-8-sig"), Loader=_LOADER)
    except FileNotFoundError:
        raise absent(shown) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or " ".join(str(error).split())
        raise CompendiumError(
            _("The file is not YAML in UTF-8: {why}.").format(why=why),
            path=shown, row=mark.line + 1 if mark else None,
            remedy=_("Look at this line and the one above: a colon needs a blank behind it, a "
                     "quotation mark its partner, and what belongs together the same indent."),
        ) from None
