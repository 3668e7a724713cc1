"""The real server, looked at with a real headless Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from search_app.config import Settings
from search_app.ingest.run import Plan, ingest
from search_app.web import create_app
from tests.browser.visitor import Visitor
from tests.web.letters import HOSTILE_LETTER, LETTERS
from tests.web.making import build_index
from tests.web.serving import running

CORPUS = Path(__file__).resolve().parents[2] / "corpus"

WIDE, NARROW = (1280, 900), (390, 844)
NO_SCRIPTS = {"profile.managed_default_content_settings.javascript": 2}

FILES = {
    HOSTILE_LETTER.source: b"<p>Plain text.</p><script>document.body.textContent = 'taken'</script>",
}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    index = build_index(tmp_path_factory.mktemp("index"), [*LETTERS, HOSTILE_LETTER], FILES)
    settings = Settings(index=index, port=0)
    with running(create_app(settings), settings) as address:
        yield address


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site over the letters of corpus/."""
    index = tmp_path_factory.mktemp("shipped")
    ingest(CORPUS, index, Plan(workers=1))
    settings = Settings(index=index, port=0)
    with running(create_app(settings), settings) as address:
        yield address


@pytest.fixture(scope="session")
def programs() -> tuple[str, str]:
    """Chromium and its driver; missing, tests are skipped, or fail if REQUIRE_BROWSER is set."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if browser is None or driver is None:
        reason = "needs Chromium and chromedriver on the PATH"
        pytest.fail(reason) if os.environ.get("REQUIRE_BROWSER") else pytest.skip(reason)
    return browser, driver


@pytest.fixture
def visit(site: str, programs: tuple[str, str], tmp_path: Path) -> Iterator[Callable[..., Visitor]]:
    """Starts a browser with a window of a size, with or without scripts."""
    with ExitStack() as stack:

        def start(size: tuple[int, int] = WIDE, scripts: bool = True) -> Visitor:
            options = Options()
            options.binary_location = programs[0]
            for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage"):
                options.add_argument(argument)
            options.add_argument(f"--user-data-dir={tmp_path / 'profile'}")
            options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
            if not scripts:
                options.add_experimental_option("prefs", NO_SCRIPTS)
            driver = Chrome(options=options, service=Service(programs[1]))
            stack.callback(driver.quit)
            metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": False}
            driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
            return Visitor(driver, site)

        yield start
