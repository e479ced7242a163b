"""Functions and what follows them: calls, functions without brackets, powers of functions, and new letters."""

from __future__ import annotations

import re
from abc import abstractmethod
from dataclasses import replace

from plotlang.language.diagnostics import FollowUp, LanguageError
from plotlang.language.factors import Atom, Factors, product
from plotlang.language.printer import print_expr
from plotlang.language.scope import BINDERS, CURVE_FUNCTIONS, DRAWN_AT, LIST_FUNCTIONS
from plotlang.language.syntax import (
    Binary,
    Binder,
    Call,
    Compare,
    Derivative,
    Expr,
    FunctionOf,
    ListOf,
    Logic,
    Member,
    Name,
    Negate,
    Not,
    Number,
    Paren,
    Point,
    Span,
    Word,
    free_names,
    walk,
)

MANY = 100


class Calls(Factors):
    """Turns factors into values."""

    @abstractmethod
    def binder(self, kind: str, body: Expr, variable: str, source: Expr, condition: Expr | None, span: Span) -> Expr:
        """A sum, product, … or list over a bound variable."""

    def values(self, atoms: list[Atom]) -> list[Expr]:
        """The factors of a product, functions applied to what follows them."""
        found: list[Expr] = []
        place = 0
        while place < len(atoms):
            value, place = self.next_value(atoms, place)
            if found and atoms[place - 1].kind == "number" and value is atoms[place - 1].expr:
                raise number_behind(found[-1], self.text, atoms[place - 1].span)
            found.append(value)
        glued = next((each for each in atoms if each.glued), None)
        if glued is not None:
            whole = self.slice(atoms[0].span.to(atoms[-1].span))
            self.note(f"{whole} is read as {print_expr(product(found), ' · ')}")
        return found

    def next_value(self, atoms: list[Atom], place: int) -> tuple[Expr, int]:
        atom = atoms[place]
        if atom.kind == "function":
            return self.application(atoms, place)
        if atom.kind == "new":
            return self.letter(atoms, place)
        if atom.kind == "paren":
            return atom.wrap(self.brackets(atom.expr)), place + 1
        return atom.expr, place + 1

    def letter(self, atoms: list[Atom], place: int) -> tuple[Expr, int]:
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

    def application(self, atoms: list[Atom], place: int) -> tuple[Expr, int]:
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
        if atom.name in BINDERS or atom.name in LIST_FUNCTIONS or atom.name in CURVE_FUNCTIONS:
            raise LanguageError(f"{atom.name} needs brackets", atom.span, suggestion=f"write {atom.name}(…)")
        return self.bare(atoms, place)

    def function_itself(self, atom: Atom) -> Expr:
        """A function of the notebook without a value: only meant where a curve is expected."""
        shape = f"{atom.name}{chr(39) * atom.primes}"
        raise LanguageError(
            f"{shape} is a function and needs a value",
            atom.span,
            suggestion=f"write {shape}(x)",
            replacement=f"{shape}(x)",
        )

    def bare(self, atoms: list[Atom], place: int) -> tuple[Expr, int]:
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
        inside = product(self.values([replace(each, glued=False) for each in atoms[start:stop]]))
        if stop < len(atoms) and atoms[stop].kind in ("paren", "list", "bars"):
            raise self.two_arguments(atom, inside, atoms[stop])
        return atom.wrap(self.raised(atom, self.built(atom, (inside,)))), stop

    def two_arguments(self, atom: Atom, inside: Expr, behind: Atom) -> LanguageError:
        other = behind.wrap(self.brackets(behind.expr)) if behind.kind == "paren" else behind.expr
        first = Binary("*", Call(atom.name, (inside,)), other)
        second = Call(atom.name, (Binary("*", inside, other),))
        return two_readings(first, second, behind.span)

    def raised(self, atom: Atom, call: Expr) -> Expr:
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

    def call(self, atom: Atom, raw: Expr) -> Expr:
        """A function with its values in brackets."""
        if not isinstance(raw, Paren):
            raise LanguageError(f"{atom.name} needs a value in brackets", atom.span)
        if atom.name in self.names.roles:
            return self.user_call(atom, raw)
        if raw.variable is not None:
            return self.bound_call(atom, raw)
        if atom.name in CURVE_FUNCTIONS:
            return self.curve_call(atom, raw)
        if atom.name == "integral" and len(raw.items) == 3:
            body, low, high = (self.slice(each.span) for each in raw.items)
            body += "(x)" if self.names.role(body) == "function" else ""
            hint = f"write integral({body} for x in {low}..{high})"
            raise LanguageError("integral needs to know its variable", atom.span.to(raw.span), suggestion=hint)
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

    def curve_call(self, atom: Atom, raw: Paren) -> Expr:
        """A function of functions, such as ``roots(f)`` or ``tangent(f, 2)``."""
        name, count = atom.name, len(raw.items)
        least, most = CURVE_FUNCTIONS[name]
        if atom.primes:
            raise LanguageError(f"{name} has no derivative", atom.span)
        if not least <= count <= most or (least == 1 and count == 2) or (name == "intersect" and count == 3):
            shapes = {"intersect": "intersect(f, g)", "area": "area(f, 0, 2)", "riemann": "riemann(f, 0, 2, 8)",
                      "secant": "secant(f, 1, 2)", "solve": "solve(x^2 = 2)"}  # fmt: skip
            example = shapes.get(name, f"{name}(f)" if least == 1 else f"{name}(f, 2)")
            raise LanguageError(
                f"{name} can't take {count} value{'' if count == 1 else 's'}", atom.span.to(raw.span),
                suggestion=f"write {example}",
            )  # fmt: skip
        curves = 2 if name == "intersect" or (name == "area" and count == 4) else 1
        functions = tuple(self.function_of(each) for each in raw.items[:curves])
        rest = tuple(self.expr(each) for each in raw.items[curves:])
        if name in DRAWN_AT and count < DRAWN_AT[name]:
            rest = (*rest, Name("x"))
        return Call(name, (*functions, *rest), span=atom.span.to(raw.span))

    def function_of(self, raw: Expr) -> FunctionOf:
        """A function by its name, or a formula in x; an equation stands for the difference of its sides."""
        match raw:
            case Word(text=text, primes=primes) if self.names.role(text) == "function":
                name = text if text in self.names.roles else self.names.vocabulary.canonical(text) or text
                if self.names.arity.get(name, 1) != 1 or name in BINDERS or name in CURVE_FUNCTIONS:
                    raise LanguageError(f"{text} is no function of one value", raw.span)
                value = Call(name, (Name("x"),)) if not primes else Derivative(name, primes, Name("x"))
                return FunctionOf("x", value, span=raw.span)
            case Compare(operands=(left, right), operators=("==",)):
                sides = self.function_of(left), self.function_of(right)
                body: Expr = Binary("-", sides[0].body, sides[1].body)
                return FunctionOf("x", sides[0].body if sides[1].body == Number(0.0) else body, span=raw.span)
        outside, self.names = self.names, self.names.with_coordinates("x")
        try:
            body = self.expr(raw)
        finally:
            self.names = outside
        if isinstance(body, Compare | Logic | Not):
            hint = "write an equation with =, or draw the condition as a line of its own"
            raise LanguageError("this is a condition, not a curve", raw.span, suggestion=hint)
        return FunctionOf("x", body, span=raw.span)

    def is_list(self, expr: Expr) -> bool:
        """Whether a formula is a list, as far as its form and the names tell."""
        lists = (ListOf, Member, Binder)
        found = any(isinstance(each, lists) and getattr(each, "kind", "list") == "list" for each in walk(expr))
        return found or any(self.names.shapes.get(name) == "list" for name in free_names(expr))

    def bound_call(self, atom: Atom, raw: Paren) -> Expr:
        if atom.name not in BINDERS or len(raw.items) != 1 or raw.source is None or raw.variable is None:
            raise LanguageError(
                f"{atom.name} does not go through values with for",
                atom.span,
                suggestion="sum, prod, integral, max, min and mean do",
            )
        if (atom.name == "limit") != raw.arrow:
            form = "limit(f(x) for x -> 0)" if atom.name == "limit" else f"{atom.name}(k for k in 1..10)"
            raise LanguageError(f"this is not how {atom.name} is written", atom.span.to(raw.span), suggestion=form)
        span = atom.span.to(raw.span)
        return self.binder(atom.name, raw.items[0], raw.variable, raw.source, raw.condition, span)

    def user_call(self, atom: Atom, raw: Paren) -> Expr:
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

    def built(self, atom: Atom, arguments: tuple[Expr, ...]) -> Expr:
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

    def base_of(self, atom: Atom) -> Expr:
        """The base of log_2 or log_b: a number, or a letter (a slider if it is new)."""
        base = atom.name.removeprefix("log_")
        if base.isdigit():
            return Number(float(base), base, span=atom.span)
        if self.names.role(base) is None:
            self.introduce(base, atom.span)
        return Name(base, span=atom.span)


LOG_NOTE = "log is the natural logarithm; lg is base 10, and log base 10 switches the notebook"


def replace_span(expr: Expr, span: Span) -> Expr:
    """The same expression with another span."""
    return replace(expr, span=span)


def two_readings(first: Expr, second: Expr, span: Span) -> LanguageError:
    """The error that offers both readings of a line."""
    one, other = print_expr(first, "*"), print_expr(second, "*")
    return LanguageError("this can be read two ways", span, suggestion=f"write  {one}   or   {other}")


def number_behind(before: Expr, text: str, span: Span) -> LanguageError:
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
