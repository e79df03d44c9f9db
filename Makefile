# Chung Tay. `make` lists the targets; demo and test set up everything they need.
PYTHON ?= python3
SERVE ?= 1
BIND ?= 127.0.0.1:8000
PIP = .venv/bin/python -m pip --disable-pip-version-check --quiet

.PHONY: help setup setup-dev demo serve test check fix words bench fuzz lock clean
help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 12

setup: .venv/.base ## what the product needs, in .venv
setup-dev: .venv/.dev ## and what its developers need

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Chung Tay needs Python 3.11 or newer; this is " + sys.version.split()[0])'
	@$(PYTHON) -m venv .venv

.venv/.base: requirements/base.lock pyproject.toml | .venv/bin/python
	@echo "Setting up .venv (about a minute the first time)"
	@$(PIP) install --require-hashes -r requirements/base.lock
	@$(PIP) install --no-build-isolation --no-deps -e .
	@touch $@

.venv/.dev: requirements/dev.lock .venv/.base
	@echo "Adding the development tools"
	@$(PIP) install --no-compile --require-hashes -r requirements/dev.lock
	@touch $@

demo: setup ## set up, run Programme 500 from workbooks to the report, then serve (SERVE=0: do not serve)
	@.venv/bin/chungtay demo --data var/demo --out out $(if $(filter 0,$(SERVE)),--no-serve,--bind $(BIND))

serve: setup ## serve the demo's workspace again
	@.venv/bin/chungtay serve --bind $(BIND) --data var/demo

test: setup-dev ## check, then every test
	@$(MAKE) --no-print-directory check
	@.venv/bin/python -m pytest -n 2 $(ARGS)

CHECKS = types style imports migrations templates
check: setup-dev ## style, types, direction of imports
	@$(MAKE) --no-print-directory -j2 -Otarget $(CHECKS:%=.check-%)
.check-types:
	@.venv/bin/mypy chungtay
.check-style:
	@.venv/bin/ruff check . && .venv/bin/ruff format --check .
.check-imports:
	@.venv/bin/lint-imports --no-cache
.check-migrations:
	@.venv/bin/chungtay check-migrations
.check-templates:
	@.venv/bin/djlint chungtay --lint --quiet

fix: setup-dev ## let the tools mend what they can
	@.venv/bin/ruff check --fix . ; .venv/bin/ruff format .

words: setup-dev ## write new words of public pages into the English catalogue, and name what lacks its English
	@.venv/bin/python -m tests.house.words

bench: setup-dev ## every performance goal with its probe and its oracle
	@.venv/bin/python -m bench

fuzz: setup-dev ## send the API what it allows and what it does not, for twenty minutes (SECONDS=…)
	@.venv/bin/python -m tests.journeys.fuzzing --seconds $(or $(SECONDS),1200)

lock: setup-dev ## resolve the dependencies again
	@.venv/bin/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate --quiet -o requirements/dev.lock
	@.venv/bin/uv pip compile pyproject.toml --extra build --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate --quiet -c requirements/dev.lock -o requirements/base.lock

clean: ## remove what can be made again
	rm -rf .venv var out .mypy_cache .pytest_cache .ruff_cache build *.egg-info
