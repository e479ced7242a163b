"""A real Jupyter server, started for the tests in a home of its own and stopped after them."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from pathlib import Path

START_SECONDS = 120.0
STOP_SECONDS = 15.0
QUIET = {"fetchNews": "false", "checkForUpdates": False}


class Server:
    """JupyterLab or Notebook 7 as one process, from the environment in which the tests run."""

    def __init__(self, module: str, application: str, home: Path) -> None:
        self.token = secrets.token_hex(16)
        self.home = home
        self.folder = home / "work"
        self.folder.mkdir(parents=True)
        self._runtime = home / "runtime"
        self._log = home / "server.log"
        command = [sys.executable, "-m", module, "--no-browser", "--allow-root", f"--notebook-dir={self.folder}"]
        command += [f"--IdentityProvider.token={self.token}", "--ServerApp.ip=127.0.0.1"]
        command += [f"--ServerApp.port={_free_port()}", f"--{application}.expose_app_in_browser=True"]
        command += ["--LabApp.extension_manager=readonly"]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                command, cwd=self.folder, env=_environment(home), stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        try:
            self.address = self._wait_for_address()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End the server and with it its kernels."""
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(STOP_SECONDS)

    def log(self) -> str:
        """What the server has said so far."""
        return self._log.read_text(errors="replace")

    def _wait_for_address(self) -> str:
        """The address, as soon as the server answers; it may have taken another port than it was given."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self._process.poll() is not None:
                break
            for each in self._runtime.glob(f"jpserver-{self._process.pid}.json"):
                if (port := _port_in(each)) and _answers(port):
                    return f"http://127.0.0.1:{port}"
            time.sleep(0.1)
        raise RuntimeError(f"the Jupyter server did not start:\n{self.log()}")


def _environment(home: Path) -> dict[str, str]:
    """Nothing of the user's own Jupyter takes part, and the server asks nobody for news."""
    own = {"HOME": home, "JUPYTER_CONFIG_DIR": home / "config", "JUPYTER_DATA_DIR": home / "data"}
    own |= {"JUPYTER_RUNTIME_DIR": home / "runtime", "IPYTHONDIR": home / "ipython", "XDG_CONFIG_HOME": home / "xdg"}
    settings = home / "config" / "lab" / "user-settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text(json.dumps(QUIET))
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "JPY_"))}
    return kept | {name: str(value) for name, value in own.items()}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _port_in(path: Path) -> int | None:
    try:
        return json.loads(path.read_text())["port"]
    except (OSError, ValueError):
        return None  # it is just being written


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
