"""Whole processes, measured in pairs in turn (A B A B ...). A run that fails or answers otherwise stops everything."""
import os
import statistics
import subprocess
import sys
import tempfile
import time

REPEATS = int(os.environ.get("REPEATS", "15"))


class Measured:
    """A command with what it must answer: a word that its output holds, and then always the same answer.

    `answer` turns what was printed into what must stay the same; without it, that is all of it.
    `before` runs outside the clock, before each run.
    """

    def __init__(self, command, holds, status=0, answer=None, before=None):
        self.command, self.holds, self.status = [str(word) for word in command], holds, status
        self.answer, self.before = answer or (lambda told: told), before
        self.answered, self.wall, self.cpu, self.peak = None, 0.0, 0.0, 0

    def run(self):
        if self.before:
            self.before()
        with tempfile.TemporaryFile() as out:
            begun = time.monotonic()
            process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL)
            _, status, usage = os.wait4(process.pid, 0)
            self.wall = time.monotonic() - begun
            self.cpu, self.peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss
            process.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            told = out.read()
        if process.returncode != self.status or self.holds.encode() not in told:
            sys.exit(f"status {process.returncode}, where {self.status} was expected, or no {self.holds!r} in the"
                     f" answer: {self.command}\n{told[:500]}")
        answered = self.answer(told)
        if self.answered not in (None, answered):
            sys.exit(f"another answer than before: {self.command}")
        self.answered = answered
        return self.wall, self.cpu


class Ratio:
    """The median of the pairs' ratios, of wall time and of user and system time."""

    def __init__(self, a, b):
        a.run(), b.run()  # one to warm the file cache
        pairs = [(a.run(), b.run()) for _ in range(REPEATS)]
        self.wall = statistics.median(x[0] / y[0] for x, y in pairs)
        self.cpu = statistics.median(x[1] / y[1] for x, y in pairs)
        self.a, self.b = (statistics.median(p[side][0] for p in pairs) for side in (0, 1))
        self.a_cpu, self.b_cpu = (statistics.median(p[side][1] for p in pairs) for side in (0, 1))

    def wall_text(self):
        return f"{number(self.wall)} ({seconds(self.a)} ÷ {seconds(self.b)})"

    def cpu_text(self):
        return f"{number(self.cpu)} ({seconds(self.a_cpu)} ÷ {seconds(self.b_cpu)})"


def number(ratio):
    """A small ratio as a fraction, which is easier to hold against a goal of 1/20."""
    return f"{ratio:.2f}" if ratio >= 0.3 else f"1/{1 / ratio:.1f}"


def seconds(time):
    return f"{time:.1f} s" if time >= 10 else f"{time:.2f} s" if time >= 1 else f"{time * 1000:.0f} ms"


def text(command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    return (done.stdout + done.stderr).strip()
