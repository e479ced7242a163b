"""All kinds of statements: the one list."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from plotlang.statements.curve import Curve, Dots, Equation, Expression, Inverse, Region
from plotlang.statements.define import Function, NotAFunction, Value
from plotlang.statements.figures import FIGURE_KINDS
from plotlang.statements.help import Help
from plotlang.statements.looks import LOOK_KINDS
from plotlang.statements.notebook_kinds import NOTEBOOK_KINDS
from plotlang.statements.planned import Planned, PlannedFormula
from plotlang.statements.table import TABLE_KINDS
from plotlang.statements.view import VIEW_KINDS

if TYPE_CHECKING:
    from plotlang.statements.formula_kinds import FormulaKind
    from plotlang.statements.kind import Kind

# Formula kinds are asked in this order which of them a line belongs to.
FORMULA_KINDS: tuple[FormulaKind, ...] = (
    PlannedFormula(),
    NotAFunction(),
    Curve(),
    Inverse(),
    Function(),
    Value(),
    Dots(),
    Equation(),
    Region(),
    Expression(),
)
KINDS: tuple[Kind, ...] = (
    *FORMULA_KINDS, *TABLE_KINDS, *NOTEBOOK_KINDS, *VIEW_KINDS, *LOOK_KINDS, *FIGURE_KINDS, Help(), Planned(),
)  # fmt: skip


@cache
def commands() -> dict[str, Kind]:
    """The kind that each command word starts."""
    return {word: kind for kind in KINDS for word in kind.words}
