"""Colours for plotlang text outside the notebook (nbconvert, Sphinx, consoles): a small Pygments lexer."""

from __future__ import annotations

from typing import ClassVar

from pygments.lexer import RegexLexer, words
from pygments.token import Comment, Keyword, Name, Number, Operator, Punctuation, String, Text, Whitespace

COMMANDS = (
    "axes clear color contour cumulative data define describe end expect export extrema feedback field figure figures"
    " fit forget format freeze grid help hide hint intersections label legend length let line load log names new ode"
    " palette play points polygon range remove reset roots save segment show size slider slope style table tangent task"
    " ticks title undo value xlabel xrange ylabel yrange zoom"
).split()
RESERVED = "and as at between else for from if in mod not on or step to with within".split()
FUNCTIONS = (
    "abs acos acosh acot arccos arcsin arctan asin asinh atan atan2 atanh cbrt ceil cos cosh cot csc erf exp floor frac"
    " gamma gcd integral lcm limit ln log log10 log2 max mean median min mod prod root round sec sign sin sinc sinh"
    " sqrt sum tan tanh"
).split()
CONSTANTS = "pi tau e inf true false π τ ∞".split()


class PlotlangLexer(RegexLexer):
    """Lexer of the plotlang graphing language."""

    name = "plotlang"
    url = ""
    aliases: ClassVar[list[str]] = ["plotlang"]
    filenames: ClassVar[list[str]] = ["*.plot"]
    mimetypes: ClassVar[list[str]] = ["text/x-plotlang"]

    tokens: ClassVar = {
        "root": [
            (r"\n", Whitespace, "line"),
            (r"", Text, "line"),
        ],
        "line": [
            (rf"[ \t]*({'|'.join(COMMANDS)})\b(?!\s*(\(|=|'))", Keyword, "rest"),
            (r"", Text, "rest"),
        ],
        "rest": [
            (r"[\n;]", Whitespace, "#pop:2"),
            (r"[ \t\r]+", Whitespace),
            (r"#.*$", Comment.Single),
            (r'"[^"\n]*"|“[^”\n]*”', String),
            (r"(\d+(\.(?!\.)\d*)?|\.\d+)([eE][+\-−]?\d+)?", Number),
            (words(RESERVED, prefix=r"\b", suffix=r"\b"), Keyword.Reserved),
            (words(FUNCTIONS, prefix=r"\b(?:(?:np|math)\.)?", suffix=r"\b"), Name.Builtin),
            (words(CONSTANTS, prefix=r"(?<!\w)", suffix=r"(?!\w)"), Name.Constant),
            (r"[^\W\d]\w*", Name.Variable),
            (r"[()\[\]{},:|]", Punctuation),
            (r"[-+*/^=<>~!%°'.±≈√∛∜−–·×÷≤≥≠…∑∏∫½¼¾⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿ&]", Operator),
            (r".", Text),
        ],
    }
