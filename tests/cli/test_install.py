"""The kernelspec and the commands that install it."""

from __future__ import annotations

import json
import struct
import sys
from pathlib import Path

import pytest

from plotlang.cli import main
from plotlang.cli.install import kernelspec_folder
from plotlang.cli.lab import copy_examples


def installed(prefix: Path) -> Path:
    return prefix / "share" / "jupyter" / "kernels" / "plotlang"


def test_install_below_a_prefix(tmp_path, capsys):
    assert main(["install", "--prefix", str(tmp_path)]) == 0
    assert str(tmp_path) in capsys.readouterr().out
    names = sorted(each.name for each in installed(tmp_path).iterdir())
    assert names == ["kernel.json", "logo-32x32.png", "logo-64x64.png", "logo-svg.svg"]
    spec = json.loads((installed(tmp_path) / "kernel.json").read_text())
    assert spec["argv"][0] == sys.executable
    assert spec["interrupt_mode"] == "signal"


def test_installing_twice_is_installing_once(tmp_path):
    assert main(["install", "--prefix", str(tmp_path)]) == 0
    assert main(["install", "--prefix", str(tmp_path)]) == 0


def test_user_install_and_uninstall(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "0")
    assert main(["install", "--user"]) == 0
    assert (tmp_path / "kernels" / "plotlang" / "kernel.json").is_file()
    assert main(["uninstall"]) == 0
    assert not (tmp_path / "kernels" / "plotlang").exists()
    assert str(tmp_path) in capsys.readouterr().out


def test_a_place_that_cannot_be_written_is_named(tmp_path, capsys):
    (tmp_path / "share").write_text("in the way")
    assert main(["install", "--prefix", str(tmp_path)]) == 1
    assert "cannot install" in capsys.readouterr().err


@pytest.mark.parametrize("size", [32, 64])
def test_logos_have_the_size_they_are_named_for(size):
    png = (kernelspec_folder() / f"logo-{size}x{size}.png").read_bytes()
    assert struct.unpack(">II", png[16:24]) == (size, size)


def test_examples_that_were_changed_are_kept(tmp_path):
    copy_examples(tmp_path)
    (tmp_path / "mine.ipynb").write_text("mine")
    copy_examples(tmp_path)
    assert (tmp_path / "mine.ipynb").read_text() == "mine"
