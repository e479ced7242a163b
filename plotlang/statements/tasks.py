"""What a teacher writes: lesson, task, expect, target, hint, answer, question."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pyparsing as pp

from plotlang.language.diagnostics import FollowUp, LanguageError
from plotlang.model.figure import Style
from plotlang.model.lesson import Expectation, Form, Question, Task
from plotlang.statements.curves import draw
from plotlang.statements.formula import is_curve_letter, mentions
from plotlang.statements.fragments import ARGUMENT, NAME, NUMBER, STRING, word
from plotlang.statements.kind import Kind, Result, Statement
from plotlang.statements.rereading import GRAPHS, TARGET, check_comparable, inside, line_of, read_formula
from plotlang.statements.values import constant

if TYPE_CHECKING:
    from plotlang.language.reading import Reading
    from plotlang.model.budget import Budget
    from plotlang.model.session import Session
    from plotlang.statements.formula import Line

MOST_TASKS = 500
REST = pp.Regex(r'(?:"[^"\n]*"|“[^”\n]*”|[^"“#\n])+?(?=\s+within\b|\s+else\s*["“]|\s*(?:#|$))').set_name("a formula")
_POINTS = pp.Optional(pp.Suppress(word("points", "point")) + NUMBER("points"))


def task_here(session: Session, what: str) -> Task:
    """The task that a line belongs to; raises `LanguageError` if no task line stands above it in its cell."""
    if not session.lesson.at:
        if session.lesson.repeated:
            raise FollowUp(f"{what} belongs to a task that is not there")
        raise LanguageError(
            f"{what} belongs to a task",
            why="no task line stands above it in this cell",
            suggestion=f'task line "Draw the line …" above the {what} line',
        )
    return session.lesson.tasks[session.lesson.at]


def with_task(session: Session, task: Task) -> Session:
    """The session with a task changed."""
    return replace(session, lesson=session.lesson.with_task(task))


def is_taken(name: str, session: Session) -> bool:
    """Whether there is a task or question of this name; raises `LanguageError` when there are too many of them."""
    lesson = session.lesson
    if len(lesson.tasks) + len(lesson.questions) >= MOST_TASKS:
        raise LanguageError(f"a notebook holds at most {MOST_TASKS} tasks and questions")
    return name in lesson.tasks or name in lesson.questions


def taken(name: str) -> LanguageError:
    """What to say about a name that two tasks or questions have."""
    return LanguageError(f"there is a task or question {name} already", suggestion="choose another name")


@dataclass(frozen=True, slots=True)
class NameLesson(Statement):
    """The notebook is a lesson with a title."""

    title: str = ""

    def apply(self, session: Session) -> Session:
        return replace(session, lesson=replace(session.lesson, title=self.title))


class LessonLine(Kind):
    """lesson."""

    words = ("lesson",)
    usage = ('lesson "Straight lines"',)
    summary = "Says what a lesson notebook is called."
    examples = ('lesson "Straight lines"\ny = 2x + 1',)
    room = "lessons"

    def grammar(self) -> pp.ParserElement:
        """The title."""
        return word("lesson") + STRING("title")

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The statement."""
        del reading
        return NameLesson(parts["title"].value)


@dataclass(frozen=True, slots=True)
class StartTask(Statement):
    """A task begins; the lines below it in the cell say what is expected."""

    name: str = ""
    text: str = ""
    points: float = 1.0

    def apply(self, session: Session) -> Session:
        if is_taken(self.name, session):
            repeated = (*session.lesson.repeated, self.name)
            return replace(session, lesson=replace(session.lesson, at="", repeated=repeated))
        task = Task(
            self.name, self.text, self.points, session.current, session.figure.visible, record=session.record
        )  # fmt: skip
        return with_task(session, task)

    def report(self, session: Session, budget: Budget) -> tuple[Result, ...]:
        """The task in words; raises `LanguageError` when there is another one of this name."""
        del budget
        if self.name in session.lesson.repeated:
            raise taken(self.name)
        points = "" if self.points == 1 else f" ({self.points:g} points)"
        return (Result(f"Task {self.name}: {self.text}{points}", name="task"),)


class TaskLine(Kind):
    """task."""

    words = ("task",)
    usage = ('task NAME "what to do"', 'task NAME "what to do" points 2')
    summary = "Starts a task; the expect, hint and answer lines below it in the cell belong to it."
    examples = ('task line "Draw the line through (0, 1) with slope 2."\nexpect curve y = 2x + 1',)
    room = "lessons"

    def grammar(self) -> pp.ParserElement:
        """Name, text, points."""
        return word("task") + NAME("name") + STRING("text") + _POINTS

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The statement."""
        del reading
        return StartTask(parts["name"].text, parts["text"].value, parts.get("points", 1.0))


@dataclass(frozen=True, slots=True)
class Expect(Statement):
    """One thing that the work on a task must be."""

    expectation: Expectation

    def apply(self, session: Session) -> Session:
        task = task_here(session, "expect")
        if self.expectation.form in ("curve", "region"):
            check_comparable(self.expectation.text, session)
        return with_task(session, replace(task, expectations=(*task.expectations, self.expectation)))


class ExpectLine(Kind):
    """expect."""

    words = ("expect",)
    usage = (
        "expect curve y = 2x + 1", "expect curve y = x^2 on [0, 2)", "expect f(x) = x^2", "expect f(2) = 4 within 0.01",
        "expect point (2, 1)", "expect passes (0, 1)", "expect region y > x", "expect uses sin", "expect not uses abs",
        'expect a > 0 else "a must be positive"',
    )  # fmt: skip
    summary = "Says what the work on a task must be; else gives your own feedback."
    examples = (
        'task top "Define f with its highest point at (1, 3)."\nexpect maxima(f)[1] = (1, 3) else "Find the vertex."',
    )
    room = "lessons"

    def grammar(self) -> pp.ParserElement:
        """What kind of thing, the formula, the room, own feedback."""
        form = word("curve", "point", "passes", "region", "uses") | pp.Combine(
            pp.Keyword("not") + pp.White() + pp.Keyword("uses")
        )
        within = pp.Suppress(pp.Keyword("within")) + ARGUMENT("within")
        other = pp.Suppress(pp.Keyword("else")) + STRING("otherwise")
        return word("expect") + pp.Optional(form("form")) + REST("text") + pp.Optional(within) + pp.Optional(other)

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The statement; raises `LanguageError` where the formula is none."""
        form: Form = " ".join(parts.get("form", "condition").split())  # type: ignore[assignment]
        text = parts["text"].strip()
        if not form.endswith("uses"):
            with inside(text, reading.text):
                form = _form(form, line_of(text), reading)
        elif not text.isidentifier():
            raise LanguageError(f"{form} needs one name", suggestion=f"expect {form} sin")
        within = None
        if "within" in parts:
            within = constant(reading.read(parts["within"]))
            if within is None or within < 0:
                raise LanguageError("within needs a positive number", suggestion="within 0.01")
        otherwise = parts["otherwise"].value if "otherwise" in parts else ""
        return Expect(Expectation(form, text, within, otherwise))


def _form(form: Form, line: Line, reading: Reading) -> Form:
    """The form that is meant: a formula with y alone stands for its curve or region."""
    sides = [line.left] if line.right is None else [line.left, line.right]
    drawn = any(mentions(each, "y", reading.names) for each in sides) or is_curve_letter(line.left, "x")
    if form != "condition" or not drawn:
        return form
    return "curve" if line.relation else "region"


@dataclass(frozen=True, slots=True)
class Aim(Statement):
    """A grey graph that is to be matched; inside a task it is expected too."""

    text: str = ""

    def apply(self, session: Session) -> Session:
        mark = read_formula(self.text, session).mark
        if mark is None or mark.kind not in GRAPHS:
            raise LanguageError(
                "a target is a curve y = f(x), an equation or a region", suggestion="for example: target y = x^2"
            )
        grey = replace(
            mark, key=f"target {mark.key}", name="", target=True, style=Style(color=TARGET, width=4.0, line="solid")
        )  # fmt: skip
        session = draw(grey, session)
        if session.lesson.at:
            task = task_here(session, "target")
            form: Form = "region" if mark.kind == "region" else "curve"
            session = with_task(session, replace(task, expectations=(*task.expectations, Expectation(form, self.text))))
        return session


class TargetLine(Kind):
    """target."""

    words = ("target",)
    usage = ("target y = -(x - 2)^2 + 3",)
    summary = "Draws a grey graph to be matched; in a task it is also what is expected."
    examples = ('task match "Match the grey parabola."\ntarget y = -(x - 2)^2 + 3',)
    room = "lessons"

    def grammar(self) -> pp.ParserElement:
        """The formula."""
        return word("target") + REST("text")

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The statement; raises `LanguageError` where the formula is none."""
        with inside(parts["text"], reading.text):
            line_of(parts["text"])
        return Aim(parts["text"].strip())


@dataclass(frozen=True, slots=True)
class AddHint(Statement):
    """A hint for the task above."""

    text: str = ""

    def apply(self, session: Session) -> Session:
        task = task_here(session, "hint")
        return with_task(session, replace(task, hints=(*task.hints, self.text)))


@dataclass(frozen=True, slots=True)
class AddAnswer(Statement):
    """A line of the model answer of the task above."""

    text: str = ""

    def apply(self, session: Session) -> Session:
        task = task_here(session, "answer")
        return with_task(session, replace(task, answers=(*task.answers, self.text)))


class AnswerLine(Kind):
    """answer."""

    words = ("answer",)
    usage = ("answer y = 2x + 1",)
    summary = "Gives a line of the model answer of a task; reveal shows it."
    examples = ('task line "Draw the line through (0, 1) with slope 2."\nexpect curve y = 2x + 1\nanswer y = 2x + 1',)
    room = "lessons"

    def grammar(self) -> pp.ParserElement:
        """Any line."""
        return word("answer") + pp.Regex(r'(?:"[^"\n]*"|[^"#\n])+')("text")

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The statement; raises `LanguageError` where the answer is no line."""
        from plotlang.statements.parsing import parse_statement

        text = parts["text"].strip()
        with inside(text, reading.text):
            parse_statement(text)
        return AddAnswer(text)


@dataclass(frozen=True, slots=True)
class Ask(Statement):
    """A question with one right answer."""

    question: Question

    def apply(self, session: Session) -> Session:
        if is_taken(self.question.name, session):
            raise taken(self.question.name)
        return replace(session, lesson=session.lesson.with_question(replace(self.question, record=session.record)))

    def report(self, session: Session, budget: Budget) -> tuple[Result, ...]:
        """The question in words, with its choices."""
        del session, budget
        asked = self.question
        choices = f"  {' | '.join(asked.choices)}" if asked.choices else ""
        how = f'reply {asked.name} "…"' if asked.choices else f"reply {asked.name} …"
        return (Result(f"Question {asked.name}: {asked.text}{choices}   ({how})", name="question"),)


class QuestionLine(Kind):
    """question."""

    words = ("question",)
    usage = ('question NAME "How many zeros?" = 2', 'question NAME "Which grows faster?" choices "f" "g" = "g"')
    summary = "Asks for a number, or for one of some choices; reply answers it."
    examples = ('question zeros "How many zeros has x^2 - 1?" = 2\nreply zeros 2',)
    room = "lessons"

    def grammar(self) -> pp.ParserElement:
        """Name, text, choices, answer, points."""
        choices = pp.Optional(pp.Suppress(pp.Optional(pp.Keyword("choices"))) + pp.OneOrMore(STRING)("choices"))
        answer = STRING("said") | REST("answer")
        return word("question") + NAME("name") + STRING("text") + choices + pp.Suppress("=") + answer

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The statement; raises `LanguageError` where the answer is none of the choices."""
        del reading
        choices = tuple(each.value for each in parts.get("choices", ()))
        answer = parts["said"].value if "said" in parts else parts["answer"].strip()
        if choices and answer not in choices:
            raise LanguageError(f"the answer {answer} is none of the choices", suggestion=" or ".join(choices))
        if not choices:
            line_of(answer)
        return Ask(Question(parts["name"].text, parts["text"].value, answer, choices))


TASK_KINDS: tuple[Kind, ...] = (LessonLine(), TaskLine(), ExpectLine(), TargetLine(), AnswerLine(), QuestionLine())
