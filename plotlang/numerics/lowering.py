"""Lowering: an expression of the notebook → core expressions that can be computed.

Functions of the notebook are put in, parameters become numbers, lists and points are worked on entry by entry, angles
and logarithms follow the settings, derivatives are taken exactly.  The result shares equal parts by identity, so that
functions that call functions many times stay small.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from plotlang.language.diagnostics import LanguageError
from plotlang.language.scope import CONSTANTS, CURVE_FUNCTIONS, GEOMETRY_FUNCTIONS, LIST_FUNCTIONS
from plotlang.language.syntax import (
    Binary,
    Binder,
    Call,
    Compare,
    Derivative,
    Differential,
    Expr,
    Fitted,
    Index,
    Interval,
    ListOf,
    Logic,
    Member,
    Name,
    Negate,
    Not,
    Number,
    Piecewise,
    PlusMinus,
    Point,
    Recurrence,
    Restriction,
    Suffix,
    Text,
    free_names,
)
from plotlang.model.budget import UNLIMITED, Budget
from plotlang.numerics import lists
from plotlang.numerics.compile import compile_expr
from plotlang.numerics.curvefunctions import curve_function, fitted, limit_of, term
from plotlang.numerics.derivative import differentiate
from plotlang.numerics.functions import FUNCTIONS
from plotlang.numerics.tables import column, no_number

if TYPE_CHECKING:
    from plotlang.model.session import Definition, Settings

MOST_NODES = 20_000
_FORWARD = frozenset("sin cos tan sec csc cot".split())
_BACKWARD = frozenset("arcsin arccos arctan arcsec arccsc arccot atan2".split())
_HALF_TURN = Number(180.0)
_TO_RADIANS = Binary("/", Name("pi"), _HALF_TURN)
_TO_DEGREES = Binary("/", _HALF_TURN, Name("pi"))
Environment: TypeAlias = Mapping[str, Expr]


class Lowering:
    """Lowers the expressions of one state of the notebook; what names stand for is worked out once.

    `sign` chooses one side of ±; `span` gives the range of x in which zeros and the like are looked for.
    """

    def __init__(
        self,
        definitions: Mapping[str, Definition],
        settings: Settings,
        budget: Budget = UNLIMITED,
        *,
        sign: int = 1,
        span: Callable[[], tuple[float, float]] = lambda: (-5.0, 5.0),
    ) -> None:
        self.definitions, self.settings, self.budget = definitions, settings, budget
        self.sign, self.span = sign, span
        self.values: dict[str, Expr] = {}
        self.calls: dict[tuple[str, tuple[int, ...]], tuple[Expr, tuple[Expr, ...]]] = {}
        self.active: list[str] = []
        self.count = 0
        self.kept: frozenset[str] = frozenset()

    def lower(self, expr: Expr, bound: Environment | None = None) -> Expr:
        """The core expression; a list stays a `ListOf` and a point a `Point` of core expressions.

        `bound` gives the meaning of bound variables.  Raises `LanguageError` for names without a meaning, lists of
        different lengths, and formulas that grow too large.
        """
        return self._lower(expr, bound or {})

    def number(self, expr: Expr, bound: Environment | None = None) -> float:
        """The value of an expression without variables; NaN where it is undefined."""
        core = self.lower(expr, bound)
        if isinstance(core, ListOf | Point | Text):
            what = {ListOf: "list", Point: "point", Text: "text"}[type(core)]
            raise LanguageError(f"a number is needed here, not a {what}", expr.span)
        return float(compile_expr(core, budget=self.budget)())

    def _lower(self, expr: Expr, env: Environment) -> Expr:  # noqa: C901, PLR0912, PLR0915 - one row per node
        self.count += 1
        if self.count > MOST_NODES:
            raise LanguageError("this formula is too large to compute", expr.span)
        if self.count % 512 == 0:
            self.budget.check()
        match expr:
            case Number() | Text():
                return expr
            case Name(id=name):
                return self.name(expr, name, env)
            case Negate(operand=operand):
                return lists.each(Negate, self._lower(operand, env))
            case PlusMinus(operand=operand):
                value = self._lower(operand, env)
                return value if self.sign > 0 else lists.each(Negate, value)
            case Suffix(operator=operator, operand=operand):
                return self.suffix(operator, self._lower(operand, env))
            case Binary(operator=operator, left=left, right=right):
                return self.binary(operator, self._lower(left, env), self._lower(right, env), expr)
            case Call(function=function) if function in CURVE_FUNCTIONS and function not in self.definitions:
                return curve_function(self, expr, env)
            case Call(function=function, arguments=arguments):
                return self.call(function, tuple(self._lower(each, env) for each in arguments), expr)
            case Derivative(function=function, order=order, argument=argument):
                return self.derivative(function, order, self._lower(argument, env), expr)
            case Differential(variable=variable, operand=operand, order=order):
                return self.differential(variable, operand, order, env)
            case Compare(operands=operands, operators=operators):
                sides = tuple(self._lower(each, env) for each in operands)
                return lists.spread(lambda *parts: Compare(parts, operators, span=expr.span), sides, expr.span)
            case Not(operand=operand):
                return Not(self._lower(operand, env), span=expr.span)
            case Logic(operator=operator, operands=operands):
                return Logic(operator, tuple(self._lower(each, env) for each in operands), span=expr.span)
            case Piecewise(rows=rows):
                return self.piecewise(rows, env)
            case Restriction(condition=condition):
                return Restriction(self._lower(condition, env), span=expr.span)
            case ListOf(items=items):
                return self.listing(items, env, expr)
            case Point(items=items):
                return Point(tuple(self._lower(each, env) for each in items), span=expr.span)
            case Index(operand=operand, index=index):
                return self.entry(self._lower(operand, env), self._lower(index, env), expr)
            case Member(operand=operand, name=name):
                return self.member(operand, name, env, expr)
            case Binder():
                return self.binder(expr, env)
            case Interval():
                return self.listing((expr,), env, expr)
            case Fitted():
                return fitted(self, expr, env)
            case Recurrence():
                return term(self, expr, env)
        raise LanguageError("this has no value", expr.span)

    # Names and calls.

    def name(self, expr: Expr, name: str, env: Environment) -> Expr:
        if name in env:
            return env[name]
        if name in self.kept:
            return expr
        definition = self.definitions.get(name)
        if definition is None:
            if name in CONSTANTS or name in ("x", "y", "θ"):
                return expr
            raise LanguageError(f"{name} is not defined", expr.span)
        if definition.kind == "table":
            raise no_number(definition, expr.span)
        if definition.parameters is not None:
            raise LanguageError(f"{name} is a function and needs a value", expr.span, suggestion=f"write {name}(x)")
        if name not in self.values:
            self.values[name] = self.enter(name, definition.body, {})
        return self.values[name]

    def enter(self, name: str, body: Expr, env: Environment) -> Expr:
        """The body of a definition, lowered; definitions that contain themselves are refused."""
        if name in self.active:
            raise LanguageError(f"{name} is defined by itself", body.span)
        self.active.append(name)
        try:
            return self._lower(body, env)
        finally:
            self.active.pop()

    def call(self, function: str, arguments: tuple[Expr, ...], expr: Expr) -> Expr:
        definition = self.definitions.get(function)
        if definition is not None and definition.parameters is not None:
            return lists.spread(lambda *parts: self.user_call(function, parts), arguments, expr.span)
        if function in LIST_FUNCTIONS and any(isinstance(each, ListOf) for each in arguments):
            return lists.reduce(function, arguments, self.number_of, expr.span)
        if function in LIST_FUNCTIONS and function not in FUNCTIONS:
            if len(arguments) > 1:
                return lists.reduce(function, (ListOf(arguments),), self.number_of, expr.span)
            raise LanguageError(f"{function} needs a list", expr.span, suggestion=f"for example: {function}([1, 2, 3])")
        if function in GEOMETRY_FUNCTIONS:
            return lists.geometry(function, arguments, expr.span)
        return lists.spread(lambda *parts: self.builtin(function, parts, expr), arguments, expr.span)

    def user_call(self, function: str, arguments: tuple[Expr, ...]) -> Expr:
        key = (function, tuple(id(each) for each in arguments))
        if key not in self.calls:
            definition = self.definitions[function]
            env = dict(zip(definition.parameters or (), arguments, strict=False))
            self.calls[key] = (self.enter(function, definition.body, env), arguments)
        return self.calls[key][0]

    def builtin(self, function: str, arguments: tuple[Expr, ...], expr: Expr) -> Expr:
        if self.settings.log_base_ten and function == "log" and len(arguments) == 1:
            return Call("lg", arguments, span=expr.span)
        if self.settings.degrees and function in _FORWARD:
            return Call(function, (Binary("*", arguments[0], _TO_RADIANS),), span=expr.span)
        value = Call(function, arguments, span=expr.span)
        if self.settings.degrees and function in _BACKWARD:
            return Binary("*", value, _TO_DEGREES, span=expr.span)
        return value

    def suffix(self, operator: str, operand: Expr) -> Expr:
        match operator:
            case "!":
                return lists.each(lambda part: Call("factorial", (part,)), operand)
            case "%":
                return lists.each(lambda part: Binary("/", part, Number(100.0)), operand)
        if self.settings.degrees:
            return operand
        return lists.each(lambda part: Binary("*", part, _TO_RADIANS), operand)

    def binary(self, operator: str, left: Expr, right: Expr, expr: Expr) -> Expr:
        if operator == "±":
            operator = "+" if self.sign > 0 else "-"

        def joined(a: Expr, b: Expr) -> Expr:
            return Binary(operator, a, b, span=expr.span)

        return lists.spread(joined, (left, right), expr.span)

    def piecewise(self, rows: tuple[tuple[Expr | None, Expr], ...], env: Environment) -> Expr:
        lowered = [(None if c is None else self._lower(c, env), self._lower(v, env)) for c, v in rows]
        return Piecewise(tuple(lowered))

    # Derivatives.

    def derivative(self, function: str, order: int, argument: Expr, expr: Expr) -> Expr:
        letter = Name("·")  # a name that nobody can type
        inside = self.call(function, (letter,), expr)
        for _ in range(order):
            inside = differentiate(inside, letter.id)
        return lists.each(lambda part: lists.substitute(inside, letter.id, part), argument)

    def differential(self, variable: str, operand: Expr, order: int, env: Environment) -> Expr:
        outside, self.kept = self.kept, self.kept | {variable}
        values, self.values = self.values, {}
        calls, self.calls = self.calls, {}
        try:
            inside = self._lower(operand, {key: each for key, each in env.items() if key != variable})
        finally:
            self.kept, self.values, self.calls = outside, values, calls
        for _ in range(order):
            inside = lists.each(lambda part: differentiate(part, variable), inside)
        present = self.name(Name(variable), variable, env)
        return inside if present == Name(variable) else lists.substitute(inside, variable, present)

    # Lists, points, tables.

    def number_of(self, core: Expr) -> float:
        """The value of a core expression without variables; `LanguageError` if it has some."""
        if isinstance(core, Number):
            return core.value
        used = free_names(core) - set(CONSTANTS) - set(FUNCTIONS)
        if used:
            raise LanguageError(f"a plain number is needed here, but this depends on {min(used)}", core.span)
        return float(compile_expr(core, budget=self.budget)())

    def listing(self, items: tuple[Expr, ...], env: Environment, expr: Expr) -> Expr:
        found: list[Expr] = []
        for item in items:
            if isinstance(item, Interval):
                found.extend(Number(value) for value in self.steps(item, env))
            else:
                found.append(self._lower(item, env))
            lists.check_length(len(found), expr.span)
        return ListOf(tuple(found), span=expr.span)

    def steps(self, interval: Interval, env: Environment) -> list[float]:
        """The numbers of ``a..b`` in a list: in steps of 1, or as the second entry or the step says."""
        parts = (interval.low, interval.high, interval.step, interval.second)
        low, high, step, second = (None if p is None else self.number_of(self._lower(p, env)) for p in parts)
        if low is None or high is None:
            raise LanguageError("a list needs both ends", interval.span)
        return lists.count(low, high, second - low if second is not None else step, interval.span)

    def entry(self, operand: Expr, index: Expr, expr: Expr) -> Expr:
        if not isinstance(operand, ListOf):
            raise LanguageError("only a list has entries", expr.span, suggestion="L = [1, 2, 3] and then L[2]")
        if isinstance(index, ListOf):
            chosen = tuple(lists.pick(operand, self.number_of(each), expr.span) for each in index.items)
            return ListOf(chosen, span=expr.span)
        return lists.pick(operand, self.number_of(index), expr.span)

    def member(self, operand: Expr, name: str, env: Environment, expr: Expr) -> Expr:
        if isinstance(operand, Name) and operand.id not in env:
            definition = self.definitions.get(operand.id)
            if definition is not None and definition.kind == "table":
                key = f"{operand.id}.{name}"
                if key not in self.values:
                    self.values[key] = column(definition, name, expr.span)
                return self.values[key]
        value = self._lower(operand, env)
        place = {"x": 0, "y": 1}.get(name)
        if place is None:
            raise LanguageError(f"there is no .{name} here", expr.span, suggestion="a point has .x and .y")

        def coordinate(part: Expr) -> Expr:
            if not isinstance(part, Point):
                raise LanguageError(f"only a point has .{name}", expr.span)
            return part.items[place]

        if isinstance(value, ListOf):
            return ListOf(tuple(coordinate(each) for each in value.items), span=expr.span)
        return coordinate(value)

    # Sums and other binders.

    def binder(self, expr: Binder, env: Environment) -> Expr:
        if expr.kind == "limit":
            return limit_of(self, expr, env)
        if expr.kind == "list" or not isinstance(expr.source, Interval):
            return self.unrolled(expr, env)
        source = expr.source
        ends = [None if p is None else self._lower(p, env) for p in (source.low, source.high, source.step)]
        variable = expr.variable
        if any(variable in free_names(each) for each in env.values()):
            variable = f"{variable}·{len(env)}"
        inner: dict[str, Expr] = {**env, expr.variable: Name(variable)}
        body = self._lower(expr.body, inner)
        condition = None if expr.condition is None else self._lower(expr.condition, inner)
        low, high = ends[0], ends[1]
        if low is None or high is None:
            raise LanguageError("both ends are needed", expr.span)
        if isinstance(body, ListOf | Point):
            raise LanguageError(f"{expr.kind} works on numbers", expr.body.span)
        return Binder(expr.kind, body, variable, Interval(low, high, ends[2]), condition, span=expr.span)

    def unrolled(self, expr: Binder, env: Environment) -> Expr:
        """A list, or a sum and its like over a list: the body once for every entry."""
        source = self._lower(expr.source, env)
        if not isinstance(source, ListOf):
            raise LanguageError("for needs a range or a list", expr.source.span, suggestion="for k in 1..5")
        found = []
        for item in source.items:
            inner: dict[str, Expr] = {**env, expr.variable: item}
            if expr.condition is None or self.number_of(self._lower(expr.condition, inner)):
                found.append(self._lower(expr.body, inner))
        values = ListOf(tuple(found), span=expr.span)
        if expr.kind == "list":
            return values
        kind = {"sum": "total"}.get(expr.kind, expr.kind)
        return lists.reduce(kind, (values,), self.number_of, expr.span)
