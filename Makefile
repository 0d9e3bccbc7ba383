# The compendium: `make book` makes it, `make test` proves it. `make` prints the targets.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/compendium
EDITION ?=
EXPORT ?=
QUERY ?= 1
INTO ?=
NBVAL := JUPYTER_DEFAULT_PROVISIONER_NAME=compendium-fork $(VENV)/bin/python -m pytest --nbval
ONE := $(if $(EDITION),--edition $(EDITION))

# Python keeps what it compiled, also where a container forbids it: each start is seconds faster.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help book html watch pdf release check test notebooks lab diff catalogs serve bench update lock clean

help:  ## print the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## */  \1\t/' | expand -t 14

book: $(VENV)/ready  ## the site in every language; PDF, EPUB and Word files where there are none
	$(RUN) build $(ONE)

html: $(VENV)/ready  ## the site only; EDITION=code for one language
	$(RUN) build --only html $(ONE)

watch: $(VENV)/ready  ## serve the pages and renew them at each save; EDITION=code comes first
	$(RUN) watch $(ONE)

pdf: $(VENV)/ready  ## PDF, EPUB and Word files anew; EDITION=code for one language
	$(RUN) build --only pdf $(ONE)

release: $(VENV)/ready  ## as book, but refuse any message without a translation
	$(RUN) build --release

check: $(VENV)/ready  ## before a commit: style, types, data, and the tests of what changed
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(RUN) check
	$(VENV)/bin/python -m tools.check

test: $(VENV)/ready  ## all tests
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/python -m pytest
	$(NBVAL) chapters

notebooks: $(VENV)/ready  ## renew the outputs committed in chapters/
	$(RUN) notebooks

lab: $(VENV)/lab  ## open the chapters in JupyterLab; a run there touches no edition
	$(VENV)/bin/jupyter lab chapters

diff: $(VENV)/ready  ## let git diff show a chapter's sentences and code, without outputs
	git config diff.chapter.textconv "$(VENV)/bin/python tools/chapter_text.py"

catalogs: $(VENV)/ready  ## extract and merge translations, print coverage
	$(RUN) catalogs

serve: $(VENV)/ready  ## show the built site at a local address
	$(RUN) serve

bench: $(VENV)/ready  ## compare build and search with plain peers, as ratios; time the readers
	$(VENV)/bin/python benchmarks/bench.py
	$(VENV)/bin/python benchmarks/records_bench.py
	$(VENV)/bin/python benchmarks/dedup_bench.py
	$(VENV)/bin/python benchmarks/search_bench.py
	$(VENV)/bin/python benchmarks/laboratory_bench.py

update: $(VENV)/ready  ## screen what a new export adds: EXPORT=path QUERY=1|2
	$(RUN) update $(EXPORT) --query $(QUERY) $(if $(INTO),--into $(INTO))

lock: $(VENV)/ready  ## resolve the dependencies anew, for the book, for JupyterLab and for conda
	$(RUN) lock

clean:  ## remove what was built
	rm -rf _build

# uv is installed first, from the same hash-locked file, because it installs the rest in seconds.
$(VENV)/ready: requirements.lock pyproject.toml packages/scopus-query/pyproject.toml
	$(PYTHON) -m venv $(VENV)
	sed -n '/^uv==/,/[^\\]$$/p' requirements.lock > $(VENV)/uv.lock
	$(VENV)/bin/python -m pip install --quiet --require-hashes --no-deps -r $(VENV)/uv.lock
	$(VENV)/bin/uv pip sync --quiet --require-hashes --python $(VENV)/bin/python requirements.lock
	$(VENV)/bin/uv pip install --quiet --python $(VENV)/bin/python --no-deps --no-build-isolation -e packages/scopus-query -e .
	PYTHONDONTWRITEBYTECODE= $(VENV)/bin/python -c "import compendium.edition.preload"  # uv leaves bytecode to the first that may write it
	touch $@

$(VENV)/lab: $(VENV)/ready lab.lock
	$(VENV)/bin/uv pip install --quiet --require-hashes --python $(VENV)/bin/python -r lab.lock
	touch $@
