# Every command of the project. Nothing here needs root, Docker or a key: Python >= 3.11, Node >= 20, npm and make.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
# Python and Node packages are installed at the same time.
MAKEFLAGS += --no-builtin-rules --jobs=2

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
UV_VERSION := 0.13.8

# Ports of `make up` and `make dev`, to be chosen on the command line: make up API_PORT=55321
DB_PORT = 54322
API_PORT = 54321
FUNCTIONS_PORT = 54323
PORTS = --postgres-port $(DB_PORT) --api-port $(API_PORT) --functions-port $(FUNCTIONS_PORT)

# What pytest gets: make test ARGS="tests/database -k ledger"
ARGS =
# One benchmark by name: make bench ONLY=name
ONLY =
# Size of the population of make scale and make bench: 1 is 10,000 users
FACTOR =

.DEFAULT_GOAL := help
.PHONY: help setup demo test dev up down status check format bench scale package lock clean

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

setup: $(VENV)/.ready node_modules/.ready ## Install what the rest needs; instant when nothing changed

$(VENV)/.ready: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version.split()[0])'
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@$(PY) -m uv --version 2>/dev/null | grep -q ' $(UV_VERSION)' || $(PY) -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@echo "Installing Python packages"
	@VIRTUAL_ENV=$(CURDIR)/$(VENV) $(PY) -m uv pip sync --quiet --require-hashes requirements.lock
	@touch $@

node_modules/.ready: package-lock.json
	@node -e 'if (+process.versions.node.split(".")[0] < 20) { console.error("Node 20 or newer is needed, this is " + process.version); process.exit(1) }'
	@echo "Installing Node packages"
	@npm ci --loglevel=error --no-audit --no-fund
	@touch $@

demo: setup ## The main job end to end, told step by step; leaves files in out/
	@$(PY) -m local.demo

test: setup ## Every test
	@$(PY) -m pytest -n 2 --dist loadfile $(ARGS)

dev: setup ## The stack with reload, until Ctrl-C
	@$(PY) -m local dev $(PORTS)

up: setup ## The stack in the background; writes .local/env
	@$(PY) -m local up $(PORTS)

down: setup ## Stop the stack
	@$(PY) -m local down $(PORTS)

status: setup ## Which parts of the stack run
	@$(PY) -m local status $(PORTS)

check: setup ## Lint, types, import contracts, SQL lint, database advisors, lock files
	@$(PY) -m local.check

format: setup ## Put code and SQL into the house format
	@$(VENV)/bin/ruff check --fix --exit-zero --quiet .
	@$(VENV)/bin/ruff format .

bench: setup ## Performance against baselines of the same run; writes out/bench.json
	@$(if $(FACTOR),RESUMEBASE_BENCH_FACTOR=$(FACTOR)) $(PY) -m bench $(if $(ONLY),--only $(ONLY))

scale: setup ## Fill the running stack with made-up users, their résumés, jobs and usage: make scale FACTOR=0.1
	@$(PY) -m bench.scale $(if $(FACTOR),--factor $(FACTOR))

package: setup ## The deployable artefacts and their CloudFormation template, linted
	@$(PY) -m deploy.package

lock: setup ## Renew requirements.lock from pyproject.toml
	@$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --all-extras --group dev --no-header pyproject.toml -o requirements.lock

clean: ## Stop the stack and remove everything that was made here, but for installed packages
	@test ! -x $(PY) || $(PY) -m local down
	rm -rf .local out dist build .serverless supabase/.temp .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -not -path './.venv/*' -not -path './node_modules/*' -prune -exec rm -rf {} +
