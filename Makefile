# Two commands do it all: `make brief` and `make test`.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin

.PHONY: help brief test lint evals browser postgres clean
help:
	@echo "make brief   set up, then tell the example stories"
	@echo "make test    set up, then run every test"
	@echo "make lint    ruff and mypy"
	@echo "make evals   accuracy on the corpora, against the floors in evals/floors.toml"
	@echo "make browser install Chromium for the browser tests (Debian, as root)"
	@echo "make postgres install PostgreSQL for the tests of libraries on it (Debian, as root)"

$(VENV)/.run: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(RUN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	$(RUN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

brief: $(VENV)/.run
	$(RUN)/secondsource brief examples --html brief.html
	$(RUN)/secondsource brief examples

test: $(VENV)/.dev
	$(RUN)/python -m pytest

lint: $(VENV)/.dev
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy

evals: $(VENV)/.dev
	$(RUN)/python -m pytest -m corpus

browser:
	command -v chromium >/dev/null || (apt-get -qq update && apt-get -qq install -y chromium)

postgres:
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || (apt-get -qq update && apt-get -qq install -y postgresql)

clean:
	rm -rf $(VENV) dist build brief.html .mypy_cache .ruff_cache .pytest_cache
