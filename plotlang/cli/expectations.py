"""The words of ``expect`` blocks: what each says about a notebook, and whether it holds."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plotlang.language.diagnostics import LanguageError

if TYPE_CHECKING:
    from plotlang.interpreter.outcome import Outcome
    from plotlang.notebook import Notebook

Judge = Callable[["Scene", re.Match[str]], str]


@dataclass(frozen=True, slots=True)
class Scene:
    """A notebook after its last cell: what that cell gave, and what stands there now."""

    notebook: Notebook
    outcome: Outcome


def judge(scene: Scene, line: str) -> str:
    """Empty when an assertion holds; otherwise what is the case instead.  An unknown assertion does not hold."""
    at = re.fullmatch(r"at (\S+) (.*)", line)
    if at:
        return judge(Scene(scene.notebook, scene.notebook.at(at[1])), at[2])
    for pattern, judged in _WORDS:
        match = re.fullmatch(pattern, line)
        if match:
            try:
                return judged(scene, match)
            except (LanguageError, LookupError) as error:
                return f"there is none ({error})"
    return "this assertion is not known"


def _curves(scene: Scene, match: re.Match[str]) -> str:
    return _equal(len(_visible(scene)), match[1])


def _objects(scene: Scene, match: re.Match[str]) -> str:
    figure = scene.outcome.figure
    return _equal(figure.objects if figure is not None else 0, match[1])


def _visible(scene: Scene) -> list:  # type: ignore[type-arg]
    figure = scene.outcome.figure
    return [curve for curve in figure.curves if curve.visible] if figure is not None else []


def _curve_at(scene: Scene, match: re.Match[str]) -> str:
    value = _visible(scene)[int(match[1]) - 1].value(number(scene, match[2]))
    return close(scene, (value,), match[3])


def _kind(scene: Scene, match: re.Match[str]) -> str:
    return _same(_visible(scene)[int(match[1]) - 1].kind, match[2])


def _param(scene: Scene, match: re.Match[str]) -> str:
    return close(scene, (scene.notebook.value(match[1]),), match[2])


def _slider(scene: Scene, match: re.Match[str]) -> str:
    parameter = scene.notebook.parameters[match[1]]
    return close(scene, (parameter.low, parameter.high), match[2])


def _ends(scene: Scene, match: re.Match[str]) -> str:
    figure = scene.outcome.figure
    if figure is None:
        return "there is no figure"
    return close(scene, figure.xrange if match[1] == "x" else figure.yrange, match[2])


def _value(scene: Scene, match: re.Match[str]) -> str:
    squeezed = match[1].replace(" ", "")
    for result in reversed(scene.outcome.results):
        if result.name.replace(" ", "") == squeezed:
            if match[2].startswith('"'):
                return "" if match[2].strip('"') in result.text else f"it is {result.text}"
            return close(scene, result.numbers, match[2])
    return f"no value {match[1]} was printed"


def _reads(scene: Scene, match: re.Match[str]) -> str:
    return _same(scene.outcome.reading, match[1])


def _contains(scene: Scene, match: re.Match[str]) -> str:
    texts = [str(error) for error in scene.outcome.errors] if match[1] == "error" else list(scene.outcome.notes)
    wanted = match[2]
    return "" if any(wanted in text for text in texts) else f"they are {texts}"


def _errors(scene: Scene, match: re.Match[str]) -> str:
    return _equal(len(scene.outcome.errors), match[1])


def _error_line(scene: Scene, match: re.Match[str]) -> str:
    lines = [error.line for error in scene.outcome.errors]
    return "" if int(match[1]) in lines else f"the lines are {lines}"


def _check(scene: Scene, match: re.Match[str]) -> str:
    found = [each for result in scene.outcome.results for each in result.feedback if each.name == match[1]]
    return _same(found[-1].verdict, match[2]) if found else "it was not checked in this cell"


def _feedback(scene: Scene, match: re.Match[str]) -> str:
    found = [each.message for result in scene.outcome.results for each in result.feedback]
    return "" if any(match[1] in each for each in found) else f"it says {found}"


_WORDS: tuple[tuple[str, Judge], ...] = (
    (r"curves == (\d+)", _curves),
    (r"objects == (\d+)", _objects),
    (r"curve (\d+) at (\S+) == (\S+)", _curve_at),
    (r"kind (\d+) == (\w+)", _kind),
    (r"(?:param|fit) (\w+) == (\S+)", _param),
    (r"slider (\w+) == (\S+ \S+)", _slider),
    (r"([xy])range == (\S+ \S+)", _ends),
    (r"value (.+?) == (.+)", _value),
    (r'reads "(.*)"', _reads),
    (r'(note|error) contains "(.*)"', _contains),
    (r"errors == (\d+)", _errors),
    (r"error line == (\d+)", _error_line),
    (r"check (\w+) == (\w+)", _check),
    (r'feedback contains "(.*)"', _feedback),
)


def _equal(found: int, wanted: str) -> str:
    return "" if found == int(wanted) else f"there are {found}"


def _same(found: str, wanted: str) -> str:
    return "" if found == wanted else f'it is "{found}"'


def number(scene: Scene, text: str) -> float:
    """The value of a number as written in an assertion, for example -2, 3pi/2 or undefined."""
    del scene
    if text == "undefined":
        return math.nan
    from plotlang.notebook import Notebook

    return Notebook().value(text)


def close(scene: Scene, found: tuple[float, ...], wanted: str) -> str:
    """Whether numbers agree, as far as the digits that were written tell and to a millionth at least."""
    texts = wanted.split()
    values = [number(scene, text) for text in texts]
    fits = len(found) == len(values) and all(
        _agree(one, other, text) for one, other, text in zip(found, values, texts, strict=True)
    )
    return "" if fits else "it is " + " ".join(f"{each:.9g}" for each in found)


def _agree(found: float, wanted: float, text: str) -> bool:
    if math.isnan(wanted):
        return math.isnan(found)
    room = 1e-6 * max(1.0, abs(wanted))
    decimals = re.fullmatch(r"-?\d*\.(\d+)", text)
    if decimals:
        room = min(room, 0.51 * 10.0 ** -len(decimals[1]))
    return abs(found - wanted) <= room
