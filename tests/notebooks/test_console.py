"""The terminal: Jupyter's console, driven as someone who types."""

from __future__ import annotations

import sys

import pexpect
import pytest

START_SECONDS = 90


@pytest.fixture
def console():
    """A console that has shown its first prompt."""
    command = ["-m", "jupyter_console", "--kernel", "plotlang", "--simple-prompt"]
    command.append("--ZMQTerminalInteractiveShell.image_handler=None")  # otherwise a viewer of the desktop is tried
    found = pexpect.spawn(sys.executable, command, encoding="utf-8", timeout=30, dimensions=(50, 120))
    found.expect(r"In \[1\]: ", timeout=START_SECONDS)
    yield found
    found.close(force=True)


def test_a_picture_is_told_in_words(console):
    console.sendline("y = sin(x)")
    console.expect("x from −5 to 5")
    console.expect(r"1\. Curve y = sin\(x\)")
    console.expect(r"In \[2\]: ")
    console.sendline("y = cos(x)")
    console.expect(r"2\. Curve y = cos\(x\)")


def test_a_value_is_printed(console):
    console.sendline("2^10")
    console.expect(r"Out\[1\]:.*1024")


def test_an_error_says_what_to_write(console):
    console.sendline("y = sine(x)")
    console.expect("sine")
    console.expect("did you mean sin")
    console.expect(r"In \[2\]: ")
    assert "Traceback" not in console.before


def test_exit_ends_it(console):
    console.sendline("exit")
    console.expect(pexpect.EOF)
    console.wait()
    assert console.exitstatus == 0


def test_the_end_of_input_ends_it(console):
    console.sendeof()
    console.expect("exit")
    console.sendline("y")
    console.expect(pexpect.EOF)
