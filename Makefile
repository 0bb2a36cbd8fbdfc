# Jejaring: everything a person or a machine does here is one of these targets.
#   make run     a working graph in the browser, no server and no network needed after installing
#   make test    every check this project has
# Only relative paths below: the checkout may live in a folder with spaces in its name.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
SHELL := /bin/sh
unexport PYTHONPATH PYTHONHOME PYTHONSTARTUP

PY := .venv/bin/python

# Tried in this order; each is run, because a name on PATH may be an old Python or an empty shim.
PYTHONS := python3 python3.14 python3.13 python3.12 python3.11 python

# A user's pip configuration may send packages elsewhere or forbid what is done here: that is switched off.
# Its index, proxy and certificate stay as they are.
PIP := PIP_USER=0 PIP_TARGET= PIP_PREFIX= PIP_ROOT= PIP_CONSTRAINT= PIP_REQUIREMENT= PIP_EDITABLE= PIP_NO_BINARY= \
	PIP_NO_DEPS=0 PIP_REQUIRE_HASHES=0 PIP_DRY_RUN=0 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 $(PY) -m pip
INSTALL := $(PIP) install --quiet

# Stamps carry the folder's checksum: a moved checkout installs itself again, since an environment
# remembers absolute paths.
HERE := $(shell pwd | cksum | cut -d' ' -f1)
RUN_STAMP := .venv/.ready-run-$(HERE)
TEST_STAMP := .venv/.ready-test-$(HERE)

# An environment whose Python is gone or too old is made anew.
ifneq ($(shell $(PY) -c 'import sys, pip; print(sys.version_info >= (3, 11))' 2>/dev/null),True)
.PHONY: .venv/pyvenv.cfg
endif

# Settings given on the command line only: HOST and PORT are common names in other people's environments.
SERVE :=
ifeq ($(origin HOST),command line)
SERVE += JEJARING_HOST="$(HOST)"
endif
ifeq ($(origin PORT),command line)
SERVE += JEJARING_PORT="$(PORT)"
endif

.PHONY: help run test bench lint format lock install clean

help: ## Show this list / tampilkan daftar ini
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: $(RUN_STAMP) ## Load data/, answer one question, serve on http://127.0.0.1:8000 (PORT=, HOST=)
	@$(SERVE) .venv/bin/jejaring demo

test: $(TEST_STAMP) ## Run every test, the linters and the type check among them (ARGS="-k words")
	@$(PY) -m pytest $(ARGS)

bench: $(TEST_STAMP) ## Measure speed side by side with peers (ARGS=)
	@$(PY) -m benchmarks $(ARGS)

lint: $(TEST_STAMP) ## Only the linters, the type check and the import contracts
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m mypy && .venv/bin/lint-imports

format: $(TEST_STAMP) ## Put every file into the house's form
	@$(PY) -m ruff check --fix . && $(PY) -m ruff format .

install: $(RUN_STAMP) ## Only install
	@:

lock: ## Pin the newest allowed versions with hashes (KEEP=1: change only what must change)
	@set -e; $(find_python); test -x .venv-lock/bin/uv || { \
		"$$python" -m venv .venv-lock && .venv-lock/bin/python -m pip install -q uv; }
	@set -e; for group in build dev; do \
		case $$group in build) file=requirements.lock; with= ;; \
			*) file=requirements-dev.lock; with='-c requirements.lock' ;; esac; \
		.venv-lock/bin/uv pip compile pyproject.toml --group $$group $$with -o $$file \
			$(if $(KEEP),,--upgrade) --universal --python-version 3.11 --generate-hashes --quiet \
			--no-header --no-annotate --no-emit-index-url --no-emit-find-links >/dev/null; \
		echo "$$file: $$(grep -c == $$file)"; \
	done

clean: ## Remove the environment and every cache
	rm -rf .venv .venv-lock .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find app graph loaders tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# Sets $python to the first Python that is new enough and can make environments, or says what to do.
define find_python
python= ; lame= ; for name in $(PYTHONS); do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
	"$$name" -c 'import ensurepip, venv' >/dev/null 2>&1 || { lame=$${lame:-$$name}; continue; }; \
	python=$$name; break; \
done; \
if [ -z "$$python" ] && [ -n "$$lame" ]; then \
	echo "Python ($$lame) tidak punya modul venv/ensurepip. Pada Debian/Ubuntu: sudo apt install python3-venv" >&2; \
	echo "Python ($$lame) lacks the venv/ensurepip modules. On Debian/Ubuntu: sudo apt install python3-venv" >&2; \
	exit 1; \
elif [ -z "$$python" ]; then \
	echo "Python 3.11 atau lebih baru tidak ditemukan. Pasang dahulu, lalu ulangi perintah ini." >&2; \
	echo "No Python 3.11 or newer was found. Install one, then run this command again." >&2; \
	exit 1; \
fi
endef

.venv/pyvenv.cfg:
	@$(find_python); rm -rf .venv; echo "Menyiapkan .venv / preparing .venv ($$("$$python" --version))"; \
		"$$python" -m venv .venv

$(RUN_STAMP): .venv/pyvenv.cfg requirements.lock pyproject.toml
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL) --no-build-isolation --no-deps --no-index -e .
	@touch $@

$(TEST_STAMP): $(RUN_STAMP) requirements-dev.lock
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@
