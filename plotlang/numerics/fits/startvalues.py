"""Where to begin the search for the letters of a model: values to try, read off its form and the data.

Every part of a model is asked for values that would make sense there: a power of e should change by a few units over
the data, a sine should have a frequency of the data, what is subtracted from x should lie where the data are.  Going
down from the whole model to its letters, these become values to try for each letter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from plotlang.language.syntax import Binary, Call, Compare, Expr, Name, Negate
from plotlang.numerics.compile import compile_many
from plotlang.numerics.fits.spectrum import angular_frequencies
from plotlang.numerics.program import program

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plotlang.numerics.realmath import Array

MOST_VALUES = 72
CHANGES = np.array([1.0, 2.0, 0.4, 4.0, 0.15, 8.0, 0.05, 16.0, 32.0, 80.0, 300.0, 3000.0])
"""Changes over the data that the argument of a function makes sense with."""
SIGNED = np.concatenate([CHANGES, -CHANGES])
POWERS = np.array([1.0, 2.0, 0.5, -1.0, 3.0, -2.0, 1.5, -0.5, 4.0, 0.25, -3.0, 0.1, 6.0, -0.1])
PHASES = np.pi * np.array([0.0, 0.5, -0.5, 1.0, 0.25, -0.25, 0.75, -0.75])
SHARES = np.concatenate([np.linspace(0.0, 1.0, 17), [-0.1, 1.1, -0.3, 1.3, -1.0, 2.0, -3.0, 4.0, -9.0, 10.0, -50.0]])
"""Places in units of the range of the data, from its low end."""
LEVELS = np.array([0.5, 0.05, 0.25, 0.75, 0.95, -0.3, 1.3, -2.0, 3.0])
"""Where a sum is to be zero, in units of the range of its other terms."""
HIGHEST = 4
"""So many of the rows that lie furthest out are places to try, and the middles of the gaps beside them."""
WAVES = frozenset("sin cos tan sec csc cot".split())


class Starts:
    """Values to try for the curved letters of a model, likely ones first.

    `data` are the columns used and `target` the values to meet, all of shape (n,); the other letters count as 1.
    `phases` are letters that stand alone in a sum inside a sine, where whole turns make no difference.
    """

    def __init__(
        self, model: Expr, letters: Sequence[str], curved: Sequence[str], data: Mapping[str, Array], target: Array
    ) -> None:
        self.letters, self.curved, self.data, self.target = tuple(letters), tuple(curved), data, target
        self.steps = program((model,)).steps
        self.uses: list[frozenset[str]] = []
        for step in self.steps:
            own = frozenset({step.node.id}) if isinstance(step.node, Name) else frozenset()
            self.uses.append(own.intersection(letters).union(*(self.uses[i] for i in step.inputs)))
        plain = [i for i, used in enumerate(self.uses) if not used]
        values = compile_many([self.steps[i].node for i in plain], *data)(*data.values())
        self.known = {i: _finite(each) for i, each in zip(plain, values, strict=True)}
        self.sizes: list[float | None] = []
        for i in range(len(self.steps)):
            self.sizes.append(_spread(self.known[i]) if i in self.known else self._size(i))
        self.wanted: dict[int, tuple[Array, bool]] = {}
        self.found: dict[str, list[Array]] = {letter: [] for letter in curved}
        self.shifts: dict[str, tuple[float, Expr]] = {}
        self.phases: set[str] = set()
        for i in reversed(range(len(self.steps))):
            if self.uses[i].intersection(curved):
                self._pass_on(i, *self.wanted.get(i, (SIGNED, False)))

    def grid(self, most: int) -> Array:
        """Choices of the curved letters, shape (s, q): all combinations, or as many as allowed drawn from them."""
        axes = [self._axis(letter) for letter in self.curved]
        if not axes:
            return np.empty((1, 0))
        if np.prod([float(axis.size) for axis in axes]) <= most:
            mesh = np.meshgrid(*axes, indexing="ij")
            chosen = np.column_stack([each.ravel() for each in mesh])
        else:
            draw = np.random.default_rng(0)
            chosen = np.column_stack([draw.choice(axis, most) for axis in axes])
        for letter, (sign, other) in self.shifts.items():
            values = [np.ones((1, 1)) for _ in self.letters]
            for k, each in enumerate(self.curved):
                values[self.letters.index(each)] = chosen[:, k, None]
            some = [each[:: max(1, each.size // 50)] for each in self.data.values()]
            there = compile_many((other,), *self.letters, *self.data)(*values, *some)[0]
            k, low = self.curved.index(letter), there.min(axis=1)
            chosen[:, k] = sign * (low + (there.max(axis=1) - low) * chosen[:, k])
        return chosen

    def _axis(self, letter: str) -> Array:
        if letter in self.shifts:
            return LEVELS
        values = np.concatenate([*self.found[letter], []]) if self.found[letter] else SIGNED
        values = values[np.isfinite(values)]
        _, first = np.unique(values, return_index=True)
        values = values[np.sort(first)][:MOST_VALUES]
        return values if values.size else SIGNED

    def _size(self, i: int) -> float | None:
        """How much a part with letters changes over the data, if that is clear without the letters."""
        step = self.steps[i]
        sizes = [self.sizes[k] for k in step.inputs]
        match step.node:
            case Negate():
                return sizes[0]
            case Binary(operator="+" | "-"):
                return max((size for size in sizes if size is not None), default=None)
            case Binary(operator="*"):
                return None if sizes[0] is None or sizes[1] is None else sizes[0] * sizes[1]
            case Binary(operator="/"):
                return None if sizes[0] is None or sizes[1] is None else sizes[0] / sizes[1]
            case Call():
                return 1.0
        return None

    def _pass_on(self, i: int, wanted: Array, wave: bool) -> None:
        """Ask the parts of part i for what they have to be if it is to be one of the wanted values."""
        step = self.steps[i]
        match step.node:
            case Name(id=name):
                self.found[name].append(wanted)
            case Negate():
                self._ask(step.inputs[0], -wanted)
            case Binary(operator="+" | "-" as operator) | Compare(operators=(operator,)):
                self._ask_terms(step.inputs, 1.0 if operator == "+" else -1.0, wanted, wave)
            case Binary(operator="*" | "/" | "^" as operator):
                self._ask_factors(operator, step.inputs[0], step.inputs[1], wanted)
            case Call(function=function):
                self._ask_argument(function, step.inputs, wanted)
            case _:
                for part in step.inputs:
                    self._ask(part, wanted)

    def _ask(self, i: int, wanted: Array, wave: bool = False) -> None:
        if self.uses[i].intersection(self.curved):
            self.wanted.setdefault(i, (wanted, wave))

    def _ask_terms(self, parts: Sequence[int], sign: float, wanted: Array, wave: bool) -> None:
        left, right = parts
        self._ask_term(left, right, -sign, wanted, wave)
        self._ask_term(right, left, -sign, sign * wanted, wave)

    def _ask_factors(self, operator: str, left: int, right: int, wanted: Array) -> None:
        if operator == "^":
            self._ask_power(left, right, wanted)
        elif operator == "*":
            self._ask(left, wanted / self._factor(right))
            self._ask(right, wanted / self._factor(left))
        else:
            self._ask(left, wanted * self._factor(right))
            self._ask(right, self._factor(left) / wanted)

    def _ask_term(self, i: int, other: int, sign: float, wanted: Array, wave: bool) -> None:
        """Ask a term of a sum; it should be `sign` times the other one somewhere."""
        node = self.steps[i].node
        letter = node.id if isinstance(node, Name) and node.id in self.curved else None
        if letter is not None and wave:
            self.phases.add(letter)
            self._ask(i, PHASES)
        elif other in self.known:
            self._ask(i, sign * self._places(self.known[other]))
        elif letter is not None and not any(each in self.shifts for each in self.uses[other]):
            self.shifts[letter] = (sign, self.steps[other].node)
        else:
            self._ask(i, wanted)

    def _places(self, values: Array) -> Array:
        """Values among and around these; the rows with the highest and lowest targets first."""
        low, span = float(values.min()), float(np.ptp(values))
        if values.shape != self.target.shape or not span > 0:
            return SIGNED * (abs(low) or 1.0)
        order = np.argsort(self.target, kind="stable")
        ends = values[np.concatenate([order[: -HIGHEST - 1 : -1], order[:HIGHEST]])]
        known = np.unique(values)
        at = np.searchsorted(known, ends)
        beside = (ends + known[np.maximum(at - 1, 0)]) / 2, (ends + known[np.minimum(at + 1, known.size - 1)]) / 2
        return np.concatenate([ends, *beside, low + span * SHARES])

    def _factor(self, i: int) -> float:
        """The size of a factor, with its sign if it is a number."""
        if i in self.known and np.ptp(self.known[i]) == 0:
            return float(self.known[i].flat[0]) or 1.0
        return self.sizes[i] or 1.0

    def _ask_power(self, base: int, exponent: int, wanted: Array) -> None:
        fixed, constant = self.known.get(base), self.known.get(exponent)
        if fixed is None:
            if constant is None or np.ptp(constant) > 0:
                self._ask(base, np.exp(SIGNED / self._factor(exponent)))
            else:
                power = float(constant.flat[0]) or 1.0
                self._ask(base, np.abs(wanted) ** (1 / power) * np.where(power % 2 == 1, np.sign(wanted), 1.0))
        if fixed is not None and np.ptp(fixed) == 0:
            self._ask(exponent, SIGNED / (abs(float(np.log(np.abs(fixed.flat[0])))) or 1.0))
        else:
            self._ask(exponent, POWERS)

    def _ask_argument(self, function: str, parts: Sequence[int], wanted: Array) -> None:
        for part in parts:
            if function in WAVES:
                clock = self._clock(part)
                self._ask(part, angular_frequencies(clock, self.target) * np.ptp(clock), wave=True)
            elif function == "sqrt":
                self._ask(part, wanted**2)
            elif function == "abs":
                self._ask(part, wanted)
            else:
                self._ask(part, SIGNED)

    def _clock(self, i: int) -> Array:
        """The column whose waves matter inside a part: the first one that varies."""
        names = {step.node.id for step in self.steps[: i + 1] if isinstance(step.node, Name)}
        varying = [values for name, values in self.data.items() if name in names and np.ptp(values) > 0]
        return varying[0] if varying else np.zeros(self.target.shape)


def _spread(values: Array) -> float:
    """The range of values, or the size of a single one; 1 rather than 0."""
    return float(np.ptp(values)) or float(np.abs(values).max()) or 1.0


def _finite(values: Array) -> Array:
    """The values with one of them in the place of those that are not finite."""
    good = np.isfinite(values)
    return values if good.all() else np.where(good, values, values[good][0] if good.any() else 0.0)
