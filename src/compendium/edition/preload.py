"""What the fork server imports once, so that a kernel or a Sphinx build need not."""

# ruff: noqa: F401
import gc
import importlib
import importlib.util
import os
import pkgutil

# ipykernel imports its debugger whether or not anybody debugs, and the debugger warns of it.
os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")

import bs4
import ipykernel.debugger
import ipykernel.ipkernel
import ipykernel.kernelapp
import IPython.core.interactiveshell
import matplotlib.backends.backend_svg
import matplotlib.pyplot
import matplotlib_inline.backend_inline
import myst_nb.sphinx_ext
import narwhals
import openpyxl
import pandas
import pyarrow.pandas_compat
import pymcdm.correlations
import pymcdm.methods
import pypandoc
import rdflib.plugins.serializers.trig
import sphinx.application
import sphinx.builders.singlehtml
import sphinx_design
import sphinxcontrib.bibtex
import typst

import compendium.chapter
import compendium.claims.nanopubs
import compendium.edition.pdf
import compendium.edition.sphinx_build
import compendium.ranking.ranking_figures
import compendium.ranking.sensitivity_figures
import compendium.ranking.weights_page
import compendium.screening.prisma_layout
import compendium.search.export_run
import compendium.search.reading_tables
import compendium.survey.materials

_own = importlib.util.find_spec("review")
for _module in pkgutil.walk_packages(_own.submodule_search_locations if _own else [], "review."):
    importlib.import_module(_module.name)
# A collection in a forked process would write to every page that it shares with the others.
gc.collect()
gc.freeze()
