"""What the fork server imports once, so that a kernel or a Sphinx build need not."""

import ipykernel.kernelapp  # noqa: F401
import IPython.core.interactiveshell  # noqa: F401
import matplotlib.pyplot  # noqa: F401
import myst_nb.sphinx_ext  # noqa: F401
import pandas  # noqa: F401
import seaborn  # noqa: F401
import sphinx.application
import sphinx.builders.singlehtml  # noqa: F401

import compendium.applicability
import compendium.audit
import compendium.book
import compendium.edition.pdf
import compendium.edition.sphinx_build
import compendium.screening
import compendium.search
import compendium.synthesis  # noqa: F401
