"""All kinds of statements: the one list."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from plotlang.statements.analysis import ANALYSIS_KINDS
from plotlang.statements.areas import AREA_KINDS
from plotlang.statements.checks import CHECK_KINDS
from plotlang.statements.curve import Curve, Dots, Equation, Expression, Inverse, Region
from plotlang.statements.data import DATA_KINDS
from plotlang.statements.define import Function, NotAFunction, Value
from plotlang.statements.fields import FIELD_KINDS, DifferentialEquation
from plotlang.statements.figures import FIGURE_KINDS
from plotlang.statements.fits import FIT_KINDS, Regression
from plotlang.statements.freeze import FREEZE_KINDS
from plotlang.statements.geometry import GEOMETRY_KINDS
from plotlang.statements.help import Help
from plotlang.statements.looks import LOOK_KINDS
from plotlang.statements.notebook_kinds import NOTEBOOK_KINDS
from plotlang.statements.paths import ParametricCurve, PolarCurve
from plotlang.statements.planned import Planned
from plotlang.statements.sequence import SEQUENCE_KINDS
from plotlang.statements.sliders import SLIDER_KINDS
from plotlang.statements.study import STUDY_KINDS
from plotlang.statements.table import TABLE_KINDS
from plotlang.statements.tasks import TASK_KINDS
from plotlang.statements.touching import TOUCH_KINDS
from plotlang.statements.view import VIEW_KINDS

if TYPE_CHECKING:
    from plotlang.statements.formula_kinds import FormulaKind
    from plotlang.statements.kind import Kind

# Formula kinds are asked in this order which of them a line belongs to.
FORMULA_KINDS: tuple[FormulaKind, ...] = (
    Regression(),
    DifferentialEquation(),
    PolarCurve(),
    NotAFunction(),
    Curve(),
    Inverse(),
    Function(),
    Value(),
    ParametricCurve(),
    Dots(),
    Equation(),
    Region(),
    Expression(),
)
KINDS: tuple[Kind, ...] = (
    *FORMULA_KINDS, *GEOMETRY_KINDS, *FIELD_KINDS, *SEQUENCE_KINDS, *DATA_KINDS, *FIT_KINDS, *ANALYSIS_KINDS,
    *TOUCH_KINDS, *AREA_KINDS, *STUDY_KINDS, *TABLE_KINDS, *SLIDER_KINDS, *FREEZE_KINDS, *NOTEBOOK_KINDS, *VIEW_KINDS,
    *LOOK_KINDS, *FIGURE_KINDS, *TASK_KINDS, *CHECK_KINDS, Help(), Planned(),
)  # fmt: skip


@cache
def commands() -> dict[str, Kind]:
    """The kind that each command word starts."""
    return {word: kind for kind in KINDS for word in kind.words}
