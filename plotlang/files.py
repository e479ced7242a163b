"""Files of the notebook's folder: which of them may be used, and their text.

A name must stay below the folder, also through links; only plain files of known endings are opened.
"""

from __future__ import annotations

import os
import re
import stat
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from plotlang.language.diagnostics import LanguageError, Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST_BYTES = 5_000_000
MOST_FILES = 20
DATA_ENDINGS = (".csv", ".tsv", ".txt")
_LONGEST_NAME = 250
_MOST_LISTED = 1_000
_OWN_FOLDER = "a notebook reads and writes files in its own folder and the folders in it"
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def allowed(folder: Path, name: str, endings: tuple[str, ...]) -> Path:
    """The path that a file name means, whether it is there or not; raises `LanguageError` for names that lead out.

    `endings` are the endings that the file may have, in small letters and with their point.
    """
    _check_form(name)
    if Path(name).suffix.lower() not in endings:
        shown = ", ".join(each.removeprefix(".") for each in endings)
        hint = f"the name ends in {endings[0]}" if len(endings) == 1 else f"the endings are {shown}"
        if Path(name).suffix.lower() in (".xlsx", ".xls", ".ods"):
            hint = "save the sheet as a csv file"
        raise LanguageError(f"{_seen(name)} is a file of another kind", suggestion=hint)
    try:
        home = folder.resolve(strict=True)
        path = (home / name).resolve()
    except (OSError, RuntimeError, ValueError):
        raise LanguageError(f"{_seen(name)} can't be found", why="its folder can't be read") from None
    if not path.is_relative_to(home):
        raise LanguageError(f"{_seen(name)} is a link that leads out of the folder", why=_OWN_FOLDER)
    return path


def readable(folder: Path, name: str, endings: tuple[str, ...]) -> Path:
    """The path of a file that can be read; raises `LanguageError` when there is none, or it must not be read."""
    path = allowed(folder, name, endings)
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise _missing(folder, path, name, endings) from None
    except (OSError, ValueError):
        raise LanguageError(f"{_seen(name)} can't be read") from None
    if not stat.S_ISREG(mode):
        what = "a folder" if stat.S_ISDIR(mode) else "no plain file"
        raise LanguageError(f"{_seen(name)} is {what}")
    return path


def text_of(folder: Path, name: str, endings: tuple[str, ...]) -> str:
    """The text of a file: UTF-8, with or without its mark, or else Latin-1; its lines end in newlines.

    Raises `LanguageError` when the file can't or must not be read, is too large, or holds no text.
    """
    path = readable(folder, name, endings)
    try:
        data = _bytes_of(path)
    except (OSError, ValueError):
        raise LanguageError(f"{_seen(name)} can't be read", why="the system does not allow it") from None
    if data is None:
        raise LanguageError(f"{_seen(name)} is no plain file")
    if len(data) > MOST_BYTES:
        raise LanguageError(f"{_seen(name)} is too large", why=f"at most {MOST_BYTES // 1_000_000} MB are read")
    if b"\0" in data:
        raise LanguageError(f"{_seen(name)} holds no plain text", suggestion="save it as text in UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def texts_of(folder: Path, names: Iterable[str]) -> Mapping[str, str | Problem]:
    """The texts of data files by name; for those that can't be read, what is wrong."""
    found: dict[str, str | Problem] = {}
    for name in dict.fromkeys(names):
        if len(found) >= MOST_FILES:
            found[name] = Problem(f"a cell reads at most {MOST_FILES} files", suggestion="use several cells")
        else:
            try:
                found[name] = text_of(folder, name, DATA_ENDINGS)
            except LanguageError as error:
                found[name] = error.problem
    return found


def _check_form(name: str) -> None:
    """Raise `LanguageError` for a name that can't be one below the folder, on any system."""
    if not name.strip():
        raise LanguageError("the name of the file is missing", suggestion='for example: "heights.csv"')
    if not name.isprintable() or len(name) > _LONGEST_NAME:
        raise LanguageError("this is no name of a file", why="it is too long or holds invisible characters")
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", name):
        raise LanguageError("files are not fetched from the web", suggestion="save the file in the notebook's folder")
    hint = "put the file into the folder of the notebook"
    if name[0] in "/\\~" or re.match(r"[A-Za-z]:", name):
        raise LanguageError(f"{_seen(name)} is not in the folder of the notebook", why=_OWN_FOLDER, suggestion=hint)
    if ".." in re.split(r"[/\\]", name):
        raise LanguageError(f"{_seen(name)} leads out of the folder", why=_OWN_FOLDER, suggestion=hint)
    if "\\" in name:
        raise LanguageError("folders are separated by /", suggestion=f'write "{name.replace(chr(92), "/")}"')
    if any(each in name for each in ':*?"<>|') or any(_DEVICE.fullmatch(each) for each in name.split("/")):
        raise LanguageError(f"{_seen(name)} can't be the name of a file", suggestion="use letters, digits, - and _")


def _bytes_of(path: Path) -> bytes | None:
    """What a file holds, one byte more than allowed at most; None when it turns out to be no plain file."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        return file.read(MOST_BYTES + 1) if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else None


def _missing(folder: Path, path: Path, name: str, endings: tuple[str, ...]) -> LanguageError:
    """What to say about a file that is not there: the nearest names in the folder where it should be."""
    found = _listed(path.parent, endings)
    inside = name.rpartition("/")[0]
    meant = [f"{inside}/{each}" if inside else each for each in nearest(path.name, found)]
    hint = f"did you mean {' or '.join(map(_seen, meant))}?" if meant else ""
    if not hint:
        shown = ", ".join(_seen(each) for each in found[:5])
        hint = f"there is {shown}{', …' if len(found) > 5 else ''}" if found else "put the file there first"
    where = f"the folder {_seen(inside)}" if inside else f"the folder of the notebook, {_seen(folder.resolve().name)}"
    return LanguageError(f"there is no file {_seen(name)}", why=f"looked for in {where}", suggestion=hint)


def _listed(folder: Path, endings: tuple[str, ...]) -> list[str]:
    """The files of a folder that have one of these endings, in order."""
    try:
        with os.scandir(folder) as entries:
            names = [each.name for each in islice(entries, _MOST_LISTED)]
    except OSError:
        return []
    return sorted(each for each in names if Path(each).suffix.lower() in endings and each.isprintable())


def _seen(text: str) -> str:
    """A name as it can be shown in one line."""
    shown = "".join(each if each.isprintable() else "\ufffd" for each in text)
    return shown if len(shown) <= 60 else f"{shown[:30]}…{shown[-29:]}"
