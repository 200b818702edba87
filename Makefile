# Pellucid: every task of this project. `make` lists them.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
TORCH  := $(VENV)/torch
BUILD  := $(BIN)/python hatch_build.py
MADE   := .build dist src/pellucid/engine/build src/pellucid/site src/pellucid/widget/build web/src/engine/bindings.ts \
          web/src/experiment/generated web/src/experiment/schema.json web/src/export/scripts.json \
          web/src/inside/formulas.json
LOCKED := --quiet --universal --python-version 3.11 --no-annotate --no-emit-index-url --no-emit-find-links
CACHES := .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache test-results

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help play docs test heavy torch check format setup engine page build programs bench lock clean

help: ## List the tasks
	@echo 'Pellucid: a playground for neural networks that you can see through.'
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo 'Start with `make play`; it needs Python 3.11 or newer and the package registries. Every task sets up what it'
	@echo 'needs the first time, in .venv and web/node_modules. Options: make play ARGS="--port 9000 --no-browser",'
	@echo 'make test ARGS="-k link", make setup PYTHON=python3.13.'

play: build ## Build what changed, serve the page on this machine and open it
	@$(BIN)/pellucid $(ARGS)

docs: build ## Build the documentation and say where to open it
	@$(BIN)/sphinx-build -W --keep-going --nitpicky --quiet --fresh-env --doctree-dir .build/doctrees docs .build/docs
	@echo 'The documentation is in $(CURDIR)/.build/docs/index.html'

test: build programs ## Run every test: the engine, the package, the page in Node and in a browser
	$(BUILD) npm web test
	$(BIN)/pytest --numprocesses auto --dist loadfile $(ARGS)

heavy: build programs ## Run the large matrices of which the usual tests are a sample (some minutes)
	$(BIN)/pytest --numprocesses auto -m heavy $(ARGS)

torch: build $(TORCH)/.packages ## Run the PyTorch scripts with PyTorch, in an environment of their own (optional: large)
	TORCH_PYTHON=$(CURDIR)/$(TORCH)/bin/python $(BIN)/pytest --numprocesses auto -m torch $(ARGS)

check: setup ## Check format, style, types, imports and docstrings, in Python and TypeScript
	$(BIN)/validate-pyproject pyproject.toml
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	PYTHONPATH=src $(BIN)/lint-imports --no-logo
	$(BIN)/numpydoc lint hatch_build.py $$(find src -name '*.py' | sort)
	$(BUILD) npm web run lint
	$(BUILD) npm web run check

format: setup ## Format the Python and TypeScript sources
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BUILD) npm web run format

bench: build ## Measure training speed beside other libraries, as a table
	$(BUILD) npm benchmarks
	$(BIN)/python -m benchmarks $(ARGS)

setup: $(VENV)/.packages ## Make the Python environment in .venv

engine: setup ## Compile the engine for the browser and for this machine
	@$(BUILD) engine

page: setup ## Build the page and the widget for notebooks
	@$(BUILD)

build: page $(VENV)/.pellucid ## Build the engine, the page and the widget, and install the package in .venv

programs:
	@tests/programs.sh

lock: setup ## Choose the newest versions of the Python packages; write constraints.txt and requirements.txt
	$(BIN)/uv pip compile $(LOCKED) --upgrade --generate-hashes --custom-compile-command 'make lock' --group dev --all-extras \
	  --output-file constraints.txt pyproject.toml
	echo '# For hosts that install what this file says: Pellucid, and what it needs. `make lock` wrote it.' > requirements.txt
	$(BIN)/uv pip compile $(LOCKED) --no-header --constraint constraints.txt pyproject.toml >> requirements.txt
	echo . >> requirements.txt

clean: ## Remove everything that was built (the environments in .venv and node_modules stay)
	rm -rf $(MADE) $(CACHES)

$(VENV)/.packages: constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Pellucid needs Python 3.11 or newer; choose one with PYTHON=…")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement constraints.txt
	@touch $@

$(TORCH)/.packages: $(VENV)/.packages
	$(PYTHON) -m venv $(TORCH)
	$(TORCH)/bin/python -m pip install --quiet --disable-pip-version-check 'torch >= 2' numpy
	@touch $@

$(VENV)/.pellucid: pyproject.toml hatch_build.py $(VENV)/.packages | page
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
