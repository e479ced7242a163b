"""Starts the kernel: ``python -m plotlang.kernel -f CONNECTION_FILE``."""

from __future__ import annotations

import gc
import signal

signal.signal(signal.SIGINT, signal.SIG_IGN)  # until the kernel can answer to it
gc.disable()  # nothing that is imported is garbage; the kernel switches it on when all is loaded

from plotlang.kernel.app import KernelApp  # noqa: E402 (an interrupt during the imports must not end the process)

if __name__ == "__main__":
    KernelApp.launch_instance()
