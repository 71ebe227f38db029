# What a developer does here. Every target works in a fresh checkout; see tools/ for the steps.
.DEFAULT_GOAL := help
.PHONY: help run test test-s3 fuzz audit check format lock openapi screenshots bench soak clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Install, build, load the demonstration and serve it (PORT=8000 ANFANG_DATA=.data)
	@exec tools/run.sh

test: ## Install what the tests need and run all of them
	@exec tools/test.sh all

check: ## The same without the browser, PostgreSQL and long tests
	@exec tools/test.sh fast

test-s3: ## Install Ceph's S3 gateway and run the tests on a bucket of it
	@tools/setup.sh test
	@tools/apt.sh ceph-mon ceph-mgr ceph-osd radosgw
	.venv/bin/pytest -q -rs tests/s3

fuzz: ## Ask the property tests new questions, then call every operation CASES=125 times, 20,000 calls and more
	@tools/setup.sh test
	HYPOTHESIS_PROFILE=search .venv/bin/pytest -q -n 2 tests/server
	ANFANG_FUZZ_CASES=$(or $(CASES),125) .venv/bin/pytest -q tests/fuzz

audit: ## Ask the public advisories about every locked dependency
	@tools/setup.sh check
	.venv/bin/python tools/audit.py --strict

format: ## Rewrite the Python and TypeScript sources in the house format
	@tools/setup.sh check
	.venv/bin/ruff check --fix --quiet .
	.venv/bin/ruff format --quiet .
	tools/pwa.sh npm run --silent check:lint -- --fix

lock: ## Renew the hash-locked Python requirements from pyproject.toml
	@exec tools/lock.sh

openapi: ## Write server/openapi.json and the TypeScript client made from it
	@tools/setup.sh check
	.venv/bin/anfang openapi
	tools/pwa.sh npm run --silent generate

screenshots: ## Take the pictures in docs/images from a fresh demonstration
	@tools/setup.sh test
	.venv/bin/python tools/screenshots.py

bench: ## List the benchmarks; run one with `.venv/bin/anfang bench NAME`
	@tools/setup.sh run
	.venv/bin/anfang bench --help

soak: ## Kill the server during 2,000 uploads, then the field app KILLS=1000 times; this goes on where it stopped
	@tools/setup.sh test
	ANFANG_FAULT_KILLS=100 ANFANG_FAULT_UPLOADS=2000 ANFANG_FAULT_CUTS=20 .venv/bin/pytest -q -s tests/faults
	.venv/bin/python tools/soak.py --kills $(or $(KILLS),1000)

clean: ## Remove everything that was built or installed here; keeps .data
	rm -rf .venv .tools build pwa/dist pwa/reports pwa/node_modules
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
