"""The extraction, written on docutils: reads permission tables of pages and prints JSON lines.

    find DOCS -name '*.rst' -print0 | python docutils_extract.py [--parse-only | --seconds]

It reads the names of pages, finds the tables that map API calls to actions by their headers, joins
spanned cells, and prints for each row its title, calls, actions and scopes. The last line counts.
With `--seconds` it makes the rows three times and prints the CPU seconds of the fastest round only.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Parser
from docutils.utils import new_document

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests" / "differential"))
import reference

API = {"api", "apis"}
FUNCTION = {"api function"}
PERMISSION = {"permission", "permissions"}
"""The column of the title. If there is a column for the function, the column of the action."""
ACTION = {"action", "actions"}
OTHER = {
    "dependencies",
    "dependent permission",
    "dependency item",
    "dependent action",
    "related action",
    "iam project",
    "iam project (project)",
    "iam projects",
    "iam (project)",
    "authorization scope",
    "scope",
    "enterprise project",
    "enterprise projects",
    "enterprise project (enterprise project)",
    "enterprise (enterprise project)",
}

CALL = re.compile(r"\b(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\s*(/\S*)", re.IGNORECASE)
ACTION_NAME = re.compile(r"[a-zA-Z0-9_-]+:[a-zA-Z0-9_*-]+:[a-zA-Z0-9_*-]+")


def parse(page: str) -> nodes.document:
    """The page as docutils reads it, without its warnings."""
    settings = get_default_settings(Parser)
    settings.report_level, settings.halt_level, settings.warning_stream = 5, 6, ""
    document = new_document(page, settings)
    Parser().parse(Path(page).read_text(encoding="utf-8"), document)
    return document


def text(entry: nodes.Node) -> str:
    """The text of a cell, its white space collapsed."""
    return " ".join(entry.astext().split())


def grid(rows: list[nodes.row], width: int) -> list[list[str]]:
    """The texts of rows; a text that spans several rows or columns appears in each of them."""
    texts: list[list[str | None]] = [[None] * width for _ in rows]
    for line, row in enumerate(rows):
        for entry in row.findall(nodes.entry):
            if entry.parent is not row:
                continue  # a table inside a cell
            column = texts[line].index(None)
            shown = text(entry)
            for down in range(entry.get("morerows", 0) + 1):
                for right in range(entry.get("morecols", 0) + 1):
                    texts[line + down][column + right] = shown
    return [[cell or "" for cell in row] for row in texts]


def permission_rows(table: nodes.table) -> list[dict[str, Any]] | None:
    """The rows of a permission table. Empty for any other table."""
    group = next(table.findall(nodes.tgroup))
    width = len([column for column in group.children if isinstance(column, nodes.colspec)])
    head, body = (
        grid([row for part in group.children if isinstance(part, kind) for row in part.children], width)
        for kind in (nodes.thead, nodes.tbody)
    )
    if len(head) != 1:
        return None
    header = [label.lower() for label in head[0]]
    api, title, action = column(header, API), column(header, FUNCTION), column(header, ACTION)
    if title is None:
        title = column(header, PERMISSION)
    elif action is None:
        action = column(header, PERMISSION)
    others = [place for place, label in enumerate(header) if label in OTHER]
    if api is None or (title is None and action is None and not others):
        return None
    return [
        {
            "title": cell(row, title),
            "routes": [{"method": method.upper(), "path": path} for method, path in CALL.findall(row[api])],
            "actions": ACTION_NAME.findall(cell(row, action)),
            "scopes": {header[place]: row[place] for place in others},
        }
        for row in body
    ]


def column(header: list[str], names: set[str]) -> int | None:
    """The first column with one of these names."""
    return next((place for place, label in enumerate(header) if label in names), None)


def cell(row: list[str], place: int | None) -> str:
    """A cell, if there is such a column."""
    return "" if place is None else row[place]


def pages() -> Iterator[str]:
    """The names on the standard input."""
    return (name for name in sys.stdin.read().split("\0") if name)


def extracted(document: nodes.document) -> Iterator[list[dict[str, Any]]]:
    """The rows of each permission table of a page."""
    tables = map(permission_rows, document.findall(nodes.table))
    return (rows for rows in tables if rows is not None)


def seconds(names: list[str]) -> float:
    """The CPU time of one round over all pages."""
    start = time.process_time()
    for page in names:
        list(extracted(parse(page)))
    return time.process_time() - start


def main() -> None:
    """Prints the rows of all permission tables, and their number."""
    reference.register_sphinx()
    names = sorted(pages())
    if "--seconds" in sys.argv:
        print(min(seconds(names) for _ in range(3)))
        return
    tables = rows = calls = 0
    for page in names:
        document = parse(page)
        if "--parse-only" in sys.argv:
            continue
        for found in extracted(document):
            tables += 1
            rows += len(found)
            for row in found:
                calls += len(row["routes"])
                print(json.dumps({"page": page, **row}))
    print(json.dumps({"tables": tables, "rows": rows, "calls": calls}))


if __name__ == "__main__":
    main()
