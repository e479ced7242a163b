"""Changing parts of core formulas, each shared part once."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

from plotlang.language.syntax import Binary, Binder, Call, Expr, Name, Node
from plotlang.numerics.program import program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

NONE: frozenset[str] = frozenset()
COORDINATES = frozenset("xy")


def rewritten(expr: Expr, change: Callable[[Expr], Expr], bound: frozenset[str] = NONE) -> Expr:
    """The formula with every part given to `change` after its own parts, the innermost first.

    Names that sums and integrals bind themselves are left alone, as are those in `bound`.
    """
    code = program((expr,))
    found: list[Expr] = []
    for step in code.steps:
        node = step.node
        if isinstance(node, Name):
            found.append(node if node.id in bound else change(node))
        elif isinstance(node, Binder):
            found.append(change(_rewritten_binder(node, change, bound)))
        else:
            found.append(change(_with_parts(node, iter([found[i] for i in step.inputs]))))
    return found[code.results[0]]


def _rewritten_binder(node: Binder, change: Callable[[Expr], Expr], bound: frozenset[str]) -> Binder:
    """The same for a sum and its like; one over x or y first gets another name, which nothing put in can mean."""
    if node.variable in COORDINATES:
        fresh = Name("_" + node.variable)
        parts = [
            None if each is None else substituted(each, {node.variable: fresh}) for each in (node.body, node.condition)
        ]
        node = replace(node, body=parts[0] or node.body, variable=fresh.id, condition=parts[1])
    inner = bound | {node.variable}
    test = None if node.condition is None else rewritten(node.condition, change, inner)
    ends = {
        each.name: rewritten(value, change, bound)
        for each in fields(node.source)
        if each.name in ("low", "high", "step", "second") and (value := getattr(node.source, each.name)) is not None
    }
    source = replace(node.source, **ends) if ends else node.source  # type: ignore[arg-type]
    return replace(node, body=rewritten(node.body, change, inner), source=source, condition=test)


def _with_parts(node: Expr, parts: Iterator[Expr]) -> Expr:
    """The node with other parts, in the order in which `children` gives them."""
    changes = {}
    for each in fields(node):
        old = getattr(node, each.name)
        if isinstance(old, Node) or (isinstance(old, tuple) and each.name != "operators"):
            changes[each.name] = _filled(old, parts)
    return replace(node, **changes) if changes else node  # type: ignore[arg-type]


def _filled(old: object, parts: Iterator[Expr]) -> object:
    if isinstance(old, Node):
        return next(parts)
    return tuple(_filled(each, parts) for each in old) if isinstance(old, tuple) else old


def substituted(expr: Expr, values: Mapping[str, Expr]) -> Expr:
    """A formula with other formulas in place of its variables."""
    return rewritten(expr, lambda part: values.get(part.id, part) if isinstance(part, Name) else part)


def with_arguments(expr: Expr, functions: frozenset[str], factor: Expr) -> Expr:
    """A formula with the arguments of some built-in functions multiplied by a factor."""

    def change(part: Expr) -> Expr:
        if isinstance(part, Call) and part.function in functions:
            return Call(part.function, tuple(Binary("*", each, factor) for each in part.arguments))
        return part

    return rewritten(expr, change)
