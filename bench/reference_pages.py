"""Measures the reading of API reference pages, beside reading their bytes and beside a reader on docutils.

    PERMSPEC_SHARED=folder PYTHON=venv/bin/python python3 bench/reference_pages.py

Everything runs on one core, as processes from start to end. The reader on docutils is the one that judges in
`tests/differential/reference/`. It needs minutes for all pages, so it reads the pages of one repository.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import children
import inputs
from children import Failed, Usage

READ = "read and count lines (`wc -l`)"
LINES = "`permspec extract --reference --format jsonl`"
CURRENT = "`permspec extract --reference`, every file of `spec/` current"
LOAD = "`permspec services`, the whole `spec/` loaded"
ONE = "`permspec extract --reference --format jsonl`, one repository"
DOCUTILS = "docutils, the same reading of that repository"

REPOSITORY = "image-management-service"
SECONDS = 1.5
LOAD_SECONDS = 0.3
TIMES_DOCUTILS = 150
SPEC_MEGABYTES = 20


def measure() -> None:
    """Runs everything in turns and prints the table."""
    chosen = children.options(__doc__, 5).parse_args()
    docs = inputs.shared("reference")
    pages, permspec, python = inputs.pages_below(docs), inputs.command(), inputs.python()
    judge = inputs.ROOT / "tests" / "differential" / "reference" / "compare.py"
    children.one_core()
    with tempfile.TemporaryDirectory() as folder:
        outside = Path(folder)
        config = inputs.copied_project(outside / "project")
        nothing = outside / "nothing.jsonl"
        nothing.write_text("")

        def current() -> Usage:
            usage = children.run([permspec, "extract", "--reference", "--docs", docs, "--config", config], cwd=outside)
            if "every file is current" not in usage.errors:
                raise Failed("`permspec extract --reference` does not write the files that are checked in")
            return usage

        def lines(folder: Path) -> Usage:
            command = [permspec, "extract", "--reference", "--docs", folder, "--format", "jsonl"]
            return children.run(command, cwd=outside)

        judged = [python, judge, "--docs", docs, "--repository", REPOSITORY, nothing]
        runs = children.in_turns(
            {
                READ: lambda: children.shell(f"find {docs} -name '*.rst' -print0 | xargs -0 wc -l", docs),
                LINES: lambda: lines(docs),
                CURRENT: current,
                LOAD: lambda: children.run([permspec, "services", "--config", config], cwd=outside),
                ONE: lambda: lines(docs / REPOSITORY),
                DOCUTILS: lambda: children.run(judged, cwd=outside),
            },
            chosen.rounds,
        )
        command = [permspec, "extract", "--reference", "--docs", docs, "--format", "json", "--config", config]
        account = children.run(command, cwd=outside)
        spec = [path for path in config.parent.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in spec) / 1e6

    found = json.loads(account.output)
    print(
        f"{inputs.size_of(pages)}: {found['operations']:,} operations, {found['parameters']:,} parameters, "
        f"{found['fields']:,} fields; medians of {chosen.rounds} rounds, one core\n"
    )
    children.print_times("what", runs, children.in_seconds)
    print_goals(runs, size)


def print_goals(runs: children.Runs, size: float) -> None:
    """Prints each goal, and whether this run reached it."""
    seconds = children.cpu(runs[LINES])
    children.print_goal(f"all pages in {SECONDS} CPU seconds", children.in_seconds(seconds), seconds <= SECONDS)
    load = children.cpu(runs[LOAD])
    children.print_goal(f"`spec/` loaded in {LOAD_SECONDS} s", children.in_seconds(load), load <= LOAD_SECONDS)
    times = children.ratio(runs[DOCUTILS], runs[ONE])
    children.print_goal(f"{TIMES_DOCUTILS} times as fast as docutils", f"{times:.0f} times", times >= TIMES_DOCUTILS)
    children.print_goal(f"`spec/` under {SPEC_MEGABYTES} MB", f"{size:.1f} MB", size < SPEC_MEGABYTES)


if __name__ == "__main__":
    children.main(measure)
