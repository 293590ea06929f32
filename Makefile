# Two commands do it all: `make run` starts the chat, `make test` passes the tests.
# Everything is installed into .venv, once, and again when pyproject.toml changes.
.POSIX:
PYTHON = python3
VENV = .venv
BIN = $(VENV)/bin

.PHONY: run test check unit clean

run: $(VENV)/.installed
	$(BIN)/kildesvar chat

test: check unit

check: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

unit: $(VENV)/.installed-test
	PATH="$(CURDIR)/$(BIN):$$PATH" KILDESVAR_CHROMIUM="$$(sh tests/web/chromium.sh "$(BIN)")" $(BIN)/python -m pytest

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Kildesvar needs Python 3.11 or newer; set PYTHON=…" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.installed-test: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $(VENV)/.installed $@

clean:
	rm -rf $(VENV)
