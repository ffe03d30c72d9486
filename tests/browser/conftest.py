"""A real Chromium against the product started as a newcomer starts it: by `tools/run.py`, with the demo data."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Request, Response, sync_playwright

from tools import postgres

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
PASSWORD = os.environ.get("MANFAAT_DEMO_PASSWORD", "manfaat-demo")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class Product:
    """The running demo: where it answers, where its files lie, how long it took to answer first, who is signed in."""

    url: str
    var: Path
    log: Path
    process: subprocess.Popen[bytes] | None = None
    seconds_to_first_page: float = 0.0
    sessions: dict[str, object] = field(default_factory=dict)

    def start(self) -> float:
        """Start the demo and wait until it answers; returns the seconds that took."""
        variables = os.environ | {"PORT": self.url.rpartition(":")[2], "MANFAAT_VAR": str(self.var)}
        for name in ("MANFAAT_DEBUG", "MANFAAT_DEMO", "DATABASE_URL"):
            variables.pop(name, None)
        began = time.monotonic()
        with self.log.open("ab") as output:
            command = [sys.executable, str(ROOT / "tools" / "run.py")]
            self.process = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=output, stderr=output)
        while time.monotonic() - began < 180 and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/sehat/siap", timeout=2) as answer:
                    if answer.status == 200:
                        return time.monotonic() - began
            except OSError:
                time.sleep(0.2)
        self.stop()
        pytest.fail(f"the demo did not start:\n{self.printed()[-3000:]}")

    def stop(self) -> int:
        """End the demo as Ctrl-C does; returns its exit code."""
        assert self.process
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    def printed(self) -> str:
        """What the terminal shows."""
        return self.log.read_text(encoding="utf-8", errors="replace")


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    folder = tmp_path_factory.mktemp("demo")
    running = Product(f"http://127.0.0.1:{postgres.free_port()}", folder / "var", folder / "log")
    running.seconds_to_first_page = running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Person:
    """Somebody at a browser of their own. `clicks` counts what they pressed since `clicks` was last set to 0.

    `faults` gathers what no page may do: script errors, policy violations, server errors, requests to other hosts.
    """

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.home = page, home
        self.clicks = 0
        self.faults: list[str] = []
        page.on("pageerror", lambda fault: self.faults.append(f"script error: {fault}"))
        page.on("console", lambda said: self._hear(said.text))
        page.on("request", self._check_host)
        page.on("response", self._check_answer)

    def open(self, address: str) -> Response:
        """Type an address and go there."""
        answer = self.page.goto(address)
        assert answer
        return answer

    def press(self, name: str, *, within: str = "body") -> None:
        """Click the link or button of that name, the first where there are several, and wait for the next page."""
        with self.page.expect_navigation():
            self.click(self.named(name, within=within))

    def named(self, name: str, *, within: str = "body") -> Locator:
        """The link or button of that name, the first where there are several."""
        area = self.page.locator(within)
        return (
            area.get_by_role("link", name=name, exact=True).or_(area.get_by_role("button", name=name, exact=True)).first
        )

    def click(self, target: Locator) -> None:
        """Click one thing."""
        self.clicks += 1
        target.click()

    def text(self, within: str = "main") -> str:
        """What can be read, as one line."""
        return one_line(self.page.locator(within).inner_text())

    def sign_in(self, username: str) -> None:
        """Sign in through the form."""
        self.open("/akun/masuk/")
        self.page.fill("input[name=login]", username)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("main form button")
        self.page.wait_for_url("**/beranda/**")
        self.clicks = 0

    def _hear(self, said: str) -> None:
        if "Content Security Policy" in said or "Content-Security-Policy" in said:
            self.faults.append(said)

    def _check_host(self, request: Request) -> None:
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.faults.append(f"asked another host: {request.url}")

    def _check_answer(self, answer: Response) -> None:
        if answer.status >= 500:
            self.faults.append(f"{answer.status} from {answer.url}")


Enter = Callable[..., Person]


@pytest.fixture
def enter(chromium: Browser, product: Product) -> Iterator[Enter]:
    """Opens a browser for a person: `enter("toba-bupati", PHONE)`, or a visitor who is nobody; scripts may be off.

    A person signs in through the form once a session; after that the browser keeps the cookies. Any fault seen on the
    way fails the test.
    """
    people: list[Person] = []

    def someone(
        username: str = "", viewport: dict[str, int] = WIDE, *, scripts: bool = True, **options: object
    ) -> Person:
        context = chromium.new_context(
            base_url=product.url,
            viewport=viewport,
            locale="id-ID",
            java_script_enabled=scripts,
            storage_state=product.sessions.get(username) if username else None,
            **options,
        )
        context.set_default_timeout(15_000)
        person = Person(context.new_page(), product.url)
        people.append(person)
        if username and username not in product.sessions:
            person.sign_in(username)
            product.sessions[username] = context.storage_state()
        elif username:
            person.open("/beranda/")
        return person

    yield someone
    faults = [fault for person in people for fault in person.faults]
    for person in people:
        person.page.context.close()
    assert not faults


def manfaat(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """`manfaat WORDS` in a folder, on a machine that has the package and nothing else: no settings, no database."""
    bare = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "manfaat", *words]
    return subprocess.run(command, cwd=folder, env=bare, capture_output=True, text=True, timeout=60)


def one_line(text: str) -> str:
    """The text with every run of white space, also the narrow and the unbreakable, as one space."""
    return " ".join(text.split())


def violations(page: Page, left_out: Sequence[str] = ()) -> list[str]:
    """What axe finds on the page against WCAG 2.2 A and AA and best practice, one line each; rules may be left out."""
    rules = {name: {"enabled": False} for name in left_out}
    options = {"runOnly": {"type": "tag", "values": TAGS}, "rules": rules, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{v['id']}: {v['help']} ({v['nodes'][0]['html'][:160]})" for v in found]


def overflows(page: Page) -> bool:
    """Whether the page is wider than the window, so that a phone would scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
