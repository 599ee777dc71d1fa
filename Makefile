# Two commands: `make run` and `make test`. `make setup` does the installation alone.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
export PORT

.PHONY: run setup test-setup test clean

run: $(VENV)/installed
	@$(VENV)/bin/flask --app wsgi start

setup: $(VENV)/installed

test: test-setup
	$(VENV)/bin/python -m pytest --numprocesses auto

test-setup: $(VENV)/installed-for-tests
	@tests/install_browser.sh

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Talqy needs Python 3.11 or newer." if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $(VENV) || { echo "Install the venv module first: apt-get install python3-venv"; rm -rf $(VENV); exit 1; }

$(VENV)/installed: requirements.txt | $(VENV)/bin/python
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/installed-for-tests: tests/requirements.txt $(VENV)/installed
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/requirements.txt
	@touch $@

clean:
	rm -rf $(VENV) .pytest_cache .hypothesis
