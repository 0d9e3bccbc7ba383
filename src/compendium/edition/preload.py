"""What the fork server imports once, so that a kernel or a Sphinx build need not."""

# ruff: noqa: F401
import os

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

import compendium.applicability.figures
import compendium.applicability.portfolio_figures
import compendium.applicability.profile_figures
import compendium.applicability.ranking_figures
import compendium.applicability.sensitivity_figures
import compendium.applicability.survey.materials
import compendium.applicability.weights_page
import compendium.audit.figures
import compendium.audit.nanopubs
import compendium.book
import compendium.edition.pdf
import compendium.edition.sphinx_build
import compendium.screening.figures
import compendium.screening.prisma_figure
import compendium.screening.team
import compendium.search.export_run
import compendium.search.figures
import compendium.search.reading_tables
import compendium.synthesis.figures
