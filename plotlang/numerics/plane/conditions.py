"""The comparisons that a condition is made of, and the condition with one of them decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plotlang.language.syntax import Compare, Expr, Logic, Not
from plotlang.numerics.building import ONE, ZERO, minus

if TYPE_CHECKING:
    from collections.abc import Iterator

INCLUDING = frozenset(("<=", ">=", "==", "≈"))
"""Comparisons that hold where both sides are equal."""
_TURNED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "==", "≈": "!="}


@dataclass(frozen=True, slots=True)
class Border:
    """A comparison of a condition: its difference vanishes along it; `solid` if the border belongs to what it allows.

    `met` is the condition as it reads where both sides of this comparison are equal, `unmet` with the comparison the
    other way.
    """

    difference: Expr
    solid: bool
    met: Expr
    unmet: Expr


def borders(condition: Expr) -> list[Border]:
    """One border for each comparison of two neighbours in a condition."""
    plain = _single(condition)
    found: list[Border] = []
    for part, negated in _comparisons(plain):
        operator = part.operators[0]
        decided = ONE if operator in INCLUDING else ZERO
        shown = _TURNED.get(operator, operator) if negated else operator
        met, unmet = (_replaced(plain, part, value) for value in (decided, ZERO if decided is ONE else ONE))
        found.append(Border(minus(part.operands[0], part.operands[1]), shown in INCLUDING, met, unmet))
    return found


def _single(condition: Expr) -> Expr:
    """The condition with chains of comparisons as single ones joined by ``and``."""
    match condition:
        case Compare(operands=operands, operators=operators) if len(operators) > 1:
            return Logic("and", tuple(Compare(operands[i : i + 2], (each,)) for i, each in enumerate(operators)))
        case Not(operand=inner):
            return Not(_single(inner))
        case Logic(operator=operator, operands=parts):
            return Logic(operator, tuple(_single(each) for each in parts))
        case _:
            return condition


def _comparisons(condition: Expr) -> Iterator[tuple[Compare, bool]]:
    """Single comparisons, and whether they stand under an odd number of negations."""
    rest = [(condition, False)]
    while rest:
        part, negated = rest.pop()
        match part:
            case Compare():
                yield part, negated
            case Not(operand=inner):
                rest.append((inner, not negated))
            case Logic(operands=parts):
                rest += [(each, negated) for each in reversed(parts)]
            case _:
                pass


def _replaced(condition: Expr, part: Expr, value: Expr) -> Expr:
    match condition:
        case _ if condition is part:
            return value
        case Not(operand=inner):
            return Not(_replaced(inner, part, value))
        case Logic(operator=operator, operands=parts):
            return Logic(operator, tuple(_replaced(each, part, value) for each in parts))
        case _:
            return condition
