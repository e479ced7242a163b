"""Which files of the notebook's folder can be read, and what is said about the others."""

import os

import pytest

from plotlang import Notebook
from plotlang.cli import main
from plotlang.files import DATA_ENDINGS, MOST_BYTES, MOST_FILES, allowed, readable, text_of, texts_of
from plotlang.kernel.cells import Cells
from plotlang.language.diagnostics import LanguageError, Problem


@pytest.fixture
def folder(tmp_path):
    home = tmp_path / "home"
    (home / "sub").mkdir(parents=True)
    (home / "h.csv").write_text("t,h\n0,1\n")
    (home / "sub" / "deep.tsv").write_text("t\th\n0\t1\n")
    (tmp_path / "outside.csv").write_text("secret\n1\n")
    return home


def refused(folder, name, **more):
    with pytest.raises(LanguageError) as caught:
        text_of(folder, name, more.get("endings", DATA_ENDINGS))
    problem = caught.value.problem
    assert "secret" not in str(problem)
    assert str(folder) not in str(problem)
    return problem


@pytest.mark.parametrize("name", ["h.csv", "./h.csv", "sub/deep.tsv", "sub//deep.tsv", "sub/./deep.tsv"])
def test_files_below_the_folder_are_read(folder, name):
    assert text_of(folder, name, DATA_ENDINGS).startswith("t")
    assert readable(folder, name, DATA_ENDINGS).is_relative_to(folder)


@pytest.mark.parametrize(
    "name",
    [
        "../outside.csv", "sub/../../outside.csv", "sub/../h.csv", "..\\outside.csv", "/etc/hosts.txt", "//s/h.csv",
        "\\\\server\\h.csv", "~/h.csv", "~root/h.csv", "C:\\h.csv", "C:h.csv", "c:/h.csv", "file:///h.csv",
        "https://example.org/h.csv", "h.csv:stream.txt", "h.csv\0.txt", "a\nb.csv", "\u202eh.csv", "\ud800.csv", "",
        " ", "x" * 1000 + ".csv", "nul.csv", "sub/COM1.txt", "*.csv", "h?.csv", '"h.csv', "|.csv", "..", ".", "/",
        "h.py", "h.ipynb", "h.csv.exe", "h", ".csv/..", "h.xlsx", "sub", "sub/", "h.csv/h.csv",
    ],
)  # fmt: skip
def test_other_names_are_refused(folder, name):
    problem = refused(folder, name)
    assert problem.message
    assert problem.why or problem.suggestion
    assert all(each.isprintable() for each in problem.message + problem.why + problem.suggestion)


def test_links_are_followed_inside_the_folder_only(folder):
    (folder / "in.csv").symlink_to(folder / "h.csv")
    (folder / "out.csv").symlink_to(folder.parent / "outside.csv")
    (folder / "way").symlink_to(folder.parent)
    (folder / "loop.csv").symlink_to(folder / "loop.csv")
    (folder / "nowhere.csv").symlink_to(folder.parent / "missing.csv")
    assert text_of(folder, "in.csv", DATA_ENDINGS) == "t,h\n0,1\n"
    for name in ("out.csv", "way/outside.csv", "way/none.csv", "nowhere.csv"):
        assert "leads out" in refused(folder, name).message
    refused(folder, "loop.csv")


def test_the_folder_itself_may_be_a_link(folder, tmp_path):
    link = tmp_path / "link"
    link.symlink_to(folder)
    assert text_of(link, "h.csv", DATA_ENDINGS) == "t,h\n0,1\n"


def test_only_plain_files_are_opened(folder):
    (folder / "dir.csv").mkdir()
    os.mkfifo(folder / "pipe.csv")
    assert "folder" in refused(folder, "dir.csv").message
    assert "plain file" in refused(folder, "pipe.csv").message


def test_a_file_that_must_not_be_read(folder):
    (folder / "h.csv").chmod(0)
    if not os.access(folder / "h.csv", os.R_OK):
        assert "can't be read" in refused(folder, "h.csv").message


def test_a_folder_that_is_gone(folder):
    assert "can't be found" in refused(folder / "none", "h.csv").message


def test_sizes(folder):
    (folder / "h.csv").write_bytes(b"," * MOST_BYTES)
    assert len(text_of(folder, "h.csv", DATA_ENDINGS)) == MOST_BYTES
    (folder / "h.csv").write_bytes(b"," * (MOST_BYTES + 1))
    problem = refused(folder, "h.csv")
    assert "too large" in problem.message
    assert "5 MB" in problem.why


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("größe\n1\n".encode(), "größe\n1\n"),
        ("größe\n1\n".encode("utf-8-sig"), "größe\n1\n"),
        ("größe\n1\n".encode("latin-1"), "größe\n1\n"),
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        (b"", ""),
    ],
)
def test_encodings_and_line_ends(folder, data, text):
    (folder / "h.csv").write_bytes(data)
    assert text_of(folder, "h.csv", DATA_ENDINGS) == text


@pytest.mark.parametrize("data", [b"a\0b", "t,h\n1,2".encode("utf-16")])
def test_a_file_without_plain_text(folder, data):
    (folder / "h.csv").write_bytes(data)
    assert "UTF-8" in refused(folder, "h.csv").suggestion


def test_the_nearest_names_are_suggested(folder):
    for name in ("heights.csv", "Weights.CSV", "notes.md"):
        (folder / name).write_text("1")
    assert "heights.csv" in refused(folder, "hieghts.csv").suggestion
    assert "heights.csv" in refused(folder, "heights.txt").suggestion
    assert "sub/deep.tsv" in refused(folder, "sub/deap.tsv").suggestion
    far = refused(folder, "quantum.csv").suggestion
    assert "h.csv" in far
    assert "notes.md" not in far


def test_a_name_that_may_be_written_need_not_be_there(folder):
    assert allowed(folder, "new.png", (".png", ".svg")) == (folder / "new.png").resolve()
    with pytest.raises(LanguageError):
        allowed(folder, "new.csv", (".png", ".svg"))


def test_a_cell_reads_a_few_files_only(folder):
    names = [f"f{i}.csv" for i in range(MOST_FILES + 5)]
    for name in names:
        (folder / name).write_text("1\n")
    found = texts_of(folder, [*names, *names])
    assert [isinstance(each, Problem) for each in found.values()] == [False] * MOST_FILES + [True] * 5


# The notebook and its files.


def values(outcome):
    assert outcome.errors == ()
    return list(outcome.values)


def test_a_cell_reads_a_file_of_its_folder(folder):
    notebook = Notebook(folder=folder)
    assert values(notebook.run('data d from "h.csv"\nd.h')) == ["d: 1 row, columns t, h", "d.h = [1]"]
    assert values(notebook.run('data q from "sub/deep.tsv"')) == ["q: 1 row, columns t, h"]


def test_without_a_folder_it_is_the_current_one(folder, monkeypatch):
    monkeypatch.chdir(folder)
    assert values(Notebook().run('data d from "h.csv"')) == ["d: 1 row, columns t, h"]


def test_a_file_is_read_again_only_when_its_cell_runs_again(folder):
    notebook = Notebook(folder=folder)
    notebook.run("a = 1", "first")
    notebook.run('data d from "h.csv"\nb = a + total(d.h)', "data")
    notebook.run("b", "last")
    (folder / "h.csv").write_text("t,h\n0,100\n")
    notebook.run("a = 2", "first")
    assert notebook.value("b") == 3
    assert notebook.at("last").values == ("b = 3",)
    (folder / "h.csv").unlink()
    notebook.run("a = 3", "first")
    assert notebook.value("b") == 4
    (folder / "h.csv").write_text("t,h\n0,100\n")
    outcome = notebook.run('data d from "h.csv"\nb = a + total(d.h)', "data")
    assert notebook.value("b") == 103
    assert list(outcome.revalued) == ["plotlang-last-values"]


def test_a_file_that_is_gone_is_an_error_of_its_line(folder):
    notebook = Notebook(folder=folder)
    outcome = notebook.run('a = 1\ndata d from "g.csv"\nmean(d.t)\ny = mean(d.h) x\ny = x')
    assert [error.line for error in outcome.errors] == [2]
    assert (outcome.errors[0].column, outcome.errors[0].width) == (13, 7)
    assert "did you mean h.csv" in outcome.errors[0].suggestion
    assert len(outcome.figure.curves) == 1


def test_a_bad_row_of_a_file_is_named(folder):
    (folder / "h.csv").write_text("# heights\nt,h\n\n0,1\n1\n2,3\n")
    outcome = Notebook(folder=folder).run('a = 2\ndata d from "h.csv"')
    assert outcome.errors[0].message == "h.csv: row 2 has 1 value"
    assert "line 5 of the file" in outcome.errors[0].why
    assert outcome.errors[0].line == 2


def test_what_a_file_says_is_never_executed(folder):
    (folder / "h.csv").write_text('a,b,<script>\n=cmd(),1,2\n"=HYPERLINK(""x"")",3,4\n@sum(1),5,6\n')
    outcome = Notebook(folder=folder).run('data d from "h.csv"\nd')
    assert outcome.errors == ()
    assert outcome.values[0] == "d: 3 rows, columns b, script"
    assert "<script>" not in outcome.results[1].html


@pytest.mark.parametrize(
    "text",
    [
        "," * 4_000_000, ",\n" * 2_000_000, "\n" * 4_000_000, '"' * 4_000_000, '"' + "a" * 1_000_000, "1 " * 2_000_000,
        "1\n" * 2_000_000, '"\n' * 1_000_000, "a" * 4_000_000, ("x" * 90_000 + "\n") * 40, "1" * 90_000 + "x\n2",
        ("1," * 49 + "1\n") * 20_000, "#\n" * 1_000_000, "\ufeff" * 1_000_000,
    ],
    ids=lambda text: repr(text[:8]),
)  # fmt: skip
def test_hostile_files_are_answered(folder, text):
    (folder / "h.csv").write_text(text)
    outcome = Notebook(folder=folder).run('data d from "h.csv"\ny = x')
    assert [error.line for error in outcome.errors] in ([], [1])
    assert all(len(each) < 600 for each in (*map(str, outcome.errors), *outcome.notes, *outcome.values))
    assert len(outcome.figures) == 1


def test_quoted_cells_of_a_file(folder):
    (folder / "h.csv").write_text('name;"t; in s";h\n"a; ""b""";"1,5";2\n"two\nlines";2;"3"\n')
    notebook = Notebook(folder=folder)
    outcome = notebook.run('data d from "h.csv"\nd.t_in_s\nd.h')
    assert list(outcome.values[1:]) == ["d.t_in_s = [1.5, 2]", "d.h = [2, 3]"]
    assert any("t; in s is called t_in_s" in note for note in outcome.notes)
    assert any("name holds no numbers" in note for note in outcome.notes)


# Which folder it is.


def test_the_folder_of_a_document(folder, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (folder / "book.plot").write_text('data d from "h.csv"\ny = total(d.h) x\n')
    assert main(["run", str(folder / "book.plot"), "-o", str(tmp_path / "out")]) == 0
    assert "d: 1 row, columns t, h" in capsys.readouterr().out
    fence = "```"
    text = f'{fence}plotlang\ndata d from "h.csv"\n{fence}\n{fence}expect\nvalue d == "1 row, columns t, h"\n{fence}\n'
    (folder / "book.md").write_text(text)
    assert main(["test", str(folder / "book.md")]) == 0
    assert "2 passed, 0 failed" in capsys.readouterr().out


def test_the_folder_of_a_kernel_is_where_it_runs(folder, monkeypatch):
    monkeypatch.chdir(folder)
    assert Cells().notebook.run('data d from "h.csv"').errors == ()
