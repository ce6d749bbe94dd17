# All commands of the project. They need Python >= 3.11, Node >= 20.19, npm and make; no root, no Docker, no keys.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
# Install Python and Node packages at the same time.
MAKEFLAGS += --no-builtin-rules --jobs=2

# Without bytecode on disk, every command would compile all libraries again, for seconds.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
UV_VERSION := 0.13.8

# Ports of `make up` and `make dev`. To choose others: make up API_PORT=55321
DB_PORT = 54322
API_PORT = 54321
FUNCTIONS_PORT = 54323
EXAMPLE_PORT = 54324
PORTS = --postgres-port $(DB_PORT) --api-port $(API_PORT) --functions-port $(FUNCTIONS_PORT)

# Arguments for pytest: make test ARGS="tests/database -k ledger"
ARGS =
# One benchmark, or those of one area: make bench ONLY=warm
ONLY =
# Labelled cases to measure the check of generated texts with: make grounding CASES=mine.jsonl. For the verifier also:
# ARGS=--live, or ARGS="--prompts DIR --answers DIR"
CASES = tests/data/grounding_runner/cases.jsonl
# Résumés to read with `make read`
FILES =
# A résumé and a job posting for `make scan`
RESUME = tests/data/json_resume/full-backend-engineer.json
JOB = tests/data/jobs/backend-engineer.txt
# Labelled postings to measure the scan with: make postings FOLDER=mine
FOLDER = tests/data/postings/dev
# A résumé for `make export`, the template and the format: pdf, docx, latex, overleaf, html, markdown, text, json or png
CONTENT = tests/data/export/full.json
TEMPLATE = modern-1
FORMAT = pdf
# How long `make fuzz` (by default 1800) and `make soak` (600) take
SECONDS =
# Size of the generated population for `make scale` and `make bench`: 1 is 10,000 users
FACTOR =
# Sizes between which `make plans` compares the most frequent statements
FACTORS = 1 10
# The stage that `make secrets`, `make deploy` and `make smoke` are about: a file deploy/<stage>.yml
STAGE = dev
# make secrets CHECK=1 stores nothing; ROTATE="CLEANUP_SECRET" makes a new one of ours
CHECK =
# make deploy DRY=1 does nothing; YES=1 does not ask; STEP=catalogue runs one step
DRY =
YES =
STEP =
# The address of the functions for `make smoke`; without a URL, the running local stack
URL =
ROTATE =
# The commit whose functions `make rehearse` runs
OLD = HEAD

.DEFAULT_GOAL := help
.PHONY: help setup demo test dev up down status check format bench export gallery grounding read scan postings scale plans package secrets deploy smoke types fuzz soak rehearse freeze lock clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

setup: $(VENV)/.ready node_modules/.ready ## Install Python and Node packages; other commands do this when needed

$(VENV)/.ready: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is required; this is Python " + sys.version.split()[0])'
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@$(PY) -m uv --version 2>/dev/null | grep -q ' $(UV_VERSION)' || $(PY) -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@echo "Installing Python packages"
	@VIRTUAL_ENV=$(CURDIR)/$(VENV) $(PY) -m uv pip sync --quiet --require-hashes requirements.lock
	@touch $@

node_modules/.ready: package-lock.json
	@node -e 'const [major, minor] = process.versions.node.split(".").map(Number); if (minor < ({ 20: 19, 22: 13 }[major] ?? (major < 24 ? Infinity : 0))) { console.error("Node 20.19, 22.13, 24 or newer is required; this is Node " + process.versions.node); process.exit(1) }'
	@echo "Installing Node packages"
	@npm ci --loglevel=error --no-audit --no-fund
	@touch $@

# The major version of PostgreSQL that hosted Supabase runs. One test needs it; other systems than Linux on x86_64 skip it.
tests/postgres17/node_modules/.ready: tests/postgres17/package-lock.json
	@echo "Installing PostgreSQL 17 for the tests"
	@npm ci --prefix tests/postgres17 --loglevel=error --no-audit --no-fund
	@mkdir -p $(@D) && touch $@

# The browser that tests look at shared pages with. Nothing else needs it.
tests/browser/node_modules/.ready: tests/browser/package-lock.json
	@echo "Installing the tests' browser"
	@npm ci --prefix tests/browser --loglevel=error --no-audit --no-fund
	@touch $@

# The example client. `make dev` serves it, and its tests drive it.
examples/web/node_modules/.ready: examples/web/package-lock.json
	@echo "Installing the example client"
	@npm ci --prefix examples/web --loglevel=error --no-audit --no-fund
	@touch $@

demo: setup ## Run and explain the product's main path, from sign-up to subscription; writes out/
	@$(PY) -m local.demo

# Three processes keep two cores busy: each spends a third of its time waiting for its servers.
test: setup examples/web/node_modules/.ready tests/browser/node_modules/.ready tests/postgres17/node_modules/.ready ## Run all tests
	@$(PY) -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

dev: setup examples/web/node_modules/.ready ## Run the local stack and the example client and reload changes, until Ctrl-C
	@$(PY) -m local dev $(PORTS) --example-port $(EXAMPLE_PORT)

up: setup ## Start the local stack in the background; writes .local/env
	@$(PY) -m local up $(PORTS)

down: setup ## Stop the local stack
	@$(PY) -m local down $(PORTS)

status: setup ## Show which services of the local stack are running
	@$(PY) -m local status $(PORTS)

check: setup ## Check format, lint, types, imports, spelling, file lengths, SQL, database and lock files
	@$(PY) -m local.check

format: setup ## Format Python code and fix its lint errors
	@$(VENV)/bin/ruff check --fix --exit-zero --quiet .
	@$(VENV)/bin/ruff format .

bench: setup ## Measure performance against baselines of the same run; writes out/bench.json, draws docs/bench.svg
	@$(if $(FACTOR),RESUMEBASE_BENCH_FACTOR=$(FACTOR)) $(PY) -m bench $(if $(ONLY),--only $(ONLY))

export: setup ## Write a résumé as a file in out/: make export CONTENT=my.json TEMPLATE=sidebar FORMAT=docx
	@$(PY) -m local.resume_export $(CONTENT) --template $(TEMPLATE) --format $(FORMAT) $(ARGS)

gallery: setup ## Draw all résumé templates; writes docs/gallery/
	@$(PY) -m local.gallery

grounding: setup ## Measure the check of generated texts on labelled cases: make grounding CASES=mine.jsonl
	@$(PY) -m local.grounding $(CASES) $(ARGS)

read: setup ## Read résumés without a stack: make read FILES="cv.pdf cv.docx"
	@$(PY) -m local.resume_import $(FILES)

scan: setup ## Scan a résumé without a stack: make scan RESUME=cv.pdf JOB=job.txt
	@$(PY) -m local.ats_scan $(RESUME) $(JOB)

postings: setup ## Measure the coverage of the scan on labelled postings: make postings FOLDER=mine ARGS=--errors
	@$(PY) -m local.postings $(FOLDER) $(ARGS)

scale: setup ## Fill the running stack with generated users, résumés, jobs and usage: make scale FACTOR=0.1
	@$(PY) -m bench.scale $(if $(FACTOR),--factor $(FACTOR))

plans: setup ## Compare plans and times of the most frequent statements between sizes: make plans FACTORS="1 10"
	@$(PY) -m bench.scale.statements $(FACTORS)

package: setup ## Build and check the artefacts and CloudFormation templates in dist/
	@$(PY) -m deploy.package

fuzz: setup ## Call every function with what its description allows and forbids: make fuzz SECONDS=1800 ARGS="billing share"
	@$(PY) -m local.fuzz $(if $(SECONDS),--seconds $(SECONDS)) $(ARGS)

soak: setup ## Mixed traffic with faults on a stack of its own, and what must hold afterwards; writes out/soak.html
	@$(PY) -m local.soak $(if $(SECONDS),--seconds $(SECONDS))

types: setup ## Write TypeScript types for clients: types/
	@$(PY) -m local.client_types

secrets: setup ## Store the secrets of a stage in AWS, or list what is missing: make secrets STAGE=dev CHECK=1
	@$(PY) -m deploy.secrets $(STAGE) $(if $(CHECK),--check) $(if $(ROTATE),--rotate $(ROTATE))

deploy: setup ## Deploy a stage, or say what that would do: make deploy STAGE=dev DRY=1
	@$(PY) -m deploy $(STAGE) $(if $(DRY),--dry) $(if $(YES),--yes) $(if $(STEP),--step $(STEP))

smoke: setup ## Check a deployed stack from outside, or the local one: make smoke STAGE=dev URL=https://…
	@$(if $(URL),$(PY) -m deploy.smoke $(URL) --stage $(STAGE),set -a; . .local/env; $(PY) -m deploy.smoke $$SUPABASE_URL)

rehearse: setup ## Run the functions of an earlier commit on the schema of this tree: make rehearse OLD=v0.1.0
	@$(PY) -m deploy.rehearse $(OLD)

freeze: setup ## Release the migrations as they are: writes supabase/migrations.lock
	@$(PY) -m local.release

lock: setup ## Update requirements.lock from pyproject.toml
	@$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --all-extras --group dev --no-header pyproject.toml -o requirements.lock

clean: ## Stop the local stack and delete all generated files, but not the installed packages
	@test ! -x $(PY) || $(PY) -m local down
	rm -rf .local out dist build .serverless supabase/.temp .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -not -path './.venv/*' -not -path './node_modules/*' -prune -exec rm -rf {} +
