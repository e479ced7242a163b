"""The engine thread: results, failures, interrupts of every kind of work."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time

import pytest

from plotlang.kernel.engine import Engine, Interrupted, Overtime

LATEST = 0.5  # seconds after which an interrupted job must have answered


async def interrupted(engine: Engine, work, after: float = 0.1) -> float:
    """Start the work, interrupt it, and return the seconds from the interrupt to the answer."""
    task = asyncio.create_task(engine.run(work))
    await asyncio.sleep(after)
    start = time.monotonic()
    engine.interrupt()
    with pytest.raises(Interrupted):
        await task
    return time.monotonic() - start


def polite(stop):
    while not stop():
        time.sleep(0.001)
    raise Interrupted


def spinning(stop):
    while True:
        sum(range(100))


def stubborn(stop):
    while True:
        with contextlib.suppress(Exception):
            sum(range(100))


def blocking(stop):
    time.sleep(1.0)


def test_result_comes_from_one_other_thread():
    async def main():
        engine = Engine()
        return {await engine.run(lambda _: threading.current_thread().name) for _ in range(3)}

    assert asyncio.run(main()) == {"plotlang-engine"}


def test_jobs_run_in_order():
    async def main():
        engine, seen = Engine(), []
        await asyncio.gather(*(engine.run(lambda _, n=n: seen.append(n)) for n in range(20)))
        return seen

    assert asyncio.run(main()) == list(range(20))


@pytest.mark.parametrize("problem", [ValueError, RecursionError, MemoryError])
def test_exceptions_reach_the_caller(problem):
    def work(_):
        raise problem

    with pytest.raises(problem):
        asyncio.run(Engine().run(work))


@pytest.mark.parametrize("problem", [SystemExit, KeyboardInterrupt, StopIteration, GeneratorExit])
def test_exceptions_that_would_end_the_loop_are_wrapped(problem):
    def work(_):
        raise problem

    with pytest.raises(RuntimeError):
        asyncio.run(Engine().run(work))


@pytest.mark.parametrize("work", [polite, spinning, stubborn, blocking])
def test_interrupt_answers_in_time_and_the_engine_lives_on(work):
    async def main():
        engine = Engine()
        seconds = await interrupted(engine, work)
        return seconds, await engine.run(lambda _: 42)

    seconds, after = asyncio.run(main())
    assert seconds < LATEST
    assert after == 42


def test_interrupt_also_drops_what_waits():
    async def main():
        engine, seen = Engine(), []
        first = asyncio.create_task(engine.run(blocking))
        second = asyncio.create_task(engine.run(lambda _: seen.append(1)))
        await asyncio.sleep(0.05)
        engine.interrupt()
        await asyncio.gather(first, second, return_exceptions=True)
        await engine.run(lambda _: None)
        return seen

    assert asyncio.run(main()) == []


@pytest.mark.parametrize("work", [polite, spinning, blocking])
def test_work_that_does_not_end_is_ended(work):
    async def main():
        engine = Engine(limit=0.1)
        with pytest.raises(Overtime):
            await engine.run(work)

    asyncio.run(main())


def test_interrupt_while_idle_is_forgotten():
    async def main():
        engine = Engine()
        engine.interrupt()
        await engine.run(lambda _: None)
        engine.interrupt()
        return await engine.run(lambda _: "done")

    assert asyncio.run(main()) == "done"


def test_work_after_a_long_call_has_no_effect():
    """The answer came while the thread was inside C; what follows the call must not happen."""
    seen = []

    def work(_):
        time.sleep(0.8)
        seen.append(1)

    async def main():
        engine = Engine()
        await interrupted(engine, work)
        await engine.run(lambda _: None)

    asyncio.run(main())
    assert seen == []


def test_imports_are_not_torn(tmp_path, monkeypatch):
    (tmp_path / "slow_to_import.py").write_text("import time\nfor _ in range(60): time.sleep(0.01)\nwhole = True\n")
    monkeypatch.syspath_prepend(str(tmp_path))

    def work(_):
        import slow_to_import

        return slow_to_import

    async def main():
        engine = Engine()
        seconds = await interrupted(engine, work)
        return seconds, (await engine.run(work)).whole

    seconds, whole = asyncio.run(main())
    assert seconds < LATEST
    assert whole


def test_a_hundred_interrupts_at_random_moments():
    """Each job either ends or is stopped; none is lost, and none is told two things."""

    async def main():
        engine, ended, told = Engine(), [], []

        def work(stop, n):
            end = time.monotonic() + 0.004
            while time.monotonic() < end:
                if stop():
                    raise Interrupted
            ended.append(n)

        for n in range(100):
            asyncio.get_running_loop().call_later(0.0001 * (n % 60), engine.interrupt)
            try:
                await engine.run(lambda stop, n=n: work(stop, n))
                told.append(n)
            except Interrupted:
                pass
        return ended, told

    ended, told = asyncio.run(main())
    assert ended == told


def test_chores_wait_for_jobs_and_may_fail():
    async def main():
        engine, seen, last = Engine(), [], threading.Event()
        gate = threading.Event()
        held = asyncio.create_task(engine.run(lambda _: gate.wait(5)))
        await asyncio.sleep(0.02)
        engine.add_chores([lambda: seen.append("chore"), lambda: 1 / 0, lambda: (seen.append("last"), last.set())])
        job = asyncio.create_task(engine.run(lambda _: seen.append("job")))
        await asyncio.sleep(0)
        gate.set()
        await asyncio.gather(held, job)
        await asyncio.to_thread(last.wait, 5)
        return seen

    assert asyncio.run(main()) == ["job", "chore", "last"]
