"""Reading: syntax as typed + the known names → the expression that is meant, and notes on how it was read.

Side-by-side runs are resolved here: words into names, `name(` into calls or products, functions without brackets,
and the rules of the slash.  Where two readings are equally natural the line is refused and both are offered.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

from plotlang.language.diagnostics import FollowUp, LanguageError
from plotlang.language.printer import print_expr
from plotlang.language.scope import BINDERS, LIST_FUNCTIONS, Names
from plotlang.language.source import GREEK
from plotlang.language.syntax import (
    Binary,
    Binder,
    Call,
    Compare,
    Derivative,
    Differential,
    Expr,
    Index,
    Interval,
    ListOf,
    Logic,
    Member,
    Name,
    Negate,
    Not,
    Number,
    Paren,
    Piecewise,
    PlusMinus,
    Point,
    Restriction,
    Run,
    Span,
    Suffix,
    Text,
    Word,
    free_names,
    walk,
)
from plotlang.language.words import Piece, is_letter, pieces, unknown

MOST_NEW_LETTERS = 4
MANY = 100
_ANALYSIS = frozenset("roots extrema maxima minima inflections asymptotes intersect slope value area tangent".split())
Wrap: TypeAlias = Callable[[Expr], Expr]


def _same(value: Expr) -> Expr:
    return value


@dataclass(frozen=True, slots=True)
class _Atom:
    """A factor of a run once its words are known.

    `kind` is value, function, paren, brace or list; `wrap` puts back the powers and suffixes that stood behind it.
    """

    kind: str
    expr: Expr
    span: Span
    wrap: Wrap = _same
    name: str = ""
    primes: int = 0
    power: Expr | None = None
    glued: bool = False
    letter: bool = False


class Reading:
    """Reads the expressions of one statement; collects its notes and new letters on the way."""

    def __init__(self, names: Names, text: str) -> None:
        self.names, self.text = names, text
        self.notes: dict[str, None] = {}
        self.new: dict[str, Span] = {}
        self.called = False

    def read(self, raw: Expr, *, bound: tuple[str, ...] = (), coordinates: tuple[str, ...] = ()) -> Expr:
        """The expression that is meant, with `bound` variables and further coordinates known."""
        outside = self.names
        if coordinates:
            self.names = self.names.with_coordinates(*coordinates)
        if bound:
            self.names = self.names.with_bound(bound)
        try:
            return self.expr(raw)
        finally:
            self.names = outside

    def note(self, text: str) -> None:
        """Say something about how the line was understood, once."""
        self.notes.setdefault(text)

    # One node after the other.

    def expr(self, raw: Expr) -> Expr:  # noqa: C901, PLR0912 - one row per node
        match raw:
            case Number() | Text() | Name():
                return raw
            case Run() | Word() | Paren():
                return self.run(raw)
            case Negate(operand=Run() as operand):
                return _negated_first(self.run(operand), raw.span)
            case Negate(operand=operand):
                return Negate(self.expr(operand), span=raw.span)
            case PlusMinus(operand=operand):
                return PlusMinus(self.expr(operand), span=raw.span)
            case Binary(operator="/"):
                return self.slash(raw)
            case Binary(operator="^") | Suffix() | Index() | Member():
                return self.run(raw)
            case Binary(operator=operator, left=left, right=right):
                return Binary(operator, self.expr(left), self.expr(right), span=raw.span)
            case Call(function=function, arguments=arguments):
                return Call(function, tuple(self.expr(each) for each in arguments), span=raw.span)
            case Compare(operands=operands, operators=operators):
                return Compare(tuple(self.expr(each) for each in operands), operators, span=raw.span)
            case Not(operand=operand):
                return Not(self.expr(operand), span=raw.span)
            case Logic(operator=operator, operands=operands):
                return Logic(operator, tuple(self.expr(each) for each in operands), span=raw.span)
            case Piecewise(rows=rows):
                read = tuple((None if c is None else self.expr(c), self.expr(v)) for c, v in rows)
                return Piecewise(read, span=raw.span)
            case Restriction(condition=condition):
                return Restriction(self.expr(condition), span=raw.span)
            case ListOf(items=items):
                return ListOf(tuple(self.expr(each) for each in items), span=raw.span)
            case Interval(low=low, high=high, step=step, second=second):
                ends = self.expr(low), self.expr(high)
                others = (None if each is None else self.expr(each) for each in (step, second))
                return Interval(*ends, *others, span=raw.span)
            case Binder(kind=kind, body=body, variable=variable, source=source, condition=condition):
                return self.binder(kind, body, variable, source, condition, raw.span)
            case Point(items=items):
                return Point(tuple(self.expr(each) for each in items), span=raw.span)
            case _:
                raise LanguageError("this does not fit here", raw.span)

    def binder(self, kind: str, body: Expr, variable: str, source: Expr, condition: Expr | None, span: Span) -> Expr:
        """A sum, product, … or list over a bound variable."""
        read_source = self.expr(source)
        outside, self.names = self.names, self.names.with_bound((variable,))
        try:
            inside = self.expr(body)
            chosen = None if condition is None else self.expr(condition)
        finally:
            self.names = outside
        return Binder(kind, inside, variable, read_source, chosen, span=span)

    # Runs of factors.

    def run(self, raw: Expr) -> Expr:
        factors = raw.factors if isinstance(raw, Run) else (raw,)
        value = _product(self.values(self.atoms(factors)))
        if isinstance(raw, Run) and _power_then_letter(raw):
            self.reading_note(raw, value)
        return value

    def atoms(self, factors: tuple[Expr, ...]) -> list[_Atom]:
        found: list[_Atom] = []
        for place, factor in enumerate(factors):
            self.called = place + 1 < len(factors) and _begins_bracket(factors[place + 1])
            found.extend(self.atom(factor, _same))
        return found

    def atom(self, raw: Expr, wrap: Wrap) -> list[_Atom]:  # noqa: C901, PLR0912 - one row per node
        """A factor as atoms; what stands behind its head is wrapped around the last of them."""
        match raw:
            case Word():
                return self.word(raw, wrap)
            case Paren():
                return [_Atom("paren", raw, raw.span, wrap)]
            case Binary(operator="^", left=left, right=right):
                return self.power(raw, left, right, wrap)
            case Suffix(operator=operator, operand=operand):
                return self.atom(operand, lambda e: wrap(Suffix(operator, e, span=raw.span)))
            case Index(operand=operand, index=index):
                return self.index(raw, operand, index, wrap)
            case Member(operand=operand, name=name):
                if isinstance(operand, Word) and self.names.role(operand.text) in ("table", "value", None):
                    table = Name(operand.text, span=operand.span)
                    if self.names.role(operand.text) is None:
                        raise unknown(operand.text, self.names, operand.span)
                    return [_Atom("value", wrap(Member(table, name, span=raw.span)), raw.span, letter=True)]
                return self.atom(operand, lambda e: wrap(Member(e, name, span=raw.span)))
            case Restriction() | Piecewise():
                return [_Atom("brace", wrap(self.expr(raw)), raw.span)]
            case ListOf() | Binder():
                return [_Atom("list", wrap(self.expr(raw)), raw.span)]
            case Number() | Binary(operator="/", left=Number(), right=Number()):
                return [_Atom("number", wrap(raw), raw.span)]
            case Call(function="abs"):
                return [_Atom("bars", wrap(self.expr(raw)), raw.span)]
            case _:
                return [_Atom("value", wrap(self.expr(raw)), raw.span)]

    def index(self, raw: Expr, operand: Expr, index: Expr, wrap: Wrap) -> list[_Atom]:
        where = self.expr(index)
        if isinstance(operand, Word) and self.names.role(operand.text) in ("coordinate", "bound"):
            name = Name(operand.text, span=operand.span)
            return [
                _Atom("value", name, operand.span, letter=True),
                _Atom("list", wrap(ListOf((where,), span=index.span)), index.span),
            ]
        return self.atom(operand, lambda e: wrap(Index(e, where, span=raw.span)))

    def power(self, raw: Expr, base: Expr, exponent: Expr, wrap: Wrap) -> list[_Atom]:
        """A factor with a power; the power of a function belongs to its value."""
        head = base
        if isinstance(head, Word) and self.ends_in_function(head):
            *before, last = self.word(head, _same)
            above = self.expr(exponent)
            return [*before, replace(last, power=above, wrap=wrap, span=raw.span)]
        split = self.product_behind(exponent)
        if split is not None:
            letter, behind = split
            return [*self.power(raw, base, letter, _same), *self.atom(behind, wrap)]
        dangling = self.dangling(exponent)
        if dangling is not None:
            function, around = dangling
            below = self.single(base)
            return [replace(function, wrap=lambda e: wrap(Binary("^", below, around(e), span=raw.span)), span=raw.span)]
        above = self.expr(exponent)
        inner = exponent.operand if isinstance(exponent, Negate) else exponent
        if isinstance(inner, Word) and len(self.split(inner)) > 1 and self.names.role(inner.text) is None:
            self.note(f"the exponent {self.slice(exponent.span)} is read as {print_expr(above, ' · ')}")
        return self.atom(base, lambda e: wrap(Binary("^", e, above, span=raw.span)))

    def product_behind(self, exponent: Expr) -> tuple[Expr, Expr] | None:
        """Of ``e^x(x+1)``, where x is no function: the exponent, and the brackets that are a factor; else None."""
        match exponent:
            case Run(factors=(Word() as letter, Paren() as behind)) if not self.ends_in_function(letter):
                self.called = False
                if (
                    self.names.role(letter.text) is None
                    and is_letter(letter.text)
                    and self.looks_called(letter.text, behind)
                ):
                    raise self.no_function(letter.text, letter.span)
                return letter, behind
            case Negate(operand=operand):
                inner = self.product_behind(operand)
                return None if inner is None else (Negate(inner[0], span=exponent.span), inner[1])
            case Binary(operator="^", left=left, right=right):
                above = self.product_behind(right)
                return None if above is None else (Binary("^", left, above[0], span=exponent.span), above[1])
        return None

    def dangling(self, exponent: Expr) -> tuple[_Atom, Wrap] | None:
        """A function at the end of an exponent, whose value stands behind it, and what is around it; else None."""
        match exponent:
            case Word() if self.ends_in_function(exponent):
                atoms = self.word(exponent, _same)
                return (atoms[0], _same) if len(atoms) == 1 else None
            case Negate(operand=operand):
                inner = self.dangling(operand)
                return None if inner is None else (inner[0], lambda e: Negate(inner[1](e), span=exponent.span))
            case Binary(operator="^", left=left, right=right):
                above = self.dangling(right)
                if above is None:
                    return None
                below = self.single(left)
                return above[0], lambda e: Binary("^", below, above[1](e), span=exponent.span)
        return None

    def single(self, raw: Expr) -> Expr:
        """One factor alone, as a value."""
        return _product(self.values(self.atom(raw, _same)))

    def ends_in_function(self, word: Word) -> bool:
        return self.split(word)[-1].kind == "function"

    def split(self, word: Word) -> tuple[Piece, ...]:
        names = self.names
        if word.text in BINDERS and word.text not in names.roles:
            return (Piece(word.text, "function"),)
        if word.text == "γ" and self.called and names.role("γ") is None:
            return (Piece("gamma", "function"),)
        if word.primes and names.role(word.text) is None and not is_letter(word.text):
            raise unknown(word.text, names, word.span, called=True)
        return pieces(word.text, names, word.span, called=self.called)

    def word(self, raw: Word, wrap: Wrap) -> list[_Atom]:  # noqa: C901 - one row per kind of piece
        if raw.text in BINDERS and raw.text not in self.names.roles:
            return [_Atom("function", raw, raw.span, wrap, raw.text, raw.primes)]
        parts = self.split(raw)
        found = []
        for place, part in enumerate(parts):
            last = place == len(parts) - 1
            around, primes = (wrap, raw.primes) if last else (_same, 0)
            glued = len(parts) > 1
            if part.kind == "function":
                name = self.names.vocabulary.canonical(part.text) or part.text
                if part.text in self.names.roles:
                    name = part.text
                found.append(_Atom("function", raw, raw.span, around, name, primes, glued=glued))
            elif part.kind == "number":
                found.append(_Atom("number", around(Number(float(part.text), part.text, span=raw.span)), raw.span))
            elif part.kind == "new":
                found.append(self.new_letter(part, raw, around, primes))
            else:
                if primes:
                    raise LanguageError(
                        f"{part.text} is not a function, so it has no derivative",
                        raw.span,
                        suggestion="d/dx(…) differentiates a formula",
                    )
                value = Name(part.text, span=raw.span)
                found.append(_Atom("value", around(value), raw.span, name=part.text, letter=True, wrap=around))
        if len(parts) > 1 and (len(raw.text) > 2 or any(each.kind == "function" for each in parts)):
            found[0] = replace(found[0], glued=True)
        return found

    def new_letter(self, part: Piece, raw: Word, wrap: Wrap, primes: int) -> _Atom:
        """A letter that means nothing yet; whether it becomes a slider is decided by what follows."""
        return _Atom("new", raw, raw.span, wrap, part.text, primes, letter=True)

    def introduce(self, letter: str, span: Span) -> None:
        """A new letter becomes a slider, unless the line forbids it."""
        names = self.names
        if letter in self.new:
            return
        if letter in names.broken:
            raise FollowUp(f"{letter} is not defined", span)
        other = unknown(letter, names, span)
        if other.problem.message.endswith(" is") or "is not the axis" in other.problem.message:
            raise other
        if letter == "θ":
            raise LanguageError("θ has no value here", span, suggestion="polar curves: r = 1 + cos θ")
        if names.strict:
            raise LanguageError(f"{letter} is not defined", span, suggestion=f"define it first: {letter} = 1")
        if len(self.new) == MOST_NEW_LETTERS:
            raise LanguageError(
                f"more than {MOST_NEW_LETTERS} new letters in one line", span,
                suggestion=f"define some of them first: {letter} = 1",
            )  # fmt: skip
        self.new[letter] = span

    # From atoms to values.

    def values(self, atoms: list[_Atom]) -> list[Expr]:
        """The factors of a product, functions applied to what follows them."""
        found: list[Expr] = []
        place = 0
        while place < len(atoms):
            value, place = self.next_value(atoms, place)
            if found and atoms[place - 1].kind == "number" and value is atoms[place - 1].expr:
                raise _number_behind(found[-1], self.text, atoms[place - 1].span)
            found.append(value)
        glued = next((each for each in atoms if each.glued), None)
        if glued is not None:
            whole = self.slice(atoms[0].span.to(atoms[-1].span))
            self.note(f"{whole} is read as {print_expr(_product(found), ' · ')}")
        return found

    def next_value(self, atoms: list[_Atom], place: int) -> tuple[Expr, int]:
        atom = atoms[place]
        if atom.kind == "function":
            return self.application(atoms, place)
        if atom.kind == "new":
            return self.letter(atoms, place)
        if atom.kind == "paren":
            return atom.wrap(self.brackets(atom.expr)), place + 1
        return atom.expr, place + 1

    def letter(self, atoms: list[_Atom], place: int) -> tuple[Expr, int]:
        """A new letter: a slider, or an error where a function is meant."""
        atom = atoms[place]
        if atom.name in self.names.broken:
            raise FollowUp(f"{atom.name} is not defined", atom.span)
        behind = atoms[place + 1].expr if place + 1 < len(atoms) else None
        direct = isinstance(behind, Paren) and behind.span.start == atom.span.end
        if atom.primes or (direct and isinstance(behind, Paren) and self.looks_called(atom.name, behind)):
            raise self.no_function(atom.name, atom.span)
        self.introduce(atom.name, atom.span)
        return atom.wrap(Name(atom.name, span=atom.span)), place + 1

    def no_function(self, name: str, span: Span) -> LanguageError:
        """What to say about a letter that looks like a function and is none."""
        point = re.match(r"\(\s*([^()|,]*)[,|]\s*([^()]*?)\s*\)", self.text[span.end :])
        if point and name.isupper():
            shape = f"{name} = ({point[1].strip()}, {point[2]})"
            return LanguageError(f"{name} is not defined", span, suggestion=f"to mark a point write {shape}")
        hint = f"for a function write {name}(x) = … first; for a product write {name}*(…)"
        return LanguageError(f"{name} is not defined", span, suggestion=hint)

    def looks_called(self, name: str, behind: Paren) -> bool:
        if name in "fghFGH" or len(behind.items) != 1 or behind.variable:
            return True
        inside = behind.items[0]
        return not (isinstance(inside, Binary) and inside.operator in "+-±")

    def brackets(self, raw: Expr) -> Expr:
        """Round brackets that are no call: a value, or the coordinates of a point."""
        if not isinstance(raw, Paren):
            return self.expr(raw)
        if not raw.items:
            raise LanguageError("there is nothing inside these brackets", raw.span)
        if raw.variable is not None:
            raise LanguageError(
                "for inside brackets belongs to sum, prod, integral, max, min or a list",
                raw.span,
                suggestion="[k^2 for k in 1..5]",
            )
        if len(raw.items) == 1:
            return self.expr(raw.items[0])
        return Point(tuple(self.expr(each) for each in raw.items), span=raw.span)

    def application(self, atoms: list[_Atom], place: int) -> tuple[Expr, int]:
        """A function and what follows it."""
        atom = atoms[place]
        builtin = atom.name not in self.names.roles
        if place + 1 < len(atoms) and atoms[place + 1].kind == "paren":
            behind = atoms[place + 1]
            if not builtin and behind.span.start > atom.span.end:
                pass
            call = self.call(atom, behind.expr)
            return atom.wrap(behind.wrap(self.raised(atom, call))), place + 2
        if not builtin:
            if place + 1 < len(atoms) and atoms[place + 1].kind in ("value", "number", "new"):
                inside = self.slice(atoms[place + 1].span)
                raise LanguageError(f"{atom.name} is a function", atom.span, suggestion=f"write {atom.name}({inside})")
            return self.function_itself(atom), place + 1
        if atom.name in BINDERS or atom.name in LIST_FUNCTIONS or atom.name in _ANALYSIS:
            raise LanguageError(f"{atom.name} needs brackets", atom.span, suggestion=f"write {atom.name}(…)")
        return self.bare(atoms, place)

    def function_itself(self, atom: _Atom) -> Expr:
        """A function of the notebook without a value: only meant where a curve is expected."""
        shape = f"{atom.name}{chr(39) * atom.primes}"
        raise LanguageError(
            f"{shape} is a function and needs a value",
            atom.span,
            suggestion=f"write {shape}(x)",
            replacement=f"{shape}(x)",
        )

    def bare(self, atoms: list[_Atom], place: int) -> tuple[Expr, int]:
        """A built-in function without brackets takes the run of numbers, names and powers behind it."""
        atom, start, stop = atoms[place], place + 1, place + 1
        if stop < len(atoms) and atoms[stop].kind == "function":
            inner, stop = self.application(atoms, stop)
            return atom.wrap(self.raised(atom, self.built(atom, (inner,)))), stop
        while stop < len(atoms) and atoms[stop].kind in ("number", "value", "new", "bars"):
            if atoms[stop].kind == "bars" and stop > start:
                break
            stop += 1
            if atoms[stop - 1].kind == "bars":
                break
        if stop == start:
            behind = re.match(r"\s*-\s*\w+", self.text[atom.span.end :])
            meant = "".join(behind[0].split()) if behind else "x"
            raise LanguageError(f"{atom.name} needs a value", atom.span, suggestion=f"write {atom.name}({meant})")
        inside = _product(self.values([replace(each, glued=False) for each in atoms[start:stop]]))
        if stop < len(atoms) and atoms[stop].kind in ("paren", "list", "bars"):
            raise self.two_arguments(atom, inside, atoms[stop])
        return atom.wrap(self.raised(atom, self.built(atom, (inside,)))), stop

    def two_arguments(self, atom: _Atom, inside: Expr, behind: _Atom) -> LanguageError:
        other = behind.wrap(self.brackets(behind.expr)) if behind.kind == "paren" else behind.expr
        first = Binary("*", Call(atom.name, (inside,)), other)
        second = Call(atom.name, (Binary("*", inside, other),))
        return two_readings(first, second, behind.span)

    def raised(self, atom: _Atom, call: Expr) -> Expr:
        """The call with the power that stood between the function and its value."""
        power = atom.power
        if power is None:
            return call
        inverse = isinstance(power, Negate) and isinstance(power.operand, Number) and power.operand.value == 1
        if inverse and isinstance(call, Call):
            name = "arc" + call.function
            if self.names.vocabulary.canonical(name) is None:
                raise LanguageError(
                    f"{atom.name}^-1 has no fixed meaning", atom.span, suggestion=f"write 1/{atom.name}(x)"
                )
            name = self.names.vocabulary.canonical(name) or name
            self.note(f"{atom.name}^-1 is read as {name}, the inverse function; for 1/{atom.name}(x) write that")
            return Call(name, call.arguments, span=call.span)
        if atom.name in self.names.roles:
            first, second = Binary("^", call, power), Call(atom.name, (call,))
            raise two_readings(first, second, atom.span)
        return Binary("^", call, power, span=atom.span.to(call.span))

    def call(self, atom: _Atom, raw: Expr) -> Expr:
        """A function with its values in brackets."""
        if not isinstance(raw, Paren):
            raise LanguageError(f"{atom.name} needs a value in brackets", atom.span)
        if atom.name in self.names.roles:
            return self.user_call(atom, raw)
        if raw.variable is not None:
            return self.bound_call(atom, raw)
        if atom.name in ("sum", "prod", "integral", "limit"):
            arguments = tuple(self.expr(each) for each in raw.items)
            if atom.name in ("sum", "prod") and len(arguments) == 1 and self.is_list(arguments[0]):
                return Call("total" if atom.name == "sum" else "prod", arguments, span=atom.span.to(raw.span))
            example = {"integral": "integral(t^2 for t in 0..1)", "limit": "limit(sin(x)/x for x -> 0)"}
            raise LanguageError(
                f"{atom.name} needs to know its variable",
                atom.span.to(raw.span),
                suggestion=f"write {example.get(atom.name, f'{atom.name}(k^2 for k in 1..10)')}",
            )
        arguments = tuple(self.expr(each) for each in raw.items)
        return replace_span(self.built(atom, arguments), atom.span.to(raw.span))

    def is_list(self, expr: Expr) -> bool:
        """Whether a formula is a list, as far as its form and the names tell."""
        lists = (ListOf, Member, Binder)
        found = any(isinstance(each, lists) and getattr(each, "kind", "list") == "list" for each in walk(expr))
        return found or any(self.names.shapes.get(name) == "list" for name in free_names(expr))

    def bound_call(self, atom: _Atom, raw: Paren) -> Expr:
        if atom.name not in BINDERS or len(raw.items) != 1 or raw.source is None or raw.variable is None:
            raise LanguageError(
                f"{atom.name} does not go through values with for",
                atom.span,
                suggestion="sum, prod, integral, max, min and mean do",
            )
        if (atom.name == "limit") != raw.arrow:
            form = "limit(f(x) for x -> 0)" if atom.name == "limit" else f"{atom.name}(k for k in 1..10)"
            raise LanguageError(f"{atom.name} is written {form}", atom.span.to(raw.span))
        span = atom.span.to(raw.span)
        return self.binder(atom.name, raw.items[0], raw.variable, raw.source, raw.condition, span)

    def user_call(self, atom: _Atom, raw: Paren) -> Expr:
        """A function of the notebook: the number of values must fit."""
        arguments = tuple(self.expr(each) for each in raw.items)
        wanted = self.names.arity.get(atom.name, len(arguments))
        if len(arguments) != wanted:
            some = "value" if wanted == 1 else "values"
            shape = self.names.signatures.get(atom.name, atom.name)
            origin = self.names.origins.get(atom.name)
            where = f" in cell [{origin}]" if origin else ""
            raise LanguageError(
                f"{atom.name} takes {wanted} {some} but got {len(arguments)}",
                atom.span.to(raw.span),
                why=f"it was defined{where} as {shape}",
            )
        span = atom.span.to(raw.span)
        if atom.primes:
            if wanted != 1:
                raise LanguageError(
                    f"{atom.name} has {wanted} values, so {atom.name}' is not clear",
                    span,
                    suggestion=f"write d/dx({atom.name}(…))",
                )
            return Derivative(atom.name, atom.primes, arguments[0], span=span)
        return Call(atom.name, arguments, span=span)

    def built(self, atom: _Atom, arguments: tuple[Expr, ...]) -> Expr:
        """A call of a built-in function: the number of values must fit."""
        if atom.primes:
            if len(arguments) != 1:
                raise LanguageError(f"{atom.name}' takes one value", atom.span)
            return Derivative(atom.name, atom.primes, arguments[0], span=atom.span)
        name = atom.name
        if name.startswith("log_") and len(arguments) == 1:
            return Call("log", (arguments[0], self.base_of(atom)), span=atom.span)
        lists = name in LIST_FUNCTIONS and len(arguments) == 1
        least, most = self.names.vocabulary.arity.get(name, (1, 1))
        if not lists and not least <= len(arguments) <= most:
            some = f"{least}" if least == most else f"{least} to {most}" if most < MANY else f"{least} or more"
            word = "value" if some == "1" else "values"
            letters = ", ".join("xyzuvw"[: max(1, least)])
            raise LanguageError(
                f"{name} takes {some} {word} but got {len(arguments)}", atom.span, suggestion=f"write {name}({letters})"
            )
        if name == "log" and len(arguments) == 1:
            self.note(LOG_NOTE)
        return Call(name, arguments, span=atom.span)

    def base_of(self, atom: _Atom) -> Expr:
        """The base of log_2 or log_b: a number, or a letter (a slider if it is new)."""
        base = atom.name.removeprefix("log_")
        if base.isdigit():
            return Number(float(base), base, span=atom.span)
        if self.names.role(base) is None:
            self.introduce(base, atom.span)
        return Name(base, span=atom.span)

    # The slash.

    def slash(self, raw: Binary) -> Expr:
        """A division: a fraction of plain numbers sticks together, otherwise numbers and letters are below."""
        left, right = raw.left, raw.right
        around = self.before_d(left) if isinstance(right, Run) else None
        if around is not None and isinstance(right, Run):
            found = self.differential(right, raw.span)
            if found is not None:
                return around(found)
        above = self.expr(left)
        if not isinstance(right, Run):
            if isinstance(right, Word) and len(atoms := self.atoms((right,))) > 1:
                return self.letters_below(raw, above, atoms)
            below = self.expr(right)
            self.half_power(raw, above)
            return Binary("/", above, below, span=raw.span)
        atoms = self.atoms(right.factors)
        if self.is_plain(_last_operand(left)) and self.plain_atom(atoms[0]):
            return self.fraction(raw, above, atoms)
        return self.letters_below(raw, above, atoms)

    def half_power(self, raw: Binary, above: Expr) -> None:
        """Note that x^1/2 is no root."""
        last = _last_operand(raw.left)
        if not isinstance(last, Binary) or last.operator != "^":
            return
        exponent = last.right.operand if isinstance(last.right, Negate) else last.right
        if isinstance(exponent, Number) and exponent.value == 1:
            below, sign = self.slice(raw.right.span), "-" if isinstance(last.right, Negate) else ""
            root = f"{self.slice(last.left.span)}^({sign}1/{below})"
            self.note(
                f"{self.slice(raw.span)} is read as ({print_expr(above, ' · ')})/{below}; for a root write {root}"
            )

    def is_plain(self, raw: Expr) -> bool:
        """Whether a factor is a plain number; π counts as one."""
        match raw:
            case Number() | Word(text="pi"):
                return True
            case Binary(operator="^", left=left, right=right):
                return self.is_plain(left) and self.is_plain(right)
            case Suffix(operand=operand) | Negate(operand=operand):
                return self.is_plain(operand)
            case Run(factors=factors):
                return all(self.is_plain(each) for each in factors)
            case _:
                return False

    def plain_atom(self, atom: _Atom) -> bool:
        if atom.kind == "number":
            return True
        return atom.kind == "value" and isinstance(atom.expr, Name) and atom.expr.id == "pi"

    def fraction(self, raw: Binary, above: Expr, atoms: list[_Atom]) -> Expr:
        below, rest = atoms[0].expr, atoms[1:]
        ratio = Binary("/", above, below, span=raw.left.span.to(atoms[0].span))
        behind = self.values(rest)
        if rest and self.plain_atom(rest[0]) and rest[0].kind == "value":
            whole = Binary("/", above, _product([below, *behind]))
            raise two_readings(_product([ratio, *behind]), whole, rest[0].span)
        if rest[0].kind == "number":
            raise _number_behind(below, self.text, rest[0].span)
        value = _product([ratio, *behind])
        self.reading_note(raw, value)
        return value

    def letters_below(self, raw: Binary, above: Expr, atoms: list[_Atom]) -> Expr:
        stop = 0
        if atoms[0].kind == "function":
            _, stop = self.application(atoms, 0)
        else:
            while stop < len(atoms) and atoms[stop].kind in ("number", "value", "new"):
                if atoms[stop].kind == "new":
                    self.check_new_call(atoms, stop)
                stop += 1
            stop = max(stop, 1)
        below = _product(self.values(atoms[:stop]))
        rest = atoms[stop:]
        if not rest:
            self.reading_note(raw, Binary("/", above, below), when=stop > 1 and atoms[0].kind != "function")
            return Binary("/", above, below, span=raw.span)
        behind = self.values(rest)
        first = _product([Binary("/", above, below), *behind])
        unclear = rest[0].kind in ("paren", "list", "bars") or atoms[0].kind in ("paren", "list", "bars")
        if unclear and rest[0].kind not in ("brace", "function"):
            raise two_readings(Binary("/", above, _product([below, *behind])), first, rest[0].span)
        if rest[0].kind != "brace":
            self.reading_note(raw, first)
        return first

    def check_new_call(self, atoms: list[_Atom], place: int) -> None:
        """Raise where a new letter in front of brackets looks like an unknown function."""
        if place + 1 < len(atoms) and atoms[place + 1].kind == "paren":
            behind = atoms[place + 1].expr
            if isinstance(behind, Paren) and self.looks_called(atoms[place].name, behind):
                self.letter(atoms, place)

    def reading_note(self, raw: Expr, value: Expr, *, when: bool = True) -> None:
        if when:
            self.note(f"{self.slice(raw.span)} is read as {print_expr(value, ' · ')}")

    def before_d(self, left: Expr) -> Wrap | None:
        """What stands before the d of ``d/dx``, as something to put around the derivative; None without a d."""
        match left:
            case Word(text="d", primes=0):
                return _same
            case Run(factors=(*before, Word(text="d", primes=0))):
                return lambda value: Binary("*", self.run(Run(tuple(before), span=left.span)), value)
            case Negate(operand=operand):
                inner = self.before_d(operand)
                return None if inner is None else lambda value: _negated_first(inner(value), left.span)
            case PlusMinus(operand=operand):
                within = self.before_d(operand)
                return None if within is None else lambda value: PlusMinus(within(value), span=left.span)
            case Binary(operator="*", left=first, right=second):
                behind = self.before_d(second)
                return None if behind is None else lambda value: Binary("*", self.expr(first), behind(value))
        return None

    def differential(self, right: Run, span: Span) -> Expr | None:
        """``d/dx`` and what it stands before."""
        first, *rest = right.factors
        if not isinstance(first, Word) or not first.text.startswith("d") or len(first.text) < 2:
            return None
        variable = GREEK.get(first.text[1:], first.text[1:])
        if not is_letter(variable) or not rest:
            return None
        behind = Run(tuple(rest), right.spaced[1:], span=rest[0].span.to(rest[-1].span))
        outside = self.names
        if self.names.role(variable) is None:
            self.names = self.names.with_bound((variable,))
        try:
            operand = self.run(behind)
        finally:
            self.names = outside
        return Differential(variable, operand, span=span)

    def slice(self, span: Span) -> str:
        """The text as it was typed."""
        return " ".join(self.text[span.start : span.end].split())


LOG_NOTE = "log is the natural logarithm; lg is base 10, and log base 10 switches the notebook"


def replace_span(expr: Expr, span: Span) -> Expr:
    """The same expression with another span."""
    return replace(expr, span=span)


def two_readings(first: Expr, second: Expr, span: Span) -> LanguageError:
    """The error that offers both readings of a line."""
    one, other = print_expr(first, "*"), print_expr(second, "*")
    return LanguageError("this can be read two ways", span, suggestion=f"write  {one}   or   {other}")


def _product(factors: list[Expr]) -> Expr:
    value = factors[0]
    for each in factors[1:]:
        value = Binary("*", value, each, span=value.span.to(each.span))
    return value


def _negated_first(value: Expr, span: Span) -> Expr:
    """−(a·b) as (−a)·b, which is how it is said."""
    if isinstance(value, Binary) and value.operator == "*":
        return Binary("*", _negated_first(value.left, span), value.right, span=span)
    return Negate(value, span=span)


def _last_operand(raw: Expr) -> Expr:
    """The operand directly before the slash."""
    return raw.right if isinstance(raw, Binary) and raw.operator in ("*", "/", "//", "mod") else raw


def _number_behind(before: Expr, text: str, span: Span) -> LanguageError:
    """What to say about a number behind another factor."""
    digits = text[span.start : span.end]
    if isinstance(before, Number):
        message = "two numbers side by side"
        return LanguageError(message, before.span.to(span), suggestion="write * between them")
    name = print_expr(before)
    whole = name if isinstance(before, Name | Call) else f"({name})"
    return LanguageError(
        f"a number stands behind {name}",
        span,
        suggestion=f"write {digits}{whole} for a product or {whole}^{digits} for a power",
    )


def _power_then_letter(raw: Run) -> bool:
    """Whether a letter follows directly behind a power of e or of a number, as in e^2x."""
    for place, (first, second) in enumerate(pairwise(raw.factors), 1):
        match first:
            case Binary(operator="^", left=Word(text="e") | Number(), right=Number()):
                if isinstance(second, Word) and not raw.spaced[place]:
                    return True
    return False


def _begins_bracket(raw: Expr) -> bool:
    while isinstance(raw, Binary | Suffix | Index | Member):
        raw = raw.left if isinstance(raw, Binary) else raw.operand
    return isinstance(raw, Paren)


def coordinates_of(expr: Expr) -> frozenset[str]:
    """Which of x and y an expression uses freely."""
    return free_names(expr) & {"x", "y"}
