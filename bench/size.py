"""Measures how large the command is, and how much memory it takes.

    PERMSPEC_SHARED=folder python3 bench/size.py

Memory is the largest resident set of the process, as the kernel counts it, the command's own code
included.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import tempfile
from pathlib import Path

import children
import inputs
from children import Failed

PR_SET_CHILD_SUBREAPER = 36


def measure() -> None:
    """Prints the table."""
    chosen = children.options(__doc__, 3).parse_args()
    docs = inputs.shared("corpus/otc")
    permspec = inputs.command()
    with tempfile.TemporaryDirectory() as folder:
        config = inputs.copied_project(Path(folder))
        commands: dict[str, list[str | Path]] = {
            "extract --docs": ["extract", "--docs", docs],
            "generate": ["generate"],
            "check --docs": ["check", "--docs", docs],
            'route "POST /v2/images/70a599e0/members"': ["route", "POST /v2/images/70a599e0/members"],
            "--version": ["--version"],
        }
        rows = [["size of the file", megabytes(permspec.stat().st_size)]]
        rows.append(
            [
                "of that, compressed with `gzip -9`",
                megabytes(int(children.shell(f"gzip -9c {permspec} | wc -c", docs).output)),
            ]
        )
        for name, arguments in commands.items():
            peaks = [peak([permspec, *arguments, "--config", config]) for _ in range(chosen.rounds)]
            rows.append([f"memory of `permspec {name}`", megabytes(max(peaks))])
    children.print_table(["`permspec`, release", "MB"], rows)


def megabytes(count: int) -> str:
    """`4.2`."""
    return f"{count / 1e6:.1f}"


def peak(command: list[str | Path]) -> int:
    """The largest resident set of a command, in bytes.

    Linux lets a process begin with the size of the one that it was forked from, which is Python's and
    larger than what is measured. So a shell forks it, and leaves it to this process to wait for.
    """
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise Failed(f"prctl: {os.strerror(ctypes.get_errno())}")
    forking = subprocess.Popen(
        ["sh", "-c", '"$@" &', "sh", *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
    )
    _, errors = forking.communicate()  # to the end of the command, which holds the pipe
    _, status, used = os.wait4(-1, 0)
    if status != 0:
        raise Failed(
            f"`{' '.join(map(str, command))}` ended with {os.waitstatus_to_exitcode(status)}:\n{errors.decode()}"
        )
    return used.ru_maxrss * 1024


if __name__ == "__main__":
    children.main(measure)
