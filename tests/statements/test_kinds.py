"""Every kind of statement: its examples work, its forms parse, its help stands there, every command word is known."""

import re

import pytest

from plotlang import Notebook
from plotlang.interpreter.read import parse_line, read_cell
from plotlang.statements import FORMULA_KINDS, KINDS, commands
from plotlang.statements.kind import Kind
from plotlang.statements.planned import Planned
from plotlang.statements.reference import examples_text, function_text, kind_text, markdown, overview, title_of, topics

DOCUMENTED = [kind for kind in KINDS if kind.summary]
EXAMPLES = [(kind, example) for kind in KINDS for example in kind.examples]
USAGE = [(kind, usage) for kind in KINDS if not isinstance(kind, Planned) for usage in kind.usage]
PREPARED = (
    "f(x) = x^2\ny = sin(x)\nA = (1, 2)\nlet g(x) = x\na = 2\nB = (3, 1)\nC = (0, 0)\nX = [1, 2, 3]\nY = [2, 4, 7]\n"
    "L = [(0, 0), (1, 1)]\nlet h(x, y) = x y\nY ~ m X + q"
)
SLIDING = "slider a -5 5\nslider b 0 1\ny = a x + b"
FILLED = {
    "number": "2", "formula in x": "x + 1", "formula in y": "y^2", "formula without x": "2 + 3", "condition": "x > 1",
    "formula in t": "t^2", "formula in θ": "1 + θ", "formula": "x^2", "low": "0", "high": "5", "name": "one",
    "text": "words",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _a_folder_with_a_file(tmp_path, monkeypatch):
    (tmp_path / "file.csv").write_text("t,h\n0,1\n1,2\n")
    monkeypatch.chdir(tmp_path)


def named(pair):
    return f"{title_of(pair[0])}: {pair[1]}".replace("\n", "; ")


@pytest.mark.parametrize("pair", EXAMPLES, ids=named)
def test_every_example_works(pair):
    outcome = Notebook().run(pair[1])
    assert outcome.errors == ()
    if "forget" not in pair[0].words:
        assert outcome.figures or outcome.values or outcome.page
    for picture in outcome.figures:
        assert picture.png().startswith(b"\x89PNG")
        assert picture.description
        assert "not drawn" not in " ".join(picture.notes)


@pytest.mark.parametrize("pair", EXAMPLES, ids=named)
def test_every_line_of_an_example_is_of_a_known_kind(pair):
    for line in read_cell(pair[1]):
        assert line.problem is None


@pytest.mark.parametrize("kind", DOCUMENTED, ids=title_of)
def test_every_kind_has_examples_forms_and_a_summary(kind):
    assert kind.examples
    assert kind.usage
    assert kind.summary.endswith(".")
    assert kind.summary[0].isupper() or kind.summary.split()[0] in kind.words


@pytest.mark.parametrize("kind", DOCUMENTED, ids=title_of)
def test_some_example_shows_the_kind(kind):
    found = [line for example in kind.examples for line in read_cell(example)]
    if kind.words:
        assert any(each.kind is kind for each in found)
    else:
        assert any(each.kind is None for each in found)


def plain(usage):
    usage = re.sub(r"\[step s\]", "step 1", usage)
    for word, filled in FILLED.items():
        quoted = word in ("name", "text")
        usage = usage.replace(f'"{word}"', f'"{filled}"') if quoted else re.sub(rf"\b{word}\b", filled, usage)
    return usage.replace("[a, b)", "[0, 2)").replace("data d …", "data d\nt, h\n0, 1\n")


@pytest.mark.parametrize("pair", USAGE, ids=named)
def test_every_form_parses_and_works(pair):
    line = plain(pair[1])
    parsed = parse_line(line)
    assert parsed.problem is None, line
    if pair[0].words:
        assert parsed.kind is pair[0] or line.startswith("y = ")  # the word as a function
        errors = []
        for prepared in (PREPARED + "\ny = cos(x)", "y = cos(x)", SLIDING):
            notebook = Notebook()
            notebook.run(prepared)
            errors.append(notebook.run(line).errors)
        errors += [notebook_of_a_lesson().run(first + line).errors for first in ("", 'task one "Draw it."\n')]
        assert () in errors, line


def notebook_of_a_lesson():
    notebook = Notebook()
    notebook.run('task line "Draw it."\nexpect curve y = x\nhint "Go."\nanswer y = x', "t")
    notebook.run('task NAME "Draw it."\nexpect curve y = x\nhint "Go."\nanswer y = x', "n")
    notebook.run('question Q "How many?" = 2\nquestion best "Which?" "a" "b" = "b"', "q")
    return notebook


@pytest.mark.parametrize("kind", [kind for kind in DOCUMENTED if kind.words], ids=title_of)
def test_help_tells_about_every_command(kind):
    for word in kind.words:
        outcome = Notebook().run(f"help {word}")
        assert outcome.errors == ()
        shown = "\n".join((*outcome.values, outcome.page))
        assert kind.summary in shown
        for usage in kind.usage:
            assert usage in shown
        assert kind_text(word) is not None


def test_help_lists_every_kind():
    for kind in DOCUMENTED:
        assert kind.summary in " ".join(overview().split())
        assert kind.summary in markdown()
        if kind.words:
            assert set(kind.words) <= set(topics())
        assert kind.examples[0] in examples_text()


def test_help_on_a_function():
    text = function_text("sqrt")
    assert "square root" in text
    assert function_text("nothing") is None
    assert "sine" in Notebook().run("help sin").values[0]
    assert "theta " not in Notebook().run("help").values[0]


def test_a_command_word_belongs_to_one_kind():
    words = [word for kind in KINDS for word in kind.words]
    assert len(words) == len(set(words))
    assert set(commands()) == set(words)


def test_formula_kinds_have_no_words():
    assert all(not kind.words for kind in FORMULA_KINDS)
    assert all(isinstance(kind, Kind) for kind in KINDS)


# Every command word of §7, §8, §9 of the specification.

SPECIFIED = """
range -10 10 | range -10..10 | range [-10, 10] | range -10 to 10 | range y -2 2 | range auto | xrange 1 2 | yrange 1 2
xrange auto | yrange auto | range -2pi 2pi | range 0 pi/2 | range 0 (1+2)
zoom 2 | zoom out | zoom fit | zoom f | axes origin equal | axes log y | ticks x pi/2 | grid off | grid fine
grid polar
size 800 600 | aspect equal | xlabel "t in s" | ylabel "h" | title "T" | caption "C" | legend off | legend on
legend left
legend right | legend labels | style f red dashed thick | color 2 green | color f "#0a7" | label f "height"
slider a | slider a -5 5 | slider a -5..5 step 0.5 start 1 | b = 2 in -5..5 | auto sliders on | auto sliders off
play a | play a from -2 to 2 in 4 | trace a | freeze a | hide f | hide 2 | show f | show | remove last | undo
undo 2 | clear
new figure | new figure "n" | figure "n" | figures | beside | names | forget a f | reset | angle degrees
angle radians | log base 10 | cumulative off | cumulative on | palette bw | palette petroff | palette tactile
format svg | hidpi on
save "fig.png" | save "fig.svg" dpi 200 | export python | export latex | export desmos | export csv
export plotlang "a.plot" | load "lesson.plot" | describe | describe off | listen | help | help range | examples
version | fix
lesson "Lines" | task line "Draw" | expect curve y = 2x | hint "Start" | answer y = 2x | target y = 2x | check line
check | hint line | reveal line | progress | question Q "How many?" = 2 | reply Q 2 | seal line | test lesson
roots f | extrema f | inflections f | asymptotes f | intersect f and g | tangent f at 1 | normal f at 1
secant f from 1 to 2 | area f from 0 to 2 | area between f and g | riemann f from 0 to 2 boxes 8 left | solve x^2 = 2
table f, g for x in 0..5 step 1 | study f | value f at 2 | show asymptotes | maxima f | minima f
points (X, Y) | segment A B | line A B | vector A B | polygon A B C | circle A 2 | text (1,2) "here" | field (y, -x)
slopefield y' = x - y | sequence u(0) = 1, u(n) = 0.5u(n-1) + 3 for n in 0..20 | contour x^2 - y^2 levels 10 | residuals
cobweb u | fit line X Y | data d from "file.csv" | d.h ~ p d.t^2 + c | y' = x - y, y(0) = 1 | r = 1 + cos θ
y'' = -y, y(0) = 0, y'(0) = 1 | r(θ) = 2 | (cos t, sin t) for t in 0..2pi | dy/dx = x
""".replace("\n", "|").split("|")
SPECIFIED = [line.strip() for line in SPECIFIED if line.strip()]


@pytest.mark.parametrize("line", SPECIFIED)
def test_every_specified_line_works_or_is_not_there_yet(line):
    notebook = Notebook()
    notebook.run("f(x) = x^2\ng(x) = x\na = 2 in -5..5\nX = [1, 2]\nY = [1, 2]\nA = (0, 0)\nB = (1, 1)\nC = (0, 1)")
    notebook.run("y = a cos(x)")
    notebook.run("data d\nt, h\n0, 1\n1, 2\n2, 4\nend\nY ~ m X")
    task = 'task one "Draw it."\n' if line.startswith(("expect", 'hint "', "answer")) else ""
    if line.startswith(("check", "hint", "reveal", "reply")):
        notebook = notebook_of_a_lesson()
    outcome = notebook.run(task + line)
    for error in outcome.errors:
        assert "not there yet" in error.message, str(error)


@pytest.mark.parametrize("line", SPECIFIED)
def test_what_is_not_there_yet_changes_nothing(line):
    notebook = Notebook()
    notebook.run("f(x) = x^2\na = 2\ny = cos(x)")
    before = notebook.session
    if any("not there yet" in error.message for error in notebook.run(line).errors):
        after = notebook.session
        assert after.definitions == before.definitions
        assert after.figures == before.figures


@pytest.mark.parametrize("word", sorted(commands()))
def test_a_command_alone_is_understood_or_told_how_to_go_on(word):
    outcome = Notebook().run(word)
    for error in outcome.errors:
        assert error.why or error.suggestion


NONSENSE = ["(", "= 3", "+ 1", '"', "1 2 3 4 5", "x^2 + y", "foo bar", ": y = x", ", , ,", "[1..", "\x00"]


@pytest.mark.parametrize("word", sorted(commands()))
@pytest.mark.parametrize("rest", NONSENSE)
def test_nonsense_behind_a_command_is_answered(word, rest):
    notebook = Notebook()
    notebook.run("y = x\nf(x) = 2")
    outcome = notebook.run(f"{word} {rest}")
    for error in outcome.errors:
        assert error.line == 1
        assert 1 <= error.column <= len(word) + len(rest) + 3
        assert not re.search(r"\b(None|True|False|Exception|Error:|Traceback|object|tuple|NoneType|str)\b", str(error))


@pytest.mark.parametrize("word", sorted(set(commands()) - {"log"}))
def test_a_command_word_can_not_be_redefined(word):
    outcome = Notebook().run(f"{word} = 3")
    assert outcome.errors
    assert word in outcome.errors[0].message


@pytest.mark.parametrize("text", ["y = text", "y = 2 hide", "a = range", "y = x + clear"])
def test_a_command_word_inside_a_formula_is_an_unknown_word(text):
    assert Notebook().run(text).errors
