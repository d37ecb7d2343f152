# Everything sets itself up: a machine with Python 3.11+, make and git is enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# The tests start many processes: each would compile newsbot anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help install demo test lint test-replay soak docs bench bench-peers constraints clean

help:
	@echo "make install      a local .venv with everything"
	@echo "make demo         a sample board crawled into an archive, before your eyes"
	@echo "make test         the tests"
	@echo "make test-replay  captures replayed by pywb, which .venv-pywb gets"
	@echo "make soak         killed at fifty moments, and a simulated week of 200 sources: hours (SOAK=--short: a minute)"
	@echo "make lint         style, types, who imports whom"
	@echo "make bench        speed and memory, as ratios"
	@echo "make bench-peers  its reading beside other readers', which .venv-peers gets"
	@echo "make constraints  pin the newest versions in constraints.txt"
	@echo "make clean        remove .venv, .venv-peers, .venv-pywb and what the demo left"

install: $(VENV)/.installed

# constraints.txt pins every package with its hashes; the project itself is added to it as it stands here.
$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "newsbot needs Python 3.11 or newer; say which with: make PYTHON=python3.12"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	awk '/^uv==/ {found = 1} found {print} found && !/\\$$/ {exit}' constraints.txt > $(VENV)/uv.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(VENV)/uv.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r constraints.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	touch $@

demo: install
	$(BIN)/newsbot demo

test: install
	$(BIN)/python -m pytest -n 8 --dist worksteal  # many tests wait: more processes than cores, each begins with some of these

test-replay: install .venv-pywb/.installed
	NEWSBOT_PYWB=.venv-pywb/bin $(BIN)/python -m pytest tests/captures/test_captures_replayed.py

soak: install
	$(BIN)/python tests/soak $(SOAK)

# In an environment of its own: it wants older packages than newsbot.
.venv-pywb/.installed: tests/captures/pywb-requirements.txt $(VENV)/.installed
	test -x .venv-pywb/bin/python || $(BIN)/uv venv --quiet --python $(BIN)/python .venv-pywb
	$(BIN)/uv pip sync --quiet --python .venv-pywb/bin/python --require-hashes $<
	touch $@

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: install
	$(BIN)/python -m benchmarks

bench-peers: install
	$(BIN)/python -m benchmarks.peers

constraints:
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --all-extras --upgrade \
		--no-header --no-emit-index-url pyproject.toml -o constraints.txt

clean:
	rm -rf $(VENV) .venv-peers .venv-pywb newsbot-demo.db newsbot-demo.db-wal newsbot-demo.db-shm newsbot-demo.db.locks newsbot-demo.db.captures
