"""A Jupyter home of its own for the tests of this folder, which use the kernel that pip installed."""

from __future__ import annotations

import pytest
from jupyter_client.kernelspec import KernelSpecManager


def pytest_collection_modifyitems(items):
    """All tests here start kernels."""
    for item in items:
        if "tests/notebooks" in item.path.as_posix():
            item.add_marker(pytest.mark.kernel)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Nothing of the user's own Jupyter takes part; the kernel comes from the environment of the tests."""
    home = tmp_path / "home"
    for name in ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        folder = home / name.lower()
        folder.mkdir(parents=True)
        monkeypatch.setenv(name, str(folder))
    monkeypatch.delenv("JUPYTER_PATH", raising=False)
    if "plotlang" not in KernelSpecManager().find_kernel_specs():
        pytest.fail("Jupyter does not know the kernel; install it first: pip install '.[test]'", pytrace=False)
    return home
