"""Programs that are run to be measured: what each took, in turns, as a Markdown table.

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
"""What a user's own environment may say, and what would measure something else."""

FIXED = {"CARGO_INCREMENTAL": "0"}
"""cargo builds what comes from a registry like that; what comes by path, as the project does here, otherwise."""


class Failed(Exception):
    """A measurement that cannot be taken; the message says why."""


@dataclass(frozen=True)
class Usage:
    """What one child and its own children took, in seconds: by the clock, and of all cores."""

    wall: float
    cpu: float
    output: str
    errors: str


Runs = dict[str, list[Usage]]
"""What each subject took, in the order of rounds."""


def run(command: Sequence[str | Path], cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Usage:
    """Runs a command to its end, and fails where it does; `env` is added to the environment.

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
        usage = Usage(wall, used.ru_utime + used.ru_stime, _text(output), _text(errors))
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
    """Runs all subjects once a round, A B C A B C, so that a busy moment is not one subject's alone."""
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
    """The median of the seconds by the clock."""
    return statistics.median(usage.wall for usage in runs)


def ratio(runs: Sequence[Usage], to: Sequence[Usage]) -> float:
    """The median of the ratios of CPU time, round by round."""
    return statistics.median(one.cpu / other.cpu for one, other in zip(runs, to, strict=True))


def beyond(runs: Sequence[Usage], base: Sequence[Usage]) -> float:
    """The median of the CPU seconds that were taken beyond those of the base, round by round."""
    return statistics.median(one.cpu - other.cpu for one, other in zip(runs, base, strict=True))


def figure(value: float) -> str:
    """A figure with as many digits as it is worth: `1234`, `123`, `12.3`, `1.23`, `0.12`."""
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
    """Prints what each subject took, in seconds as `shown`, and further columns by their headers.

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
    """What every program here can be told."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--rounds", type=int, default=rounds, metavar="N", help=f"how often to run each subject [{rounds}]"
    )
    return parser


def main(measure: Callable[[], None]) -> None:
    """Runs a program of this folder; what cannot be measured ends it with its reason."""
    try:
        measure()
    except Failed as failed:
        sys.exit(f"{Path(sys.argv[0]).name}: {failed}")
