"""The slash: a fraction of plain numbers sticks together, otherwise numbers and letters are below; and d/dx."""

from __future__ import annotations

from abc import abstractmethod

from plotlang.language.calls import Calls, number_behind, two_readings
from plotlang.language.factors import Atom, Wrap, product, same
from plotlang.language.printer import print_expr
from plotlang.language.source import GREEK
from plotlang.language.syntax import (
    Binary,
    Differential,
    Expr,
    Name,
    Negate,
    Number,
    Paren,
    PlusMinus,
    Run,
    Span,
    Suffix,
    Word,
)
from plotlang.language.words import is_letter


class Slash(Calls):
    """Reads divisions."""

    @abstractmethod
    def run(self, raw: Expr) -> Expr:
        """The product that a run of factors is."""

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

    def plain_atom(self, atom: Atom) -> bool:
        if atom.kind == "number":
            return True
        return atom.kind == "value" and isinstance(atom.expr, Name) and atom.expr.id == "pi"

    def fraction(self, raw: Binary, above: Expr, atoms: list[Atom]) -> Expr:
        below, rest = atoms[0].expr, atoms[1:]
        ratio = Binary("/", above, below, span=raw.left.span.to(atoms[0].span))
        behind = self.values(rest)
        if rest and self.plain_atom(rest[0]) and rest[0].kind == "value":
            whole = Binary("/", above, product([below, *behind]))
            raise two_readings(product([ratio, *behind]), whole, rest[0].span)
        if rest[0].kind == "number":
            raise number_behind(below, self.text, rest[0].span)
        value = product([ratio, *behind])
        self.reading_note(raw, value)
        return value

    def letters_below(self, raw: Binary, above: Expr, atoms: list[Atom]) -> Expr:
        stop = 0
        if atoms[0].kind == "function":
            _, stop = self.application(atoms, 0)
        else:
            while stop < len(atoms) and atoms[stop].kind in ("number", "value", "new"):
                if atoms[stop].kind == "new":
                    self.check_new_call(atoms, stop)
                stop += 1
            stop = max(stop, 1)
        below = product(self.values(atoms[:stop]))
        rest = atoms[stop:]
        if not rest:
            self.reading_note(raw, Binary("/", above, below), when=stop > 1 and atoms[0].kind != "function")
            return Binary("/", above, below, span=raw.span)
        behind = self.values(rest)
        first = product([Binary("/", above, below), *behind])
        unclear = rest[0].kind in ("paren", "list", "bars") or atoms[0].kind in ("paren", "list", "bars")
        if unclear and rest[0].kind not in ("brace", "function"):
            raise two_readings(Binary("/", above, product([below, *behind])), first, rest[0].span)
        if rest[0].kind != "brace":
            self.reading_note(raw, first)
        return first

    def check_new_call(self, atoms: list[Atom], place: int) -> None:
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
                return same
            case Run(factors=(*before, Word(text="d", primes=0))):
                return lambda value: Binary("*", self.run(Run(tuple(before), span=left.span)), value)
            case Negate(operand=operand):
                inner = self.before_d(operand)
                return None if inner is None else lambda value: negated_first(inner(value), left.span)
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


def negated_first(value: Expr, span: Span) -> Expr:
    """−(a·b) as (−a)·b, which is how it is said."""
    if isinstance(value, Binary) and value.operator == "*":
        return Binary("*", negated_first(value.left, span), value.right, span=span)
    return Negate(value, span=span)


def _last_operand(raw: Expr) -> Expr:
    """The operand directly before the slash."""
    return raw.right if isinstance(raw, Binary) and raw.operator in ("*", "/", "//", "mod") else raw
