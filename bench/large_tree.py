"""Measures extraction over a whole documentation, about 20,000 pages, beside reading its bytes.

    PERMSPEC_SHARED=folder python3 bench/large_tree.py

The tree is made in a temporary folder: the pages of `corpus/` once, and copies of those of `tables/`,
which hold other tables, until there are as many. It takes 0.4 GB there; `TMPDIR` moves it.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import children
import inputs
from children import Failed, Usage

READ = "read and count lines (`wc -l`)"
CAT = "read (`cat > /dev/null`)"
EXTRACT = "`permspec extract --docs`"
SEARCH = "`grep -rcw API`"

TIMES_READING = 2


def measure() -> None:
    """Makes the tree, runs everything in turns over it, and prints the table."""
    parser = children.options(__doc__, 7)
    parser.add_argument("--pages", type=int, default=20_000, metavar="N", help="how many pages, about [20000]")
    chosen = parser.parse_args()
    permspec = inputs.command()
    children.one_core()
    with tempfile.TemporaryDirectory() as folder:
        docs, outside = Path(folder) / "docs", Path(folder)
        tables = plant(docs, permspec, chosen.pages)

        names = f"find {docs} -name '*.rst' -print0"

        def extract() -> Usage:
            usage = children.run([permspec, "extract", "--docs", docs, "--format", "json"], cwd=outside)
            if json.loads(usage.output)["tables"] != tables:
                raise Failed(f"`permspec extract` does not find {tables} tables")
            return usage

        subjects: dict[str, Callable[[], Usage]] = {
            READ: lambda: children.shell(f"{names} | xargs -0 wc -l", outside),
            CAT: lambda: children.shell(f"{names} | xargs -0 cat > /dev/null", outside),
            SEARCH: lambda: children.run(["grep", "-rcw", "API", docs], cwd=outside),
            EXTRACT: extract,
        }
        if shutil.which("rg"):
            subjects["`rg -cw API`"] = lambda: children.run(["rg", "-j1", "-cw", "API", docs], cwd=outside)
        children.in_turns(subjects, 1)  # every file is in memory now
        runs = children.in_turns(subjects, chosen.rounds)
        size = inputs.size_of(inputs.pages_below(docs))

    print(f"{size}, {tables} permission tables; medians of {chosen.rounds} rounds, one core, files in memory\n")
    of_reading = {"of reading": lambda name: f"{children.ratio(runs[name], runs[READ]):.2f}"}
    children.print_times("what", runs, children.in_milliseconds, of_reading)
    times = children.ratio(runs[EXTRACT], runs[READ])
    children.print_goal(f"within {TIMES_READING} times the reading", f"{times:.2f} times", times <= TIMES_READING)


def plant(docs: Path, permspec: Path, wanted: int) -> int:
    """Makes the tree; gives how many permission tables it has."""
    permission, other = inputs.shared("corpus/otc"), inputs.shared("tables") / "pages"
    shutil.copytree(permission, docs)
    # Copies of permission pages would be one service with the same operations many times.
    found = children.run([permspec, "extract", "--docs", other, "--format", "jsonl"], cwd=docs)
    known = {other / json.loads(line)["page"] for line in found.output.splitlines()}
    pages = [page for page in inputs.pages_below(other) if page not in known]
    made, copy = len(inputs.pages_below(permission)), 0
    while made < wanted:
        copy += 1
        for page in pages:
            to = docs / f"copy-{copy}" / page.relative_to(other)
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(page, to)
        made += len(pages)
    account = children.run([permspec, "extract", "--docs", permission, "--format", "json"], cwd=docs)
    return int(json.loads(account.output)["tables"])


if __name__ == "__main__":
    children.main(measure)
