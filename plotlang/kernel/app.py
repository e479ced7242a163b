"""The process around the kernel: ipykernel's application, without what only Python cells need."""

from __future__ import annotations

import io
import logging
import sys

from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel
from traitlets import DottedObjectName, Type

from plotlang.kernel.kernel import PlotlangKernel

log = logging.getLogger("plotlang")


class LogStream(io.TextIOBase):
    """What a library prints goes to the log: prints are no output, and a closed terminal does no harm."""

    encoding = "utf-8"

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, text: str) -> int:
        """Log the text without its line end."""
        if text.strip():
            log.debug("printed: %s", text.rstrip())
        return len(text)


class KernelApp(IPKernelApp):
    """One kernel, its sockets and its log."""

    name = "plotlang-kernel"
    kernel_class = Type(PlotlangKernel, klass=Kernel)
    outstream_class = DottedObjectName(None, allow_none=True)

    def init_io(self) -> None:
        """Keep everything printed out of the cells."""
        super().init_io()
        if sys.__stderr__ is not None:
            log.addHandler(logging.StreamHandler(sys.__stderr__))
        sys.stdout = sys.stderr = LogStream()

    def init_pdb(self) -> None:
        """There is no Python to debug."""
