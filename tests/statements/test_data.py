"""Tables of data: what stands in a block or a file, and their columns in formulas."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plotlang import Notebook
from plotlang.language.diagnostics import LanguageError
from plotlang.language.syntax import Span
from plotlang.model.budget import Budget, Stopped
from plotlang.statements.columns import BLOCK, FILE, columns_of
from plotlang.statements.separated import MOST_COLUMNS, MOST_ROWS

COFFEE = "data d\nt, T\n0, 90\n5, 73.2\n10, 60.4\n15, 50.7\n20, 43.3\n25, 37.7\n30, 33.4\nend\n"


def read(text, layout=BLOCK):
    return columns_of(text, Span(0, len(text)), layout)


def columns(text, layout=BLOCK):
    """The columns of a table, undefined places as None."""
    found = read(text, layout)
    assert all(len(values) == found.rows for _, values in found.columns)
    return {name: [None if math.isnan(each) else each for each in values] for name, values in found.columns}


def refused(text, layout=BLOCK):
    with pytest.raises(LanguageError) as caught:
        read(text, layout)
    return caught.value.problem


def said(text, notebook=None):
    outcome = (notebook or Notebook()).run(text)
    assert outcome.errors == ()
    return outcome


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("t, h\n0, 1.5\n1, -2", {"t": [0, 1], "h": [1.5, -2]}),
        ("t,h\n0,1.5", {"t": [0], "h": [1.5]}),
        ("t;h\n0;1.5", {"t": [0], "h": [1.5]}),
        ("t\th\n0\t1.5", {"t": [0], "h": [1.5]}),
        ("t h\n0 1.5\n  1    2  ", {"t": [0, 1], "h": [1.5, 2]}),
        ("t\u00a0h\n0\u20031.5", {"t": [0], "h": [1.5]}),
        ("t;h\n0;1,5\n1;.5", {"t": [0, 1], "h": [1.5, 0.5]}),
        ("t\th\n0,25\t1,5e3", {"t": [0.25], "h": [1500]}),
        ("t; h\n1; 2, 3".replace(", ", ","), {"t": [1], "h": [2.3]}),
        ("1, 2\n3, 4", {"x": [1, 3], "y": [2, 4]}),
        ("1\n2", {"c1": [1, 2]}),
        ("1 2 3", {"c1": [1], "c2": [2], "c3": [3]}),
        ("h\n1\n2", {"h": [1, 2]}),
        ("t, h\n\n# 5, 6\n0, 1 # first\n   \n2, 3#x", {"t": [0, 2], "h": [1, 3]}),
        ("t, h\n0,\nNA, 1\nnan, n/a\nnull, 2", {"t": [0, None, None, None], "h": [None, 1, None, 2]}),
        ("t\th\n0\t\n\t1", {"t": [0, None], "h": [None, 1]}),
        ("t,h,\n0,1,\n2,3,", {"t": [0, 2], "h": [1, 3]}),
        (",t\n1,5\n2,6", {"c1": [1, 2], "t": [5, 6]}),
        ("t,h\n,\n1,2\n,", {"t": [1], "h": [2]}),
        ("−1, 2\n+3, –4", {"x": [-1, 3], "y": [2, -4]}),
        ("1e3, 2E-2\n.5, 5.", {"x": [1000, 0.5], "y": [0.02, 5]}),
        ('"t", "h"\n"1", "2"', {"t": [1], "h": [2]}),
        ('t; h\n"1,5"; 2', {"t": [1.5], "h": [2]}),
        ("city, t\nParis, 3\n, 4\nRome, 5", {"t": [3, 4, 5]}),
        ('city t\n"New York" 3\nRome 5', {"t": [3, 5]}),
        ("day, t\n2024-01-01, 3\n2024-01-02, 4", {"t": [3, 4]}),
        ("Paris, 3\nRome, 5", {"y": [3, 5]}),
        ("theta, θ_1, x₂\n1, 2, 3", {"θ": [1], "θ_1": [2], "x_2": [3]}),
        ("t, T\n1, 2", {"t": [1], "T": [2]}),
        ("in, and, pi\n1, 2, 3", {"in": [1], "and": [2], "pi": [3]}),
        ("a, b\n1e999, -inf\n2, 3", {"a": [None, 2], "b": [None, 3]}),
    ],
)
def test_what_a_table_holds(text, expected):
    assert columns(text) == expected


@pytest.mark.parametrize(
    ("head", "names", "note"),
    [
        ("t, t, t", ["t", "t_2", "t_3"], "the second column t is called t_2 here"),
        ("θ, theta, u", ["θ", "θ_2", "u"], "the second column theta is called θ_2 here"),
        ("time (s), h, u", ["time_s", "h", "u"], "the column time (s) is called time_s here"),
        ("Höhe, Länge, ß", ["Hohe", "Lange", "c3"], "the column Höhe is called Hohe here"),
        ("2nd, 3rd, -", ["c2nd", "c3rd", "c3"], "the column 2nd is called c2nd here"),
        ("日本, t, u", ["c1", "t", "u"], "the column 日本 is called c1 here"),
        ("a\x07b, t, u", ["a_b", "t", "u"], "the column a\ufffdb is called a_b here"),
        ("__proto__, t, d.t", ["proto", "t", "d_t"], "the column d.t is called d_t here"),
    ],
)
def test_names_of_columns(head, names, note):
    found = read(f"{head}\n1, 2, 3")
    assert [name for name, _ in found.columns] == names
    assert note in found.notes
    for name in names:
        assert said(f"data d\n{head}\n1, 2, 3\nend\nd.{name}").values[1].startswith(f"d.{name} = [")


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("t, h\n0, 1\n2", "row 2 has 1 value", 3),
        ("t, h\n# one\n0, 1\n\n2, 3, 4", "row 2 has 3 values", 5),
        ("1, 2\n3", "row 2 has 1 value", 2),
        ("t, h\n0, 1\n2, abc", "row 2: abc is not a number", 3),
        ("t, h\n0, 1\n2, 1_000", "row 2: 1_000 is not a number", 3),
        ("t, h\n0, 1\n2, 0x10", "row 2: 0x10 is not a number", 3),
        ("t, h\n0, 1\n2, sqrt(2)", "row 2: sqrt(2) is not a number", 3),
        ("t, h\n0, 1\n٣, 1", "row 2: ٣ is not a number", 3),
        ("t; h\n0; 1\n2; 1.234,5", "row 2: 1.234,5 is not a number", 3),
        ("t h\n0 1\n2,5 3", "row 2: 2,5 is not a number", 3),
        ("city, land\nParis, France", "there are no numbers in this table", 2),
        ("t, h\n" + "1, " * 60 + "1", "a table has at most 50 columns", 2),
        ("t, h\n" + "1" * 3000, "this row has 3,000 characters", 2),
        ('t, h\n1, "2\n3, 4', "a text in quotes is never closed", 2),
        ("t, h\n" + "0, 1\n" * MOST_ROWS + "2, 3", "a table has at most 10,000 rows", MOST_ROWS + 2),
        ("0, 1\n" * MOST_ROWS + "2, 3", "a table has at most 10,000 rows", MOST_ROWS + 1),
    ],
)
def test_the_row_that_is_wrong_is_named(text, message, line):
    problem = refused(text)
    assert problem.message == message
    assert problem.why or problem.suggestion or "at most" in message or "no numbers" in message
    outcome = Notebook().run(f"a = 2\ndata d\n{text}\nend\ny = d.t[1] x\ny = a x")
    assert [(error.message, error.line) for error in outcome.errors] == [(message, line + 2)]
    assert len(outcome.figure.curves) == 1


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing", "t, h", "# t\nt h\n"])
def test_an_empty_table_is_an_error(text):
    outcome = Notebook().run(f"data d\n{text}\nend")
    assert len(outcome.errors) == 1
    assert "rows such as" in outcome.errors[0].suggestion


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("t h\n1,5 2\n3,5 4", "decimal commas"),
        ("t h\n0 1\n2,5 3", "decimal commas"),
        ("t; h\n0; 1\n2; 1.234,5", "thousands"),
        ("t, h\n0, 1\n2, sqrt(2)", "a list holds formulas"),
        ("t, h\n0, 1\n2", "NA"),
    ],
)
def test_what_to_write_instead(text, hint):
    assert hint in refused(text).suggestion


def test_the_largest_table():
    row = ",".join(["1.5"] * MOST_COLUMNS)
    found = read(f"{row}\n" * MOST_ROWS)
    assert found.rows == MOST_ROWS
    assert len(found.columns) == MOST_COLUMNS
    assert found.columns[-1] == ("c50", (1.5,) * MOST_ROWS)


def test_undefined_places_are_one_value_so_that_tables_can_be_compared():
    first, second = (read(f"t, h\n1, {word}\n1e999, 2") for word in ("NA", ""))
    assert first.columns[1] == second.columns[1]
    assert first.columns[1][1][0] is second.columns[1][1][0]


def test_a_file_may_hold_signs_that_a_block_can_not():
    assert columns('name,t\nItem #3,1\n"two\nlines",2', FILE) == {"t": [1, 2]}
    assert columns("# about\n#N/A,1\nt,h\n1,#N/A", FILE) == {"t": [1], "h": [None]}


TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(
            st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False), st.integers(-(10**6), 10**6)),
            min_size=width,
            max_size=width,
        ).filter(lambda row: any(each is not None for each in row)),
        min_size=1,
        max_size=8,
    )
)


@given(TABLES, st.sampled_from([",", ";", "\t", " ", ", ", " ; "]), st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_what_is_written_is_read(rows, separator, comma, end):
    def cell(value):
        text = "NA" if value is None else repr(value)
        return text.replace(".", ",") if comma and len(rows[0]) > 1 and separator.strip(" ") in (";", "\t") else text

    head = [f"col_{place}" for place in range(len(rows[0]))]
    text = end.join(separator.join(each) for each in (head, *([cell(value) for value in row] for row in rows)))
    found = read(text)
    assert [name for name, _ in found.columns] == head
    for place, (_, values) in enumerate(found.columns):
        expected = [math.nan if row[place] is None else float(row[place]) for row in rows]
        assert [repr(each) for each in values] == [repr(each) for each in expected]


@given(st.text(alphabet=' 1,;\t\n"#.-eNat=(\x00é∞', max_size=60), st.sampled_from([BLOCK, FILE]))
def test_any_text_is_read_or_refused(text, layout):
    span, found = Span(0, 0), None
    try:
        found = read(text, layout)
    except LanguageError as error:
        span = error.problem.span
    assert 0 <= span.start <= span.end <= len(text)
    assert found is None or {len(values) for _, values in found.columns} == {found.rows}


# In a notebook.


def test_a_table_says_how_large_it_is_even_beside_a_picture():
    outcome = said(COFFEE + "points (d.t, d.T)\ny = 20")
    assert [(each.name, each.text) for each in outcome.results] == [("d", "d: 7 rows, columns t, T")]
    assert len(outcome.figures) == 1
    assert said("data d\nt\n1\nend").values == ("d: 1 row, column t",)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("d.t", [0, 1, 2]),
        ("d.h", [1.5, 2.5, 5]),
        ("mean(d.h)", [3]),
        ("total(d.h)", [9]),
        ("max(d.h)", [5]),
        ("d.t^2", [0, 1, 4]),
        ("2d.t + 1", [1, 3, 5]),
        ("d.t d.h", [0, 2.5, 10]),
        ("d.h[2]", [2.5]),
        ("d.h[[1, 3]]", [1.5, 5]),
        ("length(d.t)", [3]),
        ("[k^2 for k in d.t]", [0, 1, 4]),
        ("sum(k for k in d.h)", [9]),
        ("join(d.t, d.h)", [0, 1, 2, 1.5, 2.5, 5]),
        ("sqrt(d.t^2)", [0, 1, 2]),
        ("d.x", [7, 8, 9]),
        ("d.θ", [4, 5, 6]),
        ("d.theta", [4, 5, 6]),
        ("D.t", None),
    ],
)
def test_a_column_is_a_list(formula, expected):
    text = "data d\nt, h, x, theta\n0, 1.5, 7, 4\n1, 2.5, 8, 5\n2, 5, 9, 6\nend"
    outcome = Notebook().run(f"{formula}\n{text}")
    if expected is None:
        assert outcome.errors
    else:
        assert outcome.errors == ()
        assert outcome.results[0].numbers == pytest.approx(expected, rel=1e-12)


def test_a_column_draws_a_family():
    outcome = said("data d\nk, c\n1, 5\n2, 6\nend\ny = d.k x + d.c")
    assert [curve.value(10) for curve in outcome.figure.curves] == [15, 26]


def test_a_name_for_a_column():
    notebook = Notebook()
    said("data d\nt\n1\n2\nend\nX = d.t\ny = X x", notebook)
    assert said("X", notebook).values == ("X = [1, 2]",)
    assert notebook.session.definitions["X"].kind == "list"


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ("d.nope", "d has no column nope", "its columns are t, height"),
        ("d.hieght", "d has no column hieght", "did you mean d.height?"),
        ("y = d.nope x", "d has no column nope", "for example: d.t"),
        ("d + 1", "d is a table", "write d.t"),
        ("y = d x", "d is a table", "write d.t"),
        ("mean(d)", "d is a table", "write d.t"),
        ("q = d", "d is a table", "such as d.t"),
        ("d(2)", "d is a table", "d.t"),
        ("data e\n1\nend", "e is a constant (2.71828)", "choose another"),
        ("data sin\n1\nend", "sin is a built-in function", "choose another"),
        ("data x\n1\nend", "x is a coordinate", "choose another"),
        ("data np\n1\nend", "np can't be a name", "choose another"),
        ("data 5\n1\nend", "5 can't be a name", "choose another"),
        ("data é\n1\nend", "I don't know the character é", ""),
        ("data q\n1", "data q is never closed", "write end below its last row"),
        ("data\n1\nend", "the first line of a table is data and one name", "data d, then"),
        ("data q r\n1\nend", "the first line of a table is data and one name", "data d, then"),
        ("end", "there is no data block to end here", "data d, then"),
        ('data q from "q.csv"', "there is no file q.csv", "the folder"),
        ("data q from q.csv", "the name of a file stands in quotes", 'try:  data q from "q.csv"'),
        ("d = 3\ndata d\n1\nend", "d is defined twice in this cell, as a value and as a table", "another name"),
    ],
)
def test_mistakes_with_tables(line, message, hint):
    notebook = Notebook()
    said("data d\nt, height\n1, 2\nend", notebook)
    outcome = notebook.run(line)
    assert [error.message for error in outcome.errors][:1] == [message] or message in str(outcome.errors[0])
    assert hint in str(outcome.errors[0])
    assert notebook.session.definitions["d"].kind in ("table", "number")


def test_a_mistake_in_a_block_costs_only_what_depends_on_it():
    outcome = Notebook().run("data d\nt\n1\n2, 3\nend\nm = mean(d.t)\ny = m x\ny = x\npoints (d.t, d.t)")
    assert [error.line for error in outcome.errors] == [4]
    assert [curve.reading for curve in outcome.figure.curves] == ["x"]


def test_a_missing_end_costs_only_the_block():
    outcome = Notebook().run("data d\nt, h\n1, 2\ny = x^2\nrange 0 3")
    assert [(error.message, error.line) for error in outcome.errors] == [("data d is never closed", 1)]
    assert outcome.figure.xrange == (0, 3)


def test_a_bad_name_costs_nothing_else():
    outcome = Notebook().run("data x\n1, 2\nend\ny = x^2")
    assert len(outcome.errors) == 1
    assert len(outcome.figure.curves) == 1


def test_a_table_is_defined_again_and_forgotten():
    notebook = Notebook()
    said("data d\nt\n1\nend\nb = total(d.t)", notebook)
    said("data d\nt\n1\n2\nend", notebook)
    assert notebook.value("b") == 3
    said("d = 4", notebook)
    assert notebook.value("d") == 4
    said("data d\nt\n7\nend", notebook)
    said("forget d", notebook)
    assert "d" not in notebook.session.definitions
    assert notebook.run("d.t").errors


def test_a_cell_that_changes_its_table_changes_what_follows():
    notebook = Notebook()
    notebook.run("data d\nt\n1\n2\nend", "A")
    notebook.run("y = mean(d.t) x", "B")
    outcome = notebook.run("data d\nt\n3\n5\nend", "A")
    assert [picture.cell_id for picture in outcome.refreshed] == ["B"]
    assert outcome.refreshed[0].curves[0].value(1) == 4
    assert notebook.run("data d\nt\n3\n5\nend", "A").refreshed == ()


def test_a_table_with_gaps_that_is_read_again_changes_nothing():
    notebook = Notebook()
    notebook.run("a = 1", "A")
    notebook.run("data d\nt\n3\nNA\nend\ny = d.t[1] x", "B")
    assert notebook.run("a = 2", "A").refreshed == ()


def test_a_table_alone_is_shown():
    notebook = Notebook()
    said("data d\nt, <b>\n0, 1.5\nNA, 2\nend", notebook)
    result = said("d", notebook).results[0]
    assert result.text.splitlines()[0] == "d: 2 rows, columns t, b"
    assert [line.split() for line in result.text.splitlines()[3:]] == [["0", "1.5"], ["undefined", "2"]]
    assert result.html.count("<tr>") == 3
    rows = "\n".join(map(str, range(1000)))
    long = said(f"data q\n{rows}\nend\nq").results[1]
    assert len(long.text.splitlines()) == 14
    assert long.text.splitlines()[-1].split() == ["…"]
    wide = said(f"data q\n{','.join(['1'] * 50)}\nend\nq").results[1]
    assert max(map(len, wide.text.splitlines()[1:])) < 120


def test_tables_among_the_names():
    notebook = Notebook()
    said("a = 1\ndata d\nt, h\n0, 1\nend", notebook)
    lines = said("names", notebook).values[0].splitlines()
    assert lines[1].startswith("# data d  # 1 row, columns t, h")
    assert "table" in notebook.inspect("d", 0)
    assert "1 row" in notebook.inspect("d", 0)


def test_columns_are_completed():
    notebook = Notebook()
    said("data d\ntime, temp\n0, 1\nend\nA = (1, 2)", notebook)

    def found(text):
        completion = notebook.complete(text, len(text))
        return [match.text for match in completion.matches], completion.start

    assert found("mean(d.") == (["time", "temp"], 7)
    assert found("mean(d.te") == (["temp"], 7)
    assert found("A.") == (["x", "y"], 2)
    assert found("data q\nu, v\n1, 2\nend\npoints (q.") == (["u", "v"], 31)
    assert "sin" in found("np.si")[0]
    assert found("data d f")[0][:1] == ["from"]


def test_an_interrupted_cell_leaves_the_old_table():
    notebook = Notebook()
    said("data d\nt\n1\nend", notebook)
    with pytest.raises(Stopped):
        notebook.run("data d\nt\n2\nend", budget=Budget(interrupted=lambda: True))
    assert notebook.value("d.t[1]") == 1


def test_statistics_of_long_columns():
    values = [(k * 7919) % 10007 / 10 for k in range(MOST_ROWS)]
    notebook = Notebook()
    said("data d\nv\n" + "\n".join(map(str, values)) + "\nend", notebook)
    assert notebook.value("max(d.v)") == max(values)
    assert notebook.value("min(d.v)") == min(values)
    assert notebook.value("total(d.v)") == pytest.approx(math.fsum(values), rel=1e-12)
    assert notebook.value("mean(d.v)") == pytest.approx(math.fsum(values) / len(values), rel=1e-12)
    assert notebook.value("max(2[1..300])") == 600
    assert notebook.run("y = max([1..300] x)").figure.curves[0].value(2) == 600
