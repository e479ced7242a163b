"""How soon a kernel is there, how soon the first picture, and what it weighs: plotlang beside its peers, in one run.

    python benchmarks/startup.py [--rounds 9] [--check]

Each round starts every kernel once, in turn, and asks for the picture of one curve right after the first
kernel_info_reply.  The first round is thrown away (byte code and font caches are written in it); the table holds
medians and the ratios to plain ipykernel with matplotlib inline.  With
``--check`` the exit status is 1 if a target is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from dataclasses import astuple, dataclass
from pathlib import Path

import zmq
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

ROOT = Path(__file__).parents[1]
SETTLE = 1.5  # seconds until what loads in the background is there, before the memory is weighed
TARGETS = {"reply": 0.75, "picture": 0.75, "memory": 0.95}
INLINE = """\
%matplotlib inline
import numpy as np
import matplotlib.pyplot as plt
x = np.linspace(-5, 5, 1000)
plt.plot(x, np.sin(x))
plt.show()
"""
FORMULA = "y = sin(x)"


@dataclass(frozen=True)
class Peer:
    """A kernel and the cell that makes it draw."""

    name: str
    argv: list[str]
    code: str
    env: dict[str, str]


@dataclass(frozen=True)
class Measured:
    """Seconds from the start of the process to the reply and to the picture; memory (PSS) in MiB."""

    reply: float
    picture: float
    memory: float


def peers() -> list[Peer]:
    spec = json.loads((ROOT / "kernelspec" / "kernel.json").read_text())
    plain = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    recipe = [sys.executable, str(ROOT / "benchmarks/peers/recipe_kernel.py"), "-f", "{connection_file}"]
    return [
        Peer("ipykernel + inline", plain, INLINE, {}),
        Peer("recipe", recipe, FORMULA, {}),
        Peer("plotlang", [sys.executable, *spec["argv"][1:]], FORMULA, spec["env"]),
    ]


def measure(peer: Peer) -> Measured:
    """Start the kernel, ask, draw, weigh, stop."""
    context = zmq.Context()
    context.setsockopt(zmq.RECONNECT_IVL, 2)  # so that the waiting for the sockets costs no more than 2 ms
    manager = KernelManager(context=context)
    manager._kernel_spec = KernelSpec(argv=peer.argv, env=peer.env, language="", display_name=peer.name)
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    manager.start_kernel(env={**environment, "PYTHONPATH": str(ROOT)})
    client = manager.client(context=context)
    client.start_channels(stdin=False, hb=False)
    try:
        client.kernel_info()
        client.get_shell_msg(timeout=60)
        reply = time.perf_counter() - start
        picture = time_of_picture(client, peer) - start
        time.sleep(SETTLE)
        return Measured(reply, picture, memory(manager.provisioner.pid))
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        context.destroy(linger=0)


def time_of_picture(client, peer: Peer) -> float:  # noqa: ANN001 (a front end)
    """When the first PNG arrives."""
    client.execute(peer.code)
    while True:
        message = client.get_iopub_msg(timeout=60)
        if message["msg_type"] == "error":
            raise SystemExit(f"{peer.name}: {message['content']['evalue']}")
        if "image/png" in message["content"].get("data", {}):
            return time.perf_counter()


def memory(pid: int) -> float:
    """Proportional set size in MiB: pages that are shared count in parts."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise SystemExit("this system does not tell the memory of a process")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9, help="rounds to keep (%(default)s)")
    parser.add_argument("--check", action="store_true", help="fail if a target is missed")
    options = parser.parse_args()
    kernels = peers()
    rounds = [[astuple(measure(each)) for each in kernels] for _ in range(options.rounds + 1)][1:]
    medians = [[statistics.median(values) for values in zip(*runs, strict=True)] for runs in zip(*rounds, strict=True)]
    print(f"{'median of ' + str(options.rounds):22}{'reply s':>9}{'picture s':>11}{'PSS MiB':>9}{'ratios':>24}")
    missed = False
    for peer, values in zip(kernels, medians, strict=True):
        ratios = [value / first for value, first in zip(values, medians[0], strict=True)]
        print(f"{peer.name:22}{values[0]:9.3f}{values[1]:11.3f}{values[2]:9.1f}", *(f"{each:7.2f}" for each in ratios))
        if peer.name == "plotlang":
            missed = any(ratio > target for ratio, target in zip(ratios, TARGETS.values(), strict=True))
    print("targets for plotlang:", ", ".join(f"{name} ≤ {most}" for name, most in TARGETS.items()))
    return int(missed and options.check)


if __name__ == "__main__":
    sys.exit(main())
