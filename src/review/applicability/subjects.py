"""What the facts about a context bear on: barriers, enablers, models, or the industry itself."""

from __future__ import annotations

import pandas as pd

from compendium.ranking.context import Context


def subjects(
    context: Context, barriers: pd.DataFrame, enablers: pd.DataFrame, models: pd.DataFrame
) -> dict[str, list[str]]:
    """Codes that a section of the chapter shows facts for.

    Parameters
    ----------
    context : Context
    barriers, enablers, models : DataFrame
        Tables of these names.

    Returns
    -------
    dict
        Lists of codes under `barriers`, `enablers` and `models`; under `industry` whatever else
        the context's facts bear on, in their order.
    """
    known = {
        "barriers": list(barriers["barrier"]),
        "enablers": list(enablers["enabler"]),
        "models": list(models["model"]),
    }
    taken = {code for codes in known.values() for code in codes}
    other = [code for code in dict.fromkeys(context.facts["bears_on"]) if code not in taken]
    return {"industry": other, **known}
