"""What a student writes in a lesson: check, hint, reveal, reply, progress."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pyparsing as pp

from plotlang.language.diagnostics import LanguageError, nearest
from plotlang.model.lesson import Feedback
from plotlang.statements.fragments import NAME, STRING, word
from plotlang.statements.kind import Kind, Result, Statement
from plotlang.statements.rereading import line_of
from plotlang.statements.tasks import REST, AddHint

if TYPE_CHECKING:
    from plotlang.language.reading import Reading
    from plotlang.language.syntax import Word
    from plotlang.model.budget import Budget
    from plotlang.model.session import Session

SYMBOLS = {"correct": "✓", "wrong": "✗", "open": "○"}
_CHOICE = pp.Optional(NAME("name"))


def chosen(name: str, session: Session, command: str) -> str:
    """The task that is meant, the newest one without a name; raises `LanguageError` if there is none."""
    known = list(session.lesson.tasks)
    if not known:
        raise LanguageError(
            f"there is no task to {command}",
            why="no cell above has a task line",
            suggestion="run the cell with the task first",
        )
    if not name:
        return known[-1]
    if name not in known:
        meant = nearest(name, known)
        hint = f"did you mean {meant[0]}?" if meant else f"there are {', '.join(known[:8])}"
        raise LanguageError(f"there is no task {name}", suggestion=hint, why="perhaps its cell was deleted")
    return name


def said(feedback: Feedback) -> Result:
    """Feedback as something that a cell prints."""
    text = feedback.message[:1].upper() + feedback.message[1:]
    return Result(f"{SYMBOLS[feedback.verdict]} {feedback.name}: {text}", name="check", feedback=(feedback,))


@dataclass(frozen=True, slots=True)
class Check(Statement):
    """The work on a task is looked at."""

    name: str = ""

    def apply(self, session: Session) -> Session:
        return session.after_check(chosen(self.name, session, "check"))

    def report(self, session: Session, budget: Budget) -> tuple[Result, ...]:
        """What is right, or the most useful thing that is not."""
        from plotlang.statements.judging import judged

        return (said(judged(chosen(self.name, session, "check"), session, budget)),)


class CheckLine(Kind):
    """check."""

    words = ("check",)
    usage = ("check", "check NAME")
    summary = "Says whether the work on a task is right, and if not, what is different."
    examples = (
        'task line "Draw the line through (0, 1) with slope 2."\nexpect curve y = 2x + 1\ny = 2x + 3\ncheck line',
    )
    room = "lessons"

    def grammar(self) -> pp.ParserElement:
        """Perhaps a name."""
        return word("check") + _CHOICE

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The statement."""
        del reading
        return Check(_name(parts))


@dataclass(frozen=True, slots=True)
class ShowHint(Statement):
    """One more hint for a task."""

    name: str = ""

    def apply(self, session: Session) -> Session:
        return replace(session, lesson=session.lesson.with_hint(chosen(self.name, session, "give a hint for")))

    def report(self, session: Session, budget: Budget) -> tuple[Result, ...]:
        """As many hints as were asked for up to here."""
        del budget
        name = chosen(self.name, session, "give a hint for")
        hints = session.lesson.tasks[name].hints
        if not hints:
            return (Result(f"there is no hint for {name}", name="hint"),)
        count = min(session.lesson.hinted.get(name, 1), len(hints))
        more = "" if count == len(hints) else "   (one more: hint once more)"
        return (Result(f"Hint {count} of {len(hints)} for {name}: {hints[count - 1]}{more}", name="hint"),)


class HintLine(Kind):
    """hint."""

    words = ("hint",)
    usage = ('hint "Start with y = m x + b."', "hint", "hint NAME")
    summary = "In a task, adds a hint; below it, shows the next one."
    examples = ('task line "Draw the line y = 2x."\nexpect curve y = 2x\nhint "Its slope is 2."\nhint line',)
    room = "lessons"

    def grammar(self) -> pp.ParserElement:
        """A text, or perhaps a name."""
        return word("hint") + (STRING("text") | _CHOICE)

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The statement."""
        del reading
        return AddHint(parts["text"].value) if "text" in parts else ShowHint(_name(parts))


@dataclass(frozen=True, slots=True)
class Reveal(Statement):
    """The model answer of a task."""

    name: str = ""

    def apply(self, session: Session) -> Session:
        chosen(self.name, session, "reveal")
        return session

    def report(self, session: Session, budget: Budget) -> tuple[Result, ...]:
        """The lines of the answer."""
        del budget
        name = chosen(self.name, session, "reveal")
        answers = session.lesson.tasks[name].answers
        text = "; ".join(answers) if answers else "there is no model answer"
        return (Result(f"Answer of {name}: {text}", name="reveal"),)


class RevealLine(Kind):
    """reveal."""

    words = ("reveal",)
    usage = ("reveal", "reveal NAME")
    summary = "Shows the model answer of a task."
    examples = ('task line "Draw the line y = 2x."\nexpect curve y = 2x\nanswer y = 2x\nreveal line',)
    room = "lessons"

    def grammar(self) -> pp.ParserElement:
        """Perhaps a name."""
        return word("reveal") + _CHOICE

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The statement."""
        del reading
        return Reveal(_name(parts))


@dataclass(frozen=True, slots=True)
class Reply(Statement):
    """A reply to a question."""

    name: str = ""
    reply: str = ""

    def apply(self, session: Session) -> Session:
        if self.name not in session.lesson.questions:
            meant = nearest(self.name, list(session.lesson.questions))
            hint = f"did you mean {meant[0]}?" if meant else "question asks one"
            raise LanguageError(f"there is no question {self.name}", suggestion=hint)
        lesson = replace(session.lesson, replies={**session.lesson.replies, self.name: self.reply})
        return replace(session, lesson=lesson).after_check(self.name)

    def report(self, session: Session, budget: Budget) -> tuple[Result, ...]:
        """Whether the reply is right."""
        from plotlang.statements.judging import answered

        return (said(answered(session.lesson.questions[self.name], self.reply, session, budget)),)


class ReplyLine(Kind):
    """reply."""

    words = ("reply",)
    usage = ("reply Q 2", 'reply best "b"')
    summary = "Answers a question."
    examples = ('question zeros "How many zeros has x^2 - 1?" = 2\nreply zeros 2',)
    room = "lessons"

    def grammar(self) -> pp.ParserElement:
        """Name and reply."""
        return word("reply") + NAME("name") + (STRING("said") | REST("reply"))

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The statement; raises `LanguageError` where the reply is no formula."""
        del reading
        if "said" in parts:
            return Reply(parts["name"].text, parts["said"].value)
        line_of(parts["reply"])
        return Reply(parts["name"].text, parts["reply"].strip())


@dataclass(frozen=True, slots=True)
class ShowProgress(Statement):
    """How far the lesson is done."""

    def apply(self, session: Session) -> Session:
        return session

    def report(self, session: Session, budget: Budget) -> tuple[Result, ...]:
        """Tasks done, points, and what is next."""
        found = standing(session, budget)
        if not found:
            return (Result("there are no tasks yet", name="progress"),)
        done = sum(each.verdict == "correct" for each in found)
        points, most = sum(each.points for each in found), sum(each.most for each in found)
        lines = [f"{SYMBOLS[each.verdict]} {each.name}   {each.points:g} of {each.most:g}" for each in found]
        following = next((each.name for each in found if each.verdict != "correct"), "")
        head = f"{done} of {len(found)} tasks done, {points:g} of {most:g} points"
        tail = f"next: {following}" if following else "all done"
        return (Result("\n".join([head, *lines, tail]), name="progress", feedback=found),)


def standing(session: Session, budget: Budget) -> tuple[Feedback, ...]:
    """For every task and question what its last check said; those that were never checked are open."""
    from plotlang.statements.judging import answered, judged

    lesson, found = session.lesson, []
    for name, task in lesson.tasks.items():
        at = session.checked.get(name)
        open_ = Feedback(name, "open", "not checked yet", 0.0, task.points)
        found.append(open_ if at is None or name not in at.lesson.tasks else judged(name, at, budget))
    for name, question in lesson.questions.items():
        reply = lesson.replies.get(name)
        open_ = Feedback(name, "open", "no reply yet", 0.0, question.points)
        found.append(open_ if reply is None else answered(question, reply, session.checked.get(name, session), budget))
    return tuple(found)


class ProgressLine(Kind):
    """progress."""

    words = ("progress",)
    usage = ("progress",)
    summary = "Shows which tasks are done, the points, and what is next."
    examples = ('task line "Draw the line y = 2x."\nexpect curve y = 2x\ny = 2x\ncheck line\nprogress',)
    room = "lessons"

    def grammar(self) -> pp.ParserElement:
        """The word alone."""
        return word("progress")

    def build(self, parts: Any, reading: Reading) -> Statement:
        """The statement."""
        del parts, reading
        return ShowProgress()


def _name(parts: Any) -> str:
    found: Word | None = parts.get("name")
    return "" if found is None else found.text


CHECK_KINDS: tuple[Kind, ...] = (CheckLine(), HintLine(), RevealLine(), ReplyLine(), ProgressLine())
