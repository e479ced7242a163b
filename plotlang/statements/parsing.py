"""One statement's text → its kind and the tokens of its grammar, knowing no names."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pyparsing as pp

from plotlang.language.cursor import unexpected
from plotlang.language.diagnostics import LanguageError, nearest
from plotlang.language.scope import CURVE_FUNCTIONS
from plotlang.language.source import CLOSING, OPENING, tokens
from plotlang.language.syntax import Span
from plotlang.statements import FORMULA_KINDS, commands
from plotlang.statements.data import rows_in

if TYPE_CHECKING:
    from plotlang.language.source import Token
    from plotlang.statements.kind import Kind

_BLANKS = dict.fromkeys((*range(8192, 8208), 160, 8239, 8287, 8288, 12288, 65279), " ")
_PYTHON = re.compile(r"\s*(import|from|def|print|class|return|%\w+|!\w+)\b")


@cache
def _grammar(kind: Kind) -> pp.ParserElement:
    """The grammar of a whole line of this kind; made once, because making it takes longer than using it."""
    return (kind.grammar() + _End()).ignore(pp.python_style_comment)


def parse_statement(text: str) -> tuple[Kind | None, Any]:
    """The kind and the parts of one statement (a `Line` and no kind for formulas); raises `LanguageError`."""
    rows = rows_in(text)
    if rows is not None:
        return commands()["data"], rows
    plain = re.sub(r"\\[ \t]*\r?\n", lambda match: " " * len(match[0]), text.translate(_BLANKS))
    python = _PYTHON.match(plain)
    if python and not re.match(r"\s*\w+\s*=", plain):
        raise LanguageError(
            f"{python[1]} is Python",
            Span(python.start(1), python.end(1)),
            why="plotlang lines are formulas and short commands",
            suggestion="for example: y = sin(x)",
        )
    needless = re.match(r"\s*(plot|draw|graph|sketch)\s+(?=[\w(\\|])", plain, re.IGNORECASE)
    if needless:
        span = Span(needless.start(1), needless.end(1))
        raise LanguageError(
            f"the word {needless[1]} is not needed", span, suggestion="write the formula alone: y = sin(x)"
        )
    kind = _command(plain)
    if kind is None:
        _check_habits(plain)
        _check_commas(plain)
        parts = _parse(_grammar(FORMULA_KINDS[0]), plain, None)
        return None, FORMULA_KINDS[0].line(parts)
    return kind, _parse(_grammar(kind), plain, kind)


_CONDITION = "write the condition in curly brackets, such as {x > 0}"
_INTERVAL = "write an interval such as on [0, 2]"
_HABITS = (
    (r"(:)=", "the sign := is not used", "write = alone, for example f(x) = x^2 or y = 2x"),
    (r"^(?!.*\blimit\s*\().*?(->|→|↦)", "an arrow is not used here", "write f(x) = x^2"),
    (r"\b(when|where)\b(?!\s*\()", None, _CONDITION),
    (r"\b(from)\b(?!\s*\()", None, _INTERVAL),
    (r"\b(for)\b(?=[^=]*(?:<|(?<!-)>))(?!\s+\w+\s+in\b)", None, _CONDITION),
    (r"\bwith\b.*\b(on)\b\s*[\[(]", "the interval comes before with", "y = x^2 on [0, 2] with red"),
    (r",\s*([^,=(){}\[\]]*[<>][^,=(){}\[\]]*)$", "a condition does not stand behind a comma", _CONDITION),
    (r"\b(sqrt)\s*\{", "curly brackets hold conditions", "write sqrt(x)"),
)


def _check_habits(text: str) -> None:
    """Raise `LanguageError` for spellings that other programs use, and say how it is written here."""
    bare = re.sub(r'"[^"]*"|#.*|\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}', lambda match: _blanked(match[0]), text)
    point = re.search(r"\(\s*(-?[\d.]+)\s*(\|)\s*(-?[\d.]+)\s*\)", text)
    if point:
        name = re.match(r"\s*([A-Z])\b", text)
        shape = f"{f'{name[1]} = ' if name else ''}({point[1]}, {point[3]})"
        raise LanguageError("a point is written with a comma", Span(*point.span(2)), suggestion=f"write {shape}")
    asked = re.fullmatch(r"\s*([\d\s+*/^.()-]+?)\s*(=)\s*", text)
    if asked:
        raise LanguageError("nothing stands behind =", Span(*asked.span(2)), suggestion=f"write {asked[1]} alone")
    for pattern, message, hint in _HABITS:
        found = re.search(pattern, bare)
        if found:
            said = message or f"the word {found[1]} does not fit here"
            raise LanguageError(said, Span(found.start(1), found.end(1)), suggestion=hint)


def _blanked(text: str) -> str:
    """The text with everything between its first and last character hidden."""
    return text[0] + "_" * (len(text) - 2) + text[-1] if len(text) > 1 else text


def _check_commas(text: str) -> None:
    """Raise `LanguageError` for a comma between digits outside brackets: a decimal comma."""
    line, depth = tokens(text), 0
    for before, comma, behind in zip(line, line[1:], line[2:], strict=False):
        depth += (before.text in OPENING) - (before.text in CLOSING)
        close = before.kind == behind.kind == "number" and not comma.spaced and not behind.spaced
        if depth == 0 and comma.text == "," and close:
            span = before.span.to(behind.span)
            point = f"{before.text}.{behind.text}"
            if len(behind.text) == 3:
                hint = f"write {before.text}{behind.text} or {point}"
                raise LanguageError("a number is written without a comma", span, suggestion=hint)
            raise LanguageError("a decimal number has a point", span, suggestion=f"write {point}", replacement=point)


def _command(text: str) -> Kind | None:
    """The kind whose command word starts the line; a word that is defined or used in a formula is none."""
    line = tokens(text)
    first = next((token for token in line if token.kind != "newline"), line[-1])
    if first.kind != "word":
        return None
    kind = commands().get(text[first.span.start : first.span.end])
    if kind is None:
        _check_case(first, line[line.index(first) + 1])
        return None
    behind = line[line.index(first) + 1]
    if behind.kind == "operator" and behind.text in ("=", ":"):
        if behind.text == "=":
            raise LanguageError(f"{first.text} is a command word", first.span, suggestion="choose another name")
        return None
    if behind.kind == "operator" and behind.text in ("(", "+", "*", "/", "^") and not behind.spaced:
        return None if first.text in ("log", "value", *CURVE_FUNCTIONS) else kind
    return kind


def _check_case(first: Token, behind: Token) -> None:
    """Raise `LanguageError` for a command word with capital letters."""
    low = first.text.lower()
    follows = behind.kind in ("number", "word", "string", "end", "newline") or behind.text in ("-", "[")
    if low != first.text and len(low) > 1 and low in commands() and follows and behind.spaced | (behind.kind == "end"):
        raise LanguageError(
            f"I don't know {first.text}", first.span, suggestion=f"did you mean {low}?", replacement=low
        )


def _parse(grammar: pp.ParserElement, text: str, kind: Kind | None) -> pp.ParseResults:
    try:
        parts = grammar.parse_string(text)
    except pp.ParseException as error:
        raise _refused(text, error.loc, kind) from None
    return parts


class _End(pp.Token):
    """Nothing may follow; what does is explained."""

    def _generateDefaultName(self) -> str:  # noqa: N802 - pyparsing's own name
        return "end of line"

    def parseImpl(self, instring: str, loc: int, do_actions: bool = True) -> tuple[int, Any]:  # noqa: N802
        """Succeed at the end of the text only."""
        del do_actions
        if instring[loc:].strip() and not instring[loc:].lstrip().startswith("#"):
            raise pp.ParseException(instring, loc, "end of line expected", self)
        return len(instring), []


def _refused(text: str, place: int, kind: Kind | None) -> LanguageError:
    """What to say about a line that does not fit its grammar, at the place where reading stopped."""
    line = tokens(text)
    token = next((each for each in line if each.span.start >= place and each.kind != "newline"), line[-1])
    before = [each for each in line if each.span.end <= token.span.start and each.kind != "newline"]
    if kind is None:
        if (
            token.text in ("=", "~")
            and token.kind == "operator"
            and line[line.index(token) + 1].kind in ("end", "newline")
        ):
            return _missing(token, line[-1])
        if token.kind == "end" or (before and before[-1].text in ("=", "~", ",", "with", "on", "for", "in")):
            return _missing(before[-1] if before else token, token)
        if not before and token.text in ("=", "~"):
            return LanguageError(
                f"the left side of {token.text} is missing", token.span, suggestion="for example: y = x"
            )
        return unexpected(token)
    name = before[0].text if before else token.text
    forms = next((each for each in kind.usage if each.startswith(name)), kind.usage[0] if kind.usage else name)
    if token.kind == "end":
        return LanguageError(f"{name} needs something more", line[0].span, suggestion=f"for example: {forms}")
    if token.kind == "word" and '"' in forms:
        rest = text[token.span.start : line[-2].span.end].strip()
        start = text_before(line, token)
        return LanguageError("a text stands in quotes", token.span, suggestion=f'write {start} "{rest}"')
    meant = (
        nearest(token.text, [word for usage in kind.usage for word in usage.split()]) if token.kind == "word" else ()
    )
    hint = f"did you mean {meant[0]}?" if meant and meant[0] != token.text else f"for example: {forms}"
    return LanguageError(f"I can't read this {name} line from here on", token.span, suggestion=hint)


def text_before(line: tuple[Token, ...], token: Token) -> str:
    """The words of a line before a token."""
    return " ".join(each.text for each in line[: line.index(token)])


def _missing(before: Token, token: Token) -> LanguageError:
    if before.text in ("=", "~"):
        return LanguageError(
            f"the right side of {before.text} is missing", before.span, suggestion="for example: y = x^2"
        )
    if before.kind == "end":
        return LanguageError("a formula is missing here", token.span)
    return LanguageError(f"something is missing after {before.text}", before.span)
