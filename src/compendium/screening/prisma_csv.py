"""The flow as the CSV file that the R package PRISMA2020 reads.

Columns and names of nodes are those of its `PRISMA.csv`: https://github.com/prisma-flowdiagram.
Texts are in the language in use; a number that is not reported is NA.
"""

from __future__ import annotations

import csv
import io

from compendium.language import N_, _
from compendium.screening import decisions
from compendium.screening.prisma import Flow
from compendium.spreadsheet import guarded

COLUMNS = ("data", "node", "box", "description", "boxtext", "tooltips", "url", "n")
_NA = "NA"

# Column `data`, `node`, `box` and the text, in the order of the package's own file.
ROWS = (
    (_NA, "node4", "prevstud", N_("Previous studies")),
    ("previous_studies", "node5", "box1", N_("Studies included in previous version of review")),
    ("previous_reports", _NA, "box1",
     N_("Reports of studies included in previous version of review")),
    (_NA, "node6", "newstud", N_("Identification of new studies via databases and registers")),
    ("database_results", "node7", "box2", N_("Databases")),
    ("register_results", _NA, "box2", N_("Registers")),
    (_NA, "node16", "othstud", N_("Identification of new studies via other methods")),
    ("website_results", "node17", "box11", N_("Websites")),
    ("organisation_results", _NA, "box11", N_("Organisations")),
    ("citations_results", _NA, "box11", N_("Citation searching")),
    ("duplicates", "node8", "box3", N_("Duplicate records")),
    ("excluded_automatic", _NA, "box3", N_("Records marked as ineligible by automation tools")),
    ("excluded_other", _NA, "box3", N_("Records removed for other reasons")),
    ("records_screened", "node9", "box4", N_("Records screened")),
    ("records_excluded", "node10", "box5", N_("Records excluded")),
    ("dbr_sought_reports", "node11", "box6", N_("Reports sought for retrieval")),
    ("dbr_notretrieved_reports", "node12", "box7", N_("Reports not retrieved")),
    ("other_sought_reports", "node18", "box12", N_("Reports sought for retrieval")),
    ("other_notretrieved_reports", "node19", "box13", N_("Reports not retrieved")),
    ("dbr_assessed", "node13", "box8", N_("Reports assessed for eligibility")),
    ("dbr_excluded", "node14", "box9", N_("Reports excluded")),
    ("other_assessed", "node20", "box14", N_("Reports assessed for eligibility")),
    ("other_excluded", "node21", "box15", N_("Reports excluded")),
    ("new_studies", "node15", "box10", N_("New studies included in review")),
    ("new_reports", _NA, "box10", N_("Reports of new included studies")),
    ("total_studies", "node22", "box16", N_("Total studies included in review")),
    ("total_reports", _NA, "box16", N_("Reports of total included studies")),
    ("identification", "node1", "identification", N_("Identification")),
    ("screening", "node2", "screening", N_("Screening")),
    ("included", "node3", "included", N_("Included")),
)  # fmt: skip

TEXTS = {data: text for data, _node, _box, text in ROWS if data != _NA}
"""English text of each box, marked for the catalog."""
HEADS = {box: text for data, _node, box, text in ROWS if data == _NA}
"""English headings of the three parts of the diagram."""


def write(flow: Flow) -> str:
    """The flow as CSV in the language in use."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for data, node, box, text in ROWS:
        told = _(text)
        url = f"{box if data == _NA else data}.html"
        rows.writerow([data, node, box, told, told, told, url, _count(flow, data)])
    return out.getvalue()


def _count(flow: Flow, data: str) -> str:
    if data in ("dbr_excluded", "other_excluded") and flow.reasons.get(data):
        # The package divides reasons by semicolons, and a reason from its number by a comma.
        return guarded("; ".join(
            f"{decisions.why(criterion).replace(',', ' ').replace(';', ' ')}, {n}"
            for criterion, n in flow.reasons[data].items()
        ))  # fmt: skip
    count = flow.counts.get(data)
    return _NA if count is None else str(count)
