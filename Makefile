# Everything starts here. `make dossier` and `make test` need only make and python3 (>= 3.11).
PYTHON ?= python3
BIN := .venv/bin
A ?= USA
B ?= IRN

.PHONY: help dossier test lint format bench validate episodes torture docs lock clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

dossier: .venv/installed ## write usa-iran.html and .json from the bundled record, offline (A=PAK B=USA for others)
	$(BIN)/realpolitik dossier $(A) $(B)

test: .venv/dev ## run the whole test suite
	$(BIN)/python -m pytest -n auto

lint: .venv/dev ## ruff, format check, strict types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: .venv/dev ## let ruff format and fix
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/dev ## speed and memory, as ratios against a named alternative
	$(BIN)/python -m benchmarks

validate: .venv/dev ## every simulation with planted truth: bar against reached
	$(BIN)/python -m validation

episodes: .venv/dev ## real episodes with the sign expected beforehand: hits and misses
	$(BIN)/python -m validation.episodes

torture: .venv/dev ## kill, crowd and starve an ingest; feed every reader damaged files
	$(BIN)/python -m torture

docs: .venv/dev ## print the reference pages from the code
	$(BIN)/python -m docs.build

LOCK := uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links

lock: ## renew the lock files (needs uv)
	$(LOCK) -o requirements/runtime.lock
	$(LOCK) --group dev -o requirements/dev.lock

.venv/installed: pyproject.toml requirements/runtime.lock scripts/bootstrap.py
	$(PYTHON) scripts/bootstrap.py
	@touch $@

.venv/dev: pyproject.toml requirements/dev.lock scripts/bootstrap.py
	$(PYTHON) scripts/bootstrap.py --dev
	@touch .venv/installed $@

clean: ## remove the environment and what was built
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache
