"""A real Chromium against the product started as a newcomer starts it: by `tools/run.py`, with the demo data."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tools import postgres

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


@dataclass(frozen=True)
class Product:
    """The running demo: where it answers, where its files lie, and how long it took to answer first."""

    url: str
    var: Path
    seconds_to_first_page: float
    log: Path


def start(var: Path, log: Path) -> tuple[subprocess.Popen[bytes], Product]:
    """Start the demo with its data in `var` and wait until it answers."""
    port = postgres.free_port()
    variables = os.environ | {"PORT": str(port), "MANFAAT_VAR": str(var)}
    for name in ("MANFAAT_DEBUG", "MANFAAT_DEMO", "DATABASE_URL"):
        variables.pop(name, None)
    began = time.monotonic()
    with log.open("ab") as output:
        command = [sys.executable, str(ROOT / "tools" / "run.py")]
        process = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=output, stderr=output)
    url = f"http://127.0.0.1:{port}"
    while time.monotonic() - began < 180:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/sehat/siap", timeout=2) as answer:
                if answer.status == 200:
                    return process, Product(url, var, time.monotonic() - began, log)
        except OSError:
            time.sleep(0.2)
    stop(process)
    pytest.fail(f"the demo did not start:\n{log.read_text(errors='replace')[-3000:]}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the demo as Ctrl-C does."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    folder = tmp_path_factory.mktemp("demo")
    process, running = start(folder / "var", folder / "log")
    yield running
    stop(process)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def open_page(browser: Browser, product: Product, viewport: dict[str, int], **options: object) -> Page:
    """A fresh browser profile whose page fails the test on any script error or policy violation."""
    context: BrowserContext = browser.new_context(base_url=product.url, viewport=viewport, locale="id-ID", **options)
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda fault: page.faults.append(str(fault)))
    page.on("console", lambda said: page.faults.append(said.text) if "Content Security Policy" in said.text else None)
    return page


@pytest.fixture(params=[WIDE, PHONE], ids=["1280", "360"])
def page(request: pytest.FixtureRequest, chromium: Browser, product: Product) -> Iterator[Page]:
    page = open_page(chromium, product, request.param)
    yield page
    page.context.close()
    assert not page.faults


@pytest.fixture
def wide(chromium: Browser, product: Product) -> Iterator[Page]:
    page = open_page(chromium, product, WIDE)
    yield page
    page.context.close()
    assert not page.faults


@pytest.fixture
def plain(chromium: Browser, product: Product) -> Iterator[Page]:
    """A page in a browser whose scripts are switched off."""
    page = open_page(chromium, product, PHONE, java_script_enabled=False)
    yield page
    page.context.close()


def sign_in(page: Page, username: str) -> None:
    """Sign in as one of the demo people."""
    page.goto("/akun/masuk/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", os.environ.get("MANFAAT_DEMO_PASSWORD", "manfaat-demo"))
    page.click("main form button")
    page.wait_for_url("**/beranda/**")


def violations(page: Page) -> list[str]:
    """What axe finds on the page against WCAG 2.2 A and AA and best practice, one line each."""
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}}).response["violations"]
    return [f"{v['id']}: {v['help']} ({v['nodes'][0]['html'][:160]})" for v in found]


def overflows(page: Page) -> bool:
    """Whether the page is wider than the window, so that a phone would scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
