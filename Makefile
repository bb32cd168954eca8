# One command to try it, one to test it. `make` alone lists the rest. Needs Python 3.11+, git and GNU make, nothing else.

SHELL := bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

# PORT, DATABASE_URL and PYTHON may be given: make run PORT=8001 DATABASE_URL=postgres://…
PORT ?= 8000

VENV := .venv
PY := $(VENV)/bin/python
# -qq: pip speaks of errors only; its warnings are about the machine's package index.
PIP := $(PY) -m pip install -qq --disable-pip-version-check --no-input --require-hashes

# Touched when the pinned requirements are installed, so that they are installed again only when their file changes.
INSTALLED := $(VENV)/.requirements
INSTALLED_DEV := $(VENV)/.requirements-dev
STATIC := staticfiles/staticfiles.json

# What a first try needs. A real server sets its own: see Settings in README.md.
TRY := DEBUG=0 HTTPS=0 ALLOWED_HOSTS=127.0.0.1,localhost SECRET_KEY="$${SECRET_KEY:-$$(cat .secret-key)}"

.PHONY: help
help:  ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# ---- Try it ----

.PHONY: run
run: port $(INSTALLED) .secret-key $(STATIC)  ## serve the timeline with its demo reports on 127.0.0.1:8000 (or PORT)
	@$(TRY) $(PY) manage.py migrate --no-input --verbosity 0
	@$(TRY) $(PY) manage.py demo
	@echo
	@echo "  Timeline  http://127.0.0.1:$(PORT)/"
	@echo "  Editors   http://127.0.0.1:$(PORT)/admin/"
	@echo "  Ctrl+C stops it."
	@$(TRY) exec $(PY) -m gunicorn timeline.wsgi --bind 127.0.0.1:$(PORT) --workers 2 --threads 4 \
	  --log-level warning --no-control-socket

.PHONY: manage
manage: $(INSTALLED) .secret-key  ## run one command of manage.py with the settings of `make run`: make manage ARGS="check"
	@$(TRY) $(PY) manage.py $(ARGS)

# Before anything else: a port that is taken is better known now than after the installation.
.PHONY: port
port:
	@[[ "$(PORT)" =~ ^[1-9][0-9]{0,4}$$ ]] && (( $(PORT) <= 65535 )) || { \
	  echo "PORT=$(PORT) is no port: give a number from 1 to 65535, as in: make run PORT=8001" >&2; exit 1; }
	@if (exec 3<>/dev/tcp/127.0.0.1/$(PORT)) 2>/dev/null; then \
	  echo "Port $(PORT) on 127.0.0.1 is taken by another program. Stop it, or choose another port: make run PORT=$$(( $(PORT) % 65535 + 1 ))" >&2; \
	  exit 1; fi

.secret-key: | $(PY)
	@umask 077; $(PY) -c 'import secrets; print(secrets.token_urlsafe(50))' > $@

$(STATIC): $(INSTALLED) timeline/settings.py $(shell find static 2>/dev/null)
	@echo "Collecting the static files ..."
	@DEBUG=0 $(PY) manage.py collectstatic --no-input --clear --verbosity 0
	@touch $@

# ---- Test it ----

# pytest comes last, so that its closing line ends the output. No database is made by the steps before it.
.PHONY: test
test: lint  ## lint, types, migrations, then the whole test suite, browser included (ARGS goes to pytest)
	@DATABASE_URL=sqlite://:memory: $(PY) manage.py makemigrations --check --dry-run
	@$(PY) -m pytest $(ARGS)

.PHONY: lint
lint: $(INSTALLED_DEV)  ## ruff and mypy
	@$(PY) -m ruff check
	@$(PY) -m ruff format --check
	@$(PY) -m mypy timeline

.PHONY: format
format: $(INSTALLED_DEV)  ## put the code in ruff's form, and mend what ruff can mend
	@$(PY) -m ruff check --fix-only --quiet
	@$(PY) -m ruff format

# ---- Keep it ----

COMPILE := CUSTOM_COMPILE_COMMAND="make requirements" $(PY) -m piptools compile --quiet --generate-hashes --no-emit-index-url \
  --no-emit-trusted-host --no-emit-find-links --strip-extras --allow-unsafe

.PHONY: requirements
requirements: $(INSTALLED_DEV)  ## pin requirements*.in into requirements*.txt with hashes (ARGS=--upgrade for newer ones)
	@$(COMPILE) $(ARGS) --output-file=requirements.txt requirements.in
	@$(COMPILE) $(ARGS) --output-file=requirements-dev.txt requirements-dev.in

.PHONY: clean
clean:  ## remove what can be made again; the database and the secret key stay
	@rm -rf $(VENV) staticfiles test-results .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find timeline tests -name __pycache__ -type d -prune -exec rm -rf {} +

# ---- The virtual environment ----

# The first Python that is new enough.
PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$each; break; }; done)

$(PY):
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Python 3.11 or newer is needed; here $(or $(PYTHON),python3) is: $$($(or $(PYTHON),python3) --version 2>&1 | head -n 1)." >&2; \
	  echo "Install one, or name one: make $(or $(firstword $(MAKECMDGOALS)),run) PYTHON=/path/to/python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) cannot make virtual environments: its venv module is missing." >&2; \
	  echo "On Debian or Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }
	@echo "Making a virtual environment in $(VENV) ..."
	@"$(PYTHON)" -m venv --clear $(VENV) || { rm -rf $(VENV); exit 1; }

$(INSTALLED): requirements.txt | $(PY)
	@echo "Installing requirements.txt ..."
	@$(PIP) -r requirements.txt
	@touch $@

$(INSTALLED_DEV): requirements-dev.txt $(INSTALLED)
	@echo "Installing requirements-dev.txt ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@
