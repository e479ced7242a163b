"""The plotting kernel of the IPython Cookbook's recipe, written anew from its description.

A cell holds lines ``y = f(x)``; each right side is evaluated by Python with numpy's names, x from -5 to 5; all curves
of the cell go into one matplotlib figure, sent as a PNG of 600 by 400 pixels.  Nothing is kept from cell to cell.
"""

from __future__ import annotations

import base64
import io
import urllib.parse

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
from ipykernel.kernelbase import Kernel

NAMES = {name: getattr(np, name) for name in dir(np) if not name.startswith("_")}


def as_png(figure):
    file = io.BytesIO()
    figure.savefig(file, format="png")
    plt.close(figure)
    return urllib.parse.quote(base64.b64encode(file.getvalue()))


def draw(code):
    figure, axes = plt.subplots(1, 1, figsize=(6, 4), dpi=100)
    x = np.linspace(-5.0, 5.0, 200)
    for line in code.splitlines():
        left, _, right = line.partition("=")
        if left.strip() == "y":
            axes.plot(x, eval(right, {**NAMES, "np": np}, {"x": x}), label=line)
    axes.set_xlim(-5, 5)
    axes.legend(loc="best")
    return figure


class PlotKernel(Kernel):
    implementation = "Plot"
    implementation_version = "1.0"
    language = "python"
    language_version = "3.11"
    language_info = {"name": "plotter", "mimetype": "text/plain", "extension": ".py"}  # noqa: RUF012
    banner = "Simple plotting"

    async def do_execute(self, code, silent, store_history=True, user_expressions=None, allow_stdin=False):
        if not silent:
            content = {
                "source": "kernel",
                "data": {"image/png": urllib.parse.unquote(as_png(draw(code)))},
                "metadata": {"image/png": {"width": 600, "height": 400}},
            }
            self.send_response(self.iopub_socket, "display_data", content)
        return {"status": "ok", "execution_count": self.execution_count, "payload": [], "user_expressions": {}}


if __name__ == "__main__":
    from ipykernel.kernelapp import IPKernelApp

    IPKernelApp.launch_instance(kernel_class=PlotKernel)
