"""Colours for plotlang text outside the notebook (nbconvert, Sphinx, consoles): a small Pygments lexer."""

from __future__ import annotations

from typing import ClassVar

from pygments.lexer import RegexLexer, words
from pygments.token import Comment, Keyword, Name, Number, Operator, Punctuation, String, Text, Whitespace

COMMANDS = (
    "angle answer area aspect asymptotes auto axes beside caption check circle clear cobweb color colour contour "
    "cumulative data describe end examples expect export extrema field figure figures fit fix forget format "
    "freeze grid help hide hidpi hint inflections intersect label legend lesson line listen load log maxima "
    "minima names new normal palette play points polygon progress question range remove reply reset residuals "
    "reveal riemann roots save seal secant segment sequence show size slider slopefield solve study style table "
    "tangent target task test text ticks title trace undo value vector version xlabel xrange ylabel yrange zoom"
).split()
RESERVED = "and as at between else for from if in mod not on or step to with within".split()
FUNCTIONS = (
    "abs absolute acos acosh acot acsc arccos arccosh arccot arccsc arcosh arcsec arcsin arcsinh arctan arctan2 "
    "arctanh arctg area around arsinh artanh asec asin asinh asymptotes atan atan2 atanh binomial cbrt ceil ceiling "
    "choose clamp clip comb corr cos cosec cosh cot cotan coth csc csch ctg deg2rad degrees digamma distance erf exp "
    "expm1 extrema fabs factorial fix floor frac gamma gcd heaviside hypot inflections integral intersect join lcm ld "
    "length lg limit ln log log10 log1p log2 max maxima maximum mean median midpoint min minima minimum mod nCr nPr "
    "normal normalcdf normalpdf perm pow power prod rad2deg radians riemann rint root roots round sd sec secant sech "
    "sgn sign signum sin sinc sinh slope solve sort sqrt square step sum tan tangent tanh tg total trunc unique var "
    "where"
).split()
STYLES = (
    "black blue brown circle color coral crimson cross cyan dashdot dashed dotted faint filled gold gray green "
    "grey indigo lime magenta maroon navy nolabel olive open orange pink purple red salmon silver sky solid "
    "square tan teal thick thin turquoise violet white width yellow"
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
        "style": [
            (r"(?=[\n;])", Text, "#pop"),
            (words(STYLES, prefix=r"\b", suffix=r"\b"), Name.Attribute),
            (r'"[^"\n]*"|“[^”\n]*”', String),
            (r"#[0-9a-fA-F]{3,6}\b", String),
            (r"#.*$", Comment.Single),
            (r"[ \t\r]+", Whitespace),
            (r"[\d.]+", Number),
            (r".", Text),
        ],
        "rest": [
            (r"[\n;]", Whitespace, "#pop:2"),
            (r"[ \t\r]+", Whitespace),
            (r"#.*$", Comment.Single),
            (r'"[^"\n]*"|“[^”\n]*”', String),
            (r"(\d+(\.(?!\.)\d*)?|\.\d+)([eE][+\-−]?\d+)?", Number),
            (r"with\b", Keyword.Reserved, "style"),
            (words(RESERVED, prefix=r"\b", suffix=r"\b"), Keyword.Reserved),
            (words(FUNCTIONS, prefix=r"(?<![^\W\d])(?:(?:np|math)\.)?", suffix=r"\b"), Name.Builtin),
            (words(CONSTANTS, prefix=r"(?<![^\W\d])", suffix=r"(?!\w)"), Name.Constant),
            (r"[^\W\d]\w*", Name.Variable),
            (r"[()\[\]{},:|]", Punctuation),
            (r"[-+*/^=<>~!%°'.±≈√∛∜−–·×÷≤≥≠…∑∏∫½¼¾⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿ&]", Operator),
            (r".", Text),
        ],
    }
