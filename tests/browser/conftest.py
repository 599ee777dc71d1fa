"""How do the tests sit before a real browser? One portal with the demonstration, served as an operator serves it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from portal.demo.people import ACCOUNTS, PASSWORD

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "tests" / "vendor" / "axe-core" / "axe.min.js"
WIDTHS = {"phone": (390, 844), "desktop": (1280, 900)}
SERIOUS = {"serious", "critical"}
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def find_chromium() -> str | None:
    """The system's browser."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    reason = "no Chromium on this machine; to run the browser tests: apt-get install chromium"
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            if find_chromium() is None:
                item.add_marker(pytest.mark.skip(reason=reason))


@dataclass(frozen=True)
class Portal:
    """A running portal."""

    url: str
    instance: Path
    log: Path

    def flask(self, *command: str, text: str | None = None) -> str:
        """Run an operator command on it."""
        return _flask(self.instance, self.url, *command, text=text)


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """`flask serve` with worker, on a free port, with the demonstration in it."""
    instance = tmp_path_factory.mktemp("portal")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    _flask(instance, url, "db", "upgrade")
    _flask(instance, url, "demo", "load")
    log = instance / "server.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", "serve", "--port", str(port)],
            cwd=ROOT, env=_environment(instance, url), stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            _wait_for(f"{url}/healthz", process, log)
            yield Portal(url, instance, log)
        finally:
            process.terminate()
            process.wait(30)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(portal: Portal, browser: Browser) -> Iterator[Callable[..., Page]]:
    """`visit("ru", "phone", script=False)`: a new visitor's window."""
    contexts = []

    def visit(language: str = "en", width: str = "desktop", *, script: bool = True) -> Page:
        x, y = WIDTHS[width]
        context = browser.new_context(
            base_url=portal.url, viewport={"width": x, "height": y}, java_script_enabled=script,
            locale=language, has_touch=width == "phone",
        )  # fmt: skip
        context.add_cookies([{"name": "language", "value": language, "url": portal.url}])
        context.set_default_timeout(30_000)
        contexts.append(context)
        return context.new_page()

    yield visit
    for context in contexts:
        context.close()


def sign_in(page: Page, who: str) -> None:
    """Sign in with one of the demonstration's accounts: citizen, drafter, moderator, administrator, auditor."""
    assert any(email.startswith(f"{who}@") for email, *_ in ACCOUNTS)
    page.goto("/sign-in")
    page.fill("input[name=email]", f"{who}@talqy.example")
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def check_accessible(page: Page) -> None:
    """No serious fault by axe (WCAG 2.2 A and AA), and nothing to scroll sideways."""
    page.evaluate(_axe())  # evaluated and not added: the content security policy would refuse a script element
    result = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    faults = [
        f"{fault['id']} ({fault['impact']}): {fault['nodes'][0]['target']} {fault['nodes'][0].get('failureSummary', '')}"
        for fault in result["violations"]
        if fault["impact"] in SERIOUS
    ]
    assert not faults, f"{page.url}\n" + "\n".join(faults)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} scrolls sideways by {wide} px"


@cache
def _axe() -> str:
    return AXE.read_text("utf-8")


def _environment(instance: Path, url: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    return {**kept, "PORTAL_INSTANCE": str(instance), "PORTAL_BASE_URL": url, "PORTAL_LIMITS": "off", "PYTHONUNBUFFERED": "1"}


def _flask(instance: Path, url: str, *command: str, text: str | None = None) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *command],
        cwd=ROOT, env=_environment(instance, url), input=text, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, f"flask {' '.join(command)}: {done.stderr[-2000:]}"
    return done.stdout


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(150):
        assert process.poll() is None, log.read_text()[-3000:]
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{address} does not answer: {log.read_text()[-3000:]}")
