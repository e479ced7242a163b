"""Lessons as values: tasks with what is expected, questions, and how far a student is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from plotlang.model.figure import Mark
    from plotlang.model.session import Session

Form = Literal["curve", "condition", "point", "passes", "region", "uses", "not uses"]
Verdict = Literal["correct", "wrong", "open"]
"""What a check says; `open` is work that has not begun, and a task that can't be checked."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing that a student's work must be; `text` is read when it is checked, with the names known then.

    `within` is how far numbers may be off, None for as good as not at all; `otherwise` is the teacher's own feedback.
    """

    form: Form
    text: str
    within: float | None = None
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """What a student is to do, and how it is checked.

    `figure` is the figure in which the task stands, `before` the marks that stood there already.
    """

    name: str
    text: str
    points: float = 1.0
    figure: str = ""
    before: tuple[Mark, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    hints: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    record: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with one right answer: a number as a formula, or one of the `choices`."""

    name: str
    text: str
    answer: str
    choices: tuple[str, ...] = ()
    points: float = 1.0
    record: str = ""


@dataclass(frozen=True, slots=True)
class Lesson:
    """All tasks and questions of a notebook, in the order of their lines.

    `at` is the task that the lines of the present cell belong to; `hinted` says how many hints were asked for, and
    `replies` what was replied to the questions.  `repeated` are names that a line of the present cell gave once more:
    what stands below such a line belongs to no task.
    """

    title: str = ""
    tasks: dict[str, Task] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    at: str = ""
    hinted: dict[str, int] = field(default_factory=dict)
    replies: dict[str, str] = field(default_factory=dict)
    repeated: tuple[str, ...] = ()

    def closed(self) -> Lesson:
        """The lesson at the start of the next cell."""
        return replace(self, at="", repeated=()) if self.at or self.repeated else self

    def with_task(self, task: Task) -> Lesson:
        """The lesson with a task added or changed; it is the one that the next lines belong to."""
        return replace(self, tasks={**self.tasks, task.name: task}, at=task.name)

    def with_question(self, question: Question) -> Lesson:
        """The lesson with a question added."""
        return replace(self, questions={**self.questions, question.name: question})

    def with_hint(self, name: str) -> Lesson:
        """The lesson after one more hint for a task was asked for."""
        return replace(self, hinted={**self.hinted, name: self.hinted.get(name, 0) + 1})


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a check says about one task or question: a verdict, and one message in plain words.

    `points` are those reached, of `most`.  `sketch` is a session whose one figure shows both graphs, None where there
    is nothing to see.
    """

    name: str
    verdict: Verdict
    message: str
    points: float = 0.0
    most: float = 1.0
    sketch: Session | None = field(default=None, compare=False)
