"""Runs programs in turns, measures them, and prints a Markdown table.

A figure of a run that failed, or that did not do its work, is never given: it is an error.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

UNWANTED = ("CARGO_TARGET_DIR", "RUSTFLAGS", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER")
"""Variables of a user's environment that would change what is measured."""

FIXED = {"CARGO_INCREMENTAL": "0"}
"""cargo builds packages of a registry in this way. It would build packages by path, as here, in another way."""


class Failed(Exception):
    """A measurement that is not possible. The message says why."""


@dataclass(frozen=True)
class Usage:
    """What one child and its own children took: seconds elapsed, CPU seconds of all cores, and the memory of the
    largest of them in bytes."""

    wall: float
    cpu: float
    output: str
    errors: str
    memory: int = 0


Runs = dict[str, list[Usage]]
"""The times of each subject, in the order of rounds."""


def run(command: Sequence[str | Path], cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Usage:
    """Runs a command to its end, and fails if the command fails. `env` is added to the environment.

    CPU time is that of the child and of all that it waited for, as the kernel counts it.
    """
    environment = {name: value for name, value in os.environ.items() if name not in UNWANTED} | FIXED | dict(env or {})
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        try:
            child = subprocess.Popen(
                command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=errors
            )
        except OSError as error:
            raise Failed(f"cannot run `{command[0]}`: {error.strerror}") from error
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        usage = Usage(wall, used.ru_utime + used.ru_stime, _text(output), _text(errors), used.ru_maxrss * 1024)
    if child.returncode != 0:
        shown = " ".join(map(str, command))
        tail = "\n".join((usage.errors or usage.output).splitlines()[-20:])
        raise Failed(f"`{shown}` ended with {child.returncode}:\n{tail}")
    return usage


def _text(file: BinaryIO) -> str:
    file.seek(0)
    return file.read().decode(errors="replace")


def shell(script: str, cwd: Path) -> Usage:
    """Runs a pipeline, each part of which must succeed."""
    return run(["bash", "-c", f"set -euo pipefail; {script}"], cwd=cwd)


def in_turns(subjects: Mapping[str, Callable[[], Usage]], rounds: int) -> Runs:
    """Runs all subjects once per round, A B C A B C, so that a busy moment does not affect only one subject."""
    runs: Runs = {name: [] for name in subjects}
    for count in range(rounds):
        for name, measure in subjects.items():
            print(f"round {count + 1} of {rounds}: {name}", file=sys.stderr)
            runs[name].append(measure())
    return runs


def one_core() -> None:
    """Keeps this process and its children on one core."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def cpu(runs: Sequence[Usage]) -> float:
    """The median of the CPU seconds."""
    return statistics.median(usage.cpu for usage in runs)


def wall(runs: Sequence[Usage]) -> float:
    """The median of the elapsed seconds."""
    return statistics.median(usage.wall for usage in runs)


def memory(runs: Sequence[Usage]) -> float:
    """The median of the memory of the largest process, in MB."""
    return statistics.median(usage.memory for usage in runs) / 1e6


def ratio(runs: Sequence[Usage], to: Sequence[Usage]) -> float:
    """The median of the ratios of CPU time, round by round."""
    return statistics.median(one.cpu / other.cpu for one, other in zip(runs, to, strict=True))


def beyond(runs: Sequence[Usage], base: Sequence[Usage]) -> float:
    """The median of the CPU seconds beyond those of the base, round by round."""
    return statistics.median(one.cpu - other.cpu for one, other in zip(runs, base, strict=True))


def figure(value: float) -> str:
    """A figure with its significant digits: `1234`, `123`, `12.3`, `1.23`, `0.12`."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def in_milliseconds(seconds: float) -> str:
    """`12.3 ms`."""
    return f"{figure(seconds * 1e3)} ms"


def in_seconds(seconds: float) -> str:
    """`1.23 s`."""
    return f"{figure(seconds)} s"


def print_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Prints a Markdown table."""
    for cells in (header, ["---"] * len(header), *rows):
        print("| " + " | ".join(cells) + " |" if cells[0] != "---" else "|" + "|".join(cells) + "|")
    print()


def print_times(
    first: str, runs: Runs, shown: Callable[[float], str], columns: Mapping[str, Callable[[str], str]] | None = None
) -> None:
    """Prints the times of each subject, in the form of `shown`, and more columns by their headers.

    `first` is the header of the subjects; a further column is a function of the subject's name.
    """
    columns = columns or {}
    rows = [
        [name, shown(cpu(used)), shown(wall(used)), *(column(name) for column in columns.values())]
        for name, used in runs.items()
    ]
    print_table([first, "CPU", "clock", *columns], rows)


def print_goal(goal: str, measured: str, reached: bool) -> None:
    """Prints one goal, and whether this run reached it."""
    print(f"- goal: {goal}; measured: {measured}; {'reached' if reached else 'NOT reached'}")


def options(description: str | None, rounds: int) -> argparse.ArgumentParser:
    """The options that all programs here have."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--rounds", type=int, default=rounds, metavar="N", help=f"how often to run each subject [{rounds}]"
    )
    return parser


def main(measure: Callable[[], None]) -> None:
    """Runs a program of this folder. If it cannot measure something, it ends with the reason."""
    try:
        measure()
    except Failed as failed:
        sys.exit(f"{Path(sys.argv[0]).name}: {failed}")
