"""Compares what `permspec extract --reference` reads from API reference pages with docutils' reading.

    permspec extract --docs DIR --reference --format jsonl > extracted.jsonl
    python tests/differential/reference/compare.py --docs DIR extracted.jsonl

Prints the figures in all and per repository. `--explain PAGE` lists the differences of one page, `--differences`
those of all pages, grouped by kind. `--every 12` compares every twelfth page that may describe an operation.
`--goals` fails where a figure is below its goal (goals.toml).
"""

import argparse
from collections import Counter, defaultdict
import json
from pathlib import Path
import re
import sys
import tomllib

import elsewhere
import figures
import pages
import reading

HERE = Path(__file__).resolve().parent
# A cheap look that no operation page fails: some line starts with a method and a path.
MAY_BE = re.compile(r"(?mi)^[ \t*-]*(?:(?:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS)\W*\s*\\?[/h{<]|PATH\s*:|\**(?:GET|HEAD)\**\s*$)")


def main():
    arguments = parse_arguments()
    extracted = read_extracted(arguments.extracted, arguments.docs)
    if arguments.explain:
        return explain(arguments, extracted)
    results, unknown = [], []
    read = set()
    for operation in operations(arguments):
        read.add(operation.page)
        results.append(figures.compare(operation, extracted.get(operation.page, [])))
    if not arguments.every:
        unknown = [page for page in extracted if page not in read and not (arguments.repository and page.split("/")[0] not in arguments.repository)]
    if arguments.differences:
        print_differences(results, arguments.differences, unknown)
    report(results, unknown, arguments.repositories)
    return goals(results) if arguments.goals else 0


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("extracted", type=Path, help="what `permspec extract --reference --format jsonl` printed")
    parser.add_argument("--docs", type=Path, required=True, help="the folder that was read")
    parser.add_argument("--cache", type=Path, help="keeps docutils' work between runs")
    parser.add_argument("--every", type=int, default=0, help="compare every n-th page only")
    parser.add_argument("--repository", action="append", help="compare this repository only; may be repeated")
    parser.add_argument("--explain", help="print both readings of this page, and what differs")
    parser.add_argument("--differences", metavar="KIND", nargs="?", const="", help="list the differences whose kind has this text")
    parser.add_argument("--repositories", action="store_true", help="print the figures of each repository")
    parser.add_argument("--goals", action="store_true", help="fail where a figure is below its goal")
    arguments = parser.parse_args()
    if arguments.differences == "":
        arguments.differences = " "
    return arguments


def read_extracted(path, docs):
    """The lines by page."""
    found = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            one = json.loads(line)
            page = one["page"]
            # Relative to the folder, whichever way it was named.
            page = page.removeprefix(f"{docs}/")
            found[page].append(one)
    return found


def operations(arguments):
    """This reading of the pages that were asked for, in order."""
    source = pages.Pages(arguments.docs, arguments.cache)
    by_repository = defaultdict(list)
    for page in pages.paths(arguments.docs):
        by_repository[page.split("/")[0]].append(page)
    seen = 0
    for repository, names in by_repository.items():
        if arguments.repository and repository not in arguments.repository:
            continue
        others = elsewhere.Elsewhere(source, names)
        for name in names:
            if arguments.every:
                if not MAY_BE.search(source.text(name)):
                    continue
                seen += 1
                if seen % arguments.every:
                    continue
            operation = reading.operation(name, source.read(name), others.finder(name))
            if operation:
                yield operation


def total(results):
    counts = Counter()
    for page in results:
        counts.update(page.counts)
    return counts


def report(results, unknown, repositories):
    if repositories:
        by_repository = defaultdict(list)
        for page in results:
            by_repository[page.name.split("/")[0]].append(page)
        columns = ("operations found", "parameters, name and place", "parameters required", "parameter types", "field paths found",
                   "field paths spurious", "field types", "request fields required")
        print(f"{'repository':42} {'pages':>5} " + " ".join(f"{name.split(',')[0][-14:]:>14}" for name in columns))
        for repository, some in sorted(by_repository.items()):
            counts = total(some)
            print(f"{repository:42} {len(some):5} " + " ".join(f"{percent(counts, name):>14}" for name in columns))
        print()
    counts = total(results)
    for name in sorted({name for name, _ in counts}):
        print(f"{name:58} {counts[name, 'agree']:7} of {counts[name, 'of']:7}  {percent(counts, name)}")
    if unknown:
        print(f"{'pages extracted that docutils reads no operation from':58} {len(unknown):7}")


def percent(counts, name):
    return f"{share(counts, name):.2f} %" if counts[name, "of"] else "-"


def print_differences(results, wanted, unknown):
    by_kind = defaultdict(list)
    for page in results:
        for kind, text, line in page.differences:
            if wanted.strip() in kind:
                by_kind[kind].append((page.name, line, text))
    for kind, some in sorted(by_kind.items(), key=lambda item: -len(item[1])):
        print(f"== {kind}: {len(some)} on {len({page for page, _, _ in some})} pages")
        for page, line, text in some:
            print(f"   {page}{f':{line}' if line else ''}  {text}")
    for page in unknown:
        print(f"   {page}  extracted, but docutils reads no operation")


def explain(arguments, extracted):
    source = pages.Pages(arguments.docs, arguments.cache)
    name = arguments.explain.removeprefix(f"{arguments.docs}/")
    names = [page for page in pages.paths(arguments.docs) if page.split("/")[0] == name.split("/")[0]]
    operation = reading.operation(name, source.read(name), elsewhere.Elsewhere(source, names).finder(name))
    if operation is None:
        print("docutils reads no operation")
        return 1
    print(f"{operation.line}: {operation.method} {operation.path}  {operation.title}")
    for one in operation.parameters:
        print(f"  {one.place} {one.name} {one.kind or '(no type)'}{' required' if one.required else ''}")
    for label, body in [("request", operation.request), *((f"response {status}", body) for status, body in operation.responses.items()),
                        *(("variant of " + side, body) for side, body in operation.variants)]:
        print(f"  {label}")
        for path, entry in figures.flat.of_field(body).items():
            print(f"    {path or '(root)'}: {entry.kind}{' required' if entry.required else ''}{' ...' if entry.cut else ''}")
    print("  statuses", " ".join(sorted(operation.successes | operation.errors)))
    for kind, status, line, value, strict in operation.examples:
        print(f"  {line}: example {kind} {status} {'strict' if strict else 'tolerated'} {str(value)[:80]}")
    for kind, text, line in figures.compare(operation, extracted.get(name, [])).differences:
        print(f"DIFFERS {kind}: {text}{f' (line {line})' if line else ''}")
    return 0


def goals(results):
    counts, failed = total(results), False
    for goal in tomllib.loads((HERE / "goals.toml").read_text(encoding="utf-8"))["goal"]:
        figure = goal["figure"]
        missed = missed_by(goal, share(counts, figure), counts) if counts[figure, "of"] else "something to compare"
        if missed:
            failed = True
            print(f"goal missed: {figure} is {percent(counts, figure)}, wanted {missed}", file=sys.stderr)
    return 1 if failed else 0


def missed_by(goal, reached, counts):
    """What a figure had to be, where it is not."""
    if "at_most" in goal:
        return f"at most {goal['at_most']} %" if reached > goal["at_most"] else None
    least = goal.get("at_least")
    if least is None:
        least = share(counts, goal["as"]) - goal["less"]
    return f"at least {least:.2f} %" if reached < least else None


def share(counts, figure):
    of = counts[figure, "of"]
    return 100 * counts[figure, "agree"] / of if of else 0


if __name__ == "__main__":
    sys.exit(main())
