"""Chromium and real servers for the tests of this folder."""

from __future__ import annotations

import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.server import Server
from tests.browser.sheet import Sheet

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
VIEWPORT = {"width": 1300, "height": 2000}  # so high that no cell is out of sight


def pytest_collection_modifyitems(items):
    """All tests here drive a browser."""
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def chromium():
    """The browser; without one these tests fail, they are not passed over."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.fail("Chromium is needed for the browser tests; on Debian: apt-get install chromium", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


def _served(module, application, home):
    server = Server(module, application, home)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def lab_server(tmp_path_factory):
    """A running JupyterLab."""
    yield from _served("jupyterlab", "LabApp", tmp_path_factory.mktemp("lab"))


@pytest.fixture(scope="module")
def notebook_server(tmp_path_factory):
    """A running Notebook 7."""
    yield from _served("notebook", "JupyterNotebookApp", tmp_path_factory.mktemp("notebook"))


def _sheet(chromium, server, view):
    sheet = Sheet(chromium.new_page(viewport=VIEWPORT), server, view)
    yield sheet
    sheet.close()


@pytest.fixture
def lab(chromium, lab_server):
    """A tab of JupyterLab in which a notebook can be opened."""
    yield from _sheet(chromium, lab_server, "lab/workspaces/{name}/tree")


@pytest.fixture
def notebook(chromium, notebook_server):
    """A tab of Notebook 7 in which a notebook can be opened."""
    yield from _sheet(chromium, notebook_server, "notebooks")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Where a test failed, keep what was on the screen."""
    report = yield
    sheet = next((each for each in getattr(item, "funcargs", {}).values() if isinstance(each, Sheet)), None)
    if sheet is not None and call.when == "call" and report.failed:
        path = sheet.server.home / f"{item.name}.png"
        sheet.page.screenshot(path=path)
        report.sections.append(("Screenshot", str(path)))
        report.sections.append(("Page", "\n".join(sheet.complaints)))
        report.sections.append(("Jupyter server", sheet.server.log()[-4000:]))
    return report
