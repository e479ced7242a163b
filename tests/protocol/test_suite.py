"""The test suite that Jupyter offers for kernels."""

from __future__ import annotations

import jupyter_kernel_test

from tests.protocol.client import Client


class TestKernel(jupyter_kernel_test.KernelTests):
    language_name = "plotlang"
    file_extension = ".plot"
    completion_samples = ({"text": "sqr", "matches": {"sqrt"}}, {"text": "zzzz", "matches": set()})
    complete_code_samples = ("y = x", "", "y = sin(x)\ny = cos(x)", "roots")
    incomplete_code_samples = ("y = (x + 1", "y = x +", "data D\nx y\n1 2")
    code_generate_error = "y = 3 sine(x)"
    code_execute_result = (
        {"code": "1 + 1", "result": "1 + 1 = 2"},
        {"code": "6*7", "result": "6*7 = 42"},
        {"code": "2 + 2", "result": "2 + 2 = 4"},
    )
    code_display_data = (
        {"code": "describe off\ny = sin(x)", "mime": "image/png"},  # each output must be of the one kind
        {"code": "y = x", "mime": "text/plain"},
    )
    code_inspect_sample = "sin"
    code_history_pattern = "1 + 1"
    supported_history_operations = ("tail", "range", "search")

    @classmethod
    def setUpClass(cls):
        cls.client = Client()
        cls.km, cls.kc = cls.client.manager, cls.client.channels

    @classmethod
    def tearDownClass(cls):
        cls.client.close()
