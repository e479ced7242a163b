"""The names that a session knows, as the language sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plotlang.language.scope import Names, Role
from plotlang.numerics.vocabulary import vocabulary

if TYPE_CHECKING:
    from plotlang.model.session import Session

_COORDINATES: dict[str, Role] = {"x": "coordinate", "y": "coordinate"}


def names_of(session: Session, *, label: str = "") -> Names:
    """The names that a session knows, as the language sees them."""
    roles: dict[str, Role] = dict(_COORDINATES)
    arity: dict[str, int] = {}
    origins: dict[str, str] = {}
    for name, definition in session.definitions.items():
        roles[name] = "function" if definition.parameters is not None else "value"
        if definition.kind == "table":
            roles[name] = "table"
        if definition.parameters is not None:
            arity[name] = len(definition.parameters)
        if definition.cell and definition.cell != label:
            origins[name] = definition.cell
    strict = not session.settings.auto_sliders
    shapes: dict[str, str] = {
        name: "automatic" if each.automatic else each.kind for name, each in session.definitions.items()
    }
    signatures = {
        name: f"{name}({', '.join(each.parameters)})"
        for name, each in session.definitions.items()
        if each.parameters is not None
    }
    return Names(vocabulary(), roles, arity, origins, shapes, signatures, strict)
