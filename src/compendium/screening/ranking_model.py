"""ASReview at work, in a process of its own: records and labels in, an order out, both as JSON.

It is run as a file by the Python that has ASReview, which need not be the compendium's: ASReview
asks for a version of pandas that the book has left behind. It imports nothing of the compendium.
"""

import json
import sys


def main() -> int:
    """Read the task from standard input, write the answer to standard output."""
    task = json.load(sys.stdin)
    try:
        import asreview
        import numpy as np
        import pandas as pd
        from asreview.learner import ActiveLearningCycle
        from asreview.models.models import get_ai_config
    except ImportError as error:
        json.dump({"error": "absent", "told": str(error)}, sys.stdout)
        return 0
    try:
        config = get_ai_config(task["model"])
        cycle = ActiveLearningCycle.from_meta(config["value"])
    except Exception as error:
        json.dump({"error": "model", "told": str(error)}, sys.stdout)
        return 0
    texts = pd.DataFrame({"title": task["titles"], "abstract": task["abstracts"]})
    features = cycle.transform(texts)
    at, labels = task["labelled"], np.array(task["labels"])
    open_ = task["open"]
    cycle.fit(features[at], labels)
    order = [int(open_[i]) for i in cycle.rank(features[open_])]
    json.dump({"order": order, "asreview": asreview.__version__, "model": config["label"]},
              sys.stdout)  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
