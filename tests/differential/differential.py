"""Compares rst-parser with docutils, text by text.

The inputs of docutils' own parser tests, and random mutations of them and of pages, are read by both; their
readings must be the same in normal form (normal_form.py). Differences that are known and explained
stand in known_differences.toml.

    pip install -r tests/differential/requirements.txt
    python tests/differential/differential.py --mutations 2000

Pages of the folder named by PERMSPEC_SHARED are mutated as well, if it is set.
"""

import argparse
import difflib
import fnmatch
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from pathlib import Path

import reference
import sources
import normal_form

HERE = Path(__file__).resolve().parent


def main():
    arguments = parse_arguments()
    known = Known(HERE / "known_differences.toml")
    results = Results(known, arguments.show)
    reference.register_sphinx()

    cache = arguments.cache or tempfile.mkdtemp(prefix="docutils-")
    cases = list(sources.test_inputs(sources.docutils_tests(cache)))
    compare(arguments.parser, cases, results)
    for construct, texts in (("mutated pages", sources.pages()), ("mutated tests", list(filter(sources.is_read, (text for _, _, text in cases))))):
        mutated = sources.mutations(texts, arguments.mutations, arguments.seed)
        compare(arguments.parser, [(construct, case, text) for case, text in mutated], results)
    return results.report()


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutations", type=int, default=1000, help="how many mutations of pages, and of docutils' tests, to compare")
    parser.add_argument("--seed", type=int, default=1, help="where the random choices start")
    parser.add_argument("--cache", help="folder for docutils' source distribution; a temporary one without")
    parser.add_argument("--parser", help="the built example `pseudoxml`; built with cargo without")
    parser.add_argument("--show", type=int, default=3, help="how many differences to print")
    return parser.parse_args()


def compare(parser, cases, results):
    outputs = run_parser(parser, [text for _, _, text in cases])
    for (construct, case, text), (form, diagnostics) in zip(cases, outputs, strict=True):
        expected = reference.read(text)
        if isinstance(expected, Exception):
            results.skip(construct)
            continue
        problems = []
        if expected.malformed_explicit:
            # docutils loses the first lines of what it then takes for a comment; nothing is lost here.
            form, expected.form = normal_form.without_comments(form), normal_form.without_comments(expected.form)
        if form != expected.form:
            problems.append("\n".join(difflib.unified_diff(
                expected.form.split("\n"), form.split("\n"), "docutils", "rst-parser", lineterm="", n=4)))
        if expected.malformed_table and "malformed-table" not in diagnostics:
            problems.append("docutils reports a malformed table, rst-parser does not")
        results.add(construct, case, text, problems)


def run_parser(parser, texts):
    """What the example `pseudoxml` prints for each text: normal form and diagnostics."""
    if not texts:
        return []
    command = [parser] if parser else [
        "cargo", "run", "--quiet", "--release", "--package", "rst-parser", "--example", "pseudoxml", "--"]
    # A NUL byte parts the texts, and is in none of them.
    given = "\0".join(text.replace("\0", "") for text in texts)
    done = subprocess.run([*command, "--batch"], input=given.encode(), capture_output=True, check=True, cwd=sources.ROOT)
    printed = done.stdout.decode().split("\0")[:-1]
    return [(normal_form.of_pseudo_xml(xml), diagnostics) for xml, diagnostics in (one.split("\1") for one in printed)]


class Known:
    """Differences that are known, each with its reason."""

    def __init__(self, path):
        self.entries = tomllib.loads(path.read_text(encoding="utf-8")).get("difference", [])

    def reason(self, construct, case):
        for entry in self.entries:
            if fnmatch.fnmatchcase(construct, entry["file"]):
                if any(fnmatch.fnmatchcase(case, pattern.replace("[", "[[]")) for pattern in entry["cases"]):
                    return entry["reason"]
        return None


class Results:
    """Counts by construct, which is a test file or a kind of mutation."""

    def __init__(self, known, show):
        self.known = known
        self.show = show
        self.counts = defaultdict(lambda: defaultdict(int))

    def skip(self, construct):
        self.counts[construct]["docutils failed"] += 1

    def add(self, construct, case, text, problems):
        if not problems:
            self.counts[construct]["agree"] += 1
            return
        if self.known.reason(construct, case):
            self.counts[construct]["known"] += 1
            return
        self.counts[construct]["differ"] += 1
        if self.show > 0:
            self.show -= 1
            print(f"--- {construct} {case}\n{text}\n" + "\n".join(problems) + "\n")
        else:
            print(f"differs: {construct} {case}")

    def report(self):
        columns = ("agree", "known", "docutils failed", "differ")
        print(f"{'construct':44}" + "".join(f"{column:>17}" for column in columns))
        for construct, counts in self.counts.items():
            print(f"{construct:44}" + "".join(f"{counts[column]:>17}" for column in columns))
        total = {column: sum(counts[column] for counts in self.counts.values()) for column in columns}
        print(f"{'all':44}" + "".join(f"{total[column]:>17}" for column in columns))
        print(f"{total['agree']} passed, {total['differ']} failed, {total['known']} known, {total['docutils failed']} skipped")
        return 1 if total["differ"] else 0


if __name__ == "__main__":
    sys.exit(main())
