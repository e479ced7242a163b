"""Starts the real kernel on the stand-in notebook: ``python -m tests.kernel.standin_kernel -f CONNECTION_FILE``."""

from __future__ import annotations

from plotlang.kernel.app import KernelApp
from plotlang.kernel.kernel import PlotlangKernel
from tests.kernel.standin import StandInCells


class StandInKernel(PlotlangKernel):
    open_cells = StandInCells


if __name__ == "__main__":
    KernelApp.launch_instance(kernel_class=StandInKernel)
