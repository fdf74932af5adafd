"""Measures extraction and generation of the whole cloud beside reading its pages, and beside docutils.

    PERMSPEC_SHARED=folder PYTHON=venv/bin/python python3 bench/whole_cloud.py

Everything runs on one core, as processes from start to end, and writes into a folder in memory: how long a
disk looks for room says nothing about a program. `--on-disk` writes where temporary files are.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from pathlib import Path

import children
import inputs
from children import Failed, Usage

READ = "read and count lines (`wc -l`)"
CURRENT = "`permspec extract`, every model current"
EXTRACT = "`permspec extract`, every model written"
FREE = "`permspec extract --format jsonl`, no project"
GENERATE = "`permspec generate`, every file written"
PARSE = "docutils, parsing only"
DOCUTILS = "docutils, the same extraction"

DIGEST = re.compile(rb'(?<="sha256": ")[0-9a-f]+')
OWN = "ims/image_sharing.json"

MEMORY = "/dev/shm"
"""The folder of Linux whose files are in memory."""

TIMES_DOCUTILS = 300
MILLISECONDS = 100


def measure() -> None:
    """Runs everything in turns and prints the table."""
    parser = children.options(__doc__, 7)
    parser.add_argument("--on-disk", action="store_true", help="write to the disk")
    chosen = parser.parse_args()
    docs = inputs.shared("corpus/otc")
    pages, permspec, python = inputs.pages_below(docs), inputs.command(), inputs.python()
    extractor = Path(__file__).with_name("docutils_extract.py")
    children.one_core()
    with tempfile.TemporaryDirectory(dir=None if chosen.on_disk else MEMORY) as folder:
        outside = Path(folder)
        config = inputs.copied_project(outside / "project")
        spec, generated = config.parent, outside / "project" / "generated"
        models, crate = contents(spec), written(generated)

        def extract(*, current: bool) -> Usage:
            # The names that models pin must stay, so what is not current is the digest of the page.
            for path, model in {} if current else models.items():
                (spec / path).write_bytes(DIGEST.sub(b"0", model))
            usage = children.run([permspec, "extract", "--docs", docs, "--config", config], cwd=outside)
            if ("every file is current" in usage.errors) != current:
                raise Failed(f"`permspec extract` wrote {'some' if current else 'no'} models")
            # The page that the project keeps itself is not read from the documentation.
            (spec / OWN).write_bytes(models[OWN])
            if contents(spec) != models:
                raise Failed("`permspec extract` does not write the models that are checked in")
            return usage

        def generate() -> Usage:
            shutil.rmtree(generated / "src")
            (generated / "Cargo.toml").unlink()
            usage = children.run([permspec, "generate", "--config", config], cwd=outside)
            if written(generated) != crate:
                raise Failed("`permspec generate` does not write the crate that is checked in")
            return usage

        names = f"find {docs} -name '*.rst' -print0"
        runs = children.in_turns(
            {
                READ: lambda: children.shell(f"{names} | xargs -0 wc -l", docs),
                CURRENT: lambda: extract(current=True),
                EXTRACT: lambda: extract(current=False),
                FREE: lambda: children.run([permspec, "extract", "--docs", docs, "--format", "jsonl"], cwd=outside),
                GENERATE: generate,
                PARSE: lambda: children.shell(f"{names} | {python} {extractor} --parse-only", outside),
                DOCUTILS: lambda: children.shell(f"{names} | {python} {extractor}", outside),
            },
            chosen.rounds,
        )
        account = children.run([permspec, "extract", "--docs", docs, "--format", "json"], cwd=outside)

    place = "on the disk" if chosen.on_disk else "in memory"
    print(f"{inputs.size_of(pages)}, {len(crate)} files written {place}; medians of {chosen.rounds} rounds, one core\n")
    ratios = {
        "of reading": lambda name: f"{children.ratio(runs[name], runs[READ]):.1f}",
        "of docutils": lambda name: f"1/{children.ratio(runs[DOCUTILS], runs[name]):.0f}",
    }
    children.print_times("what", runs, children.in_milliseconds, ratios)
    print_found(json.loads(account.output), json.loads(runs[DOCUTILS][-1].output.splitlines()[-1]))
    times = children.ratio(runs[DOCUTILS], runs[EXTRACT])
    children.print_goal(
        f"extraction {TIMES_DOCUTILS} times as fast as docutils", f"{times:.0f} times", times >= TIMES_DOCUTILS
    )
    together = children.cpu(runs[EXTRACT]) + children.cpu(runs[GENERATE])
    children.print_goal(
        f"extraction and generation under {MILLISECONDS} ms on one core",
        children.in_milliseconds(together),
        together < MILLISECONDS / 1e3,
    )


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def written(crate: Path) -> dict[str, bytes]:
    """The files of a generated crate that are generated; its terms and its README are not."""
    return {path: text for path, text in contents(crate).items() if path.startswith("src/") or path == "Cargo.toml"}


def print_found(own: dict[str, int], docutils: dict[str, int]) -> None:
    """Says what each extraction found; that must be the same tables and rows."""
    for what in ("tables", "rows"):
        if own[what] != docutils[what]:
            raise Failed(f"permspec finds {own[what]} {what}, docutils {docutils[what]}")
    print(
        f"Both find {own['rows']:,} rows in {own['tables']} tables; calls: permspec {own['endpoints']:,}, "
        f"docutils with a regular expression {docutils['calls']:,}.\n"
    )


if __name__ == "__main__":
    children.main(measure)
