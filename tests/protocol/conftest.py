"""Kernels for the tests of this folder."""

from __future__ import annotations

import pytest

from tests.protocol.client import Client


@pytest.fixture(scope="module")
def standin():
    """A real kernel process on the stand-in notebook."""
    client = Client("tests.kernel.standin_kernel")
    yield client
    client.close()


@pytest.fixture(scope="module")
def kernel():
    """The real kernel."""
    client = Client()
    yield client
    client.close()


def pytest_collection_modifyitems(items):
    """All tests here start kernels."""
    for item in items:
        if "tests/protocol" in item.path.as_posix():
            item.add_marker(pytest.mark.kernel)
