"""Measures the cost of importing the generated crate: its check, its release build, and a rebuild of its caller.

    python3 bench/generated_crate.py

Nothing is incremental in the generated crate, as in one that comes from a registry; what its own crate
costs is counted beyond an empty crate that has the runtime and is checked in the same way.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import children
import inputs
from children import Failed, Usage
from crates import Crate, by_path, uses

GENERATED, RUNTIME = "otc-api", "permspec-runtime"
FEATURES = ("ims", "all")
EMPTY = "an empty crate"
CHECK, RELEASE = "cargo check", "cargo build --release"
STUBS = 50
FROM_NOTHING = f"`{RELEASE}`, `all`, with the runtime, from nothing"
REBUILD = f"`cargo build` of a changed binary that calls {STUBS} stubs, `all`"

SECONDS = {(CHECK, "ims"): 0.3, (CHECK, "all"): 1.5, (RELEASE, "ims"): 3.0, (RELEASE, "all"): 3.0}
REBUILD_SECONDS = 0.4

# A call whose documentation states no method has no path; that is an answer too.
PRINT = """fn print(request: permspec_runtime::Request) {
    println!("{:?}", request.path());
}

"""

STUB = re.compile(r"^pub fn (\w+)\(([^)]*)\) -> Request \{", re.MULTILINE)


def measure() -> None:
    """Builds everything in turns and prints the table."""
    chosen = children.options(__doc__, 5).parse_args()
    with tempfile.TemporaryDirectory() as folder:
        crates = {feature: importer(Path(folder) / feature, [feature]) for feature in FEATURES}
        crates[EMPTY] = importer(Path(folder) / "empty", [])
        subjects = {
            (command, name): partial(compile_again, crate, command)
            for command in (CHECK, RELEASE)
            for name, crate in crates.items()
        }
        whole = importer(Path(folder) / "whole", ["all"])
        caller = Caller(Path(folder) / "caller")
        named = {title(*subject): measured for subject, measured in subjects.items()}
        children.in_turns(named | {REBUILD: caller.rebuild}, 1)  # what they share is built now
        others = {FROM_NOTHING: lambda: whole.build("--release")[0], REBUILD: caller.rebuild}
        runs = children.in_turns(named | others, chosen.rounds)
        caller.run()

    print(f"Medians of {chosen.rounds} rounds\n")
    own = {
        (command, feature): children.beyond(runs[title(command, feature)], runs[title(command, EMPTY)])
        for command, feature in SECONDS
    }
    shown = {title(*subject): children.in_seconds(value) for subject, value in own.items()}
    columns = {"CPU beyond the empty crate": lambda name: shown.get(name, "-")}
    children.print_times("what", runs, children.in_seconds, columns)
    for subject, goal in SECONDS.items():
        children.print_goal(
            f"{title(*subject)} under {goal} s of CPU beyond an empty crate",
            children.in_seconds(own[subject]),
            own[subject] < goal,
        )
    clock = children.wall(runs[REBUILD])
    children.print_goal(
        f"a binary rebuilt in under {REBUILD_SECONDS} s", children.in_seconds(clock), clock < REBUILD_SECONDS
    )


def title(command: str, name: str) -> str:
    """The name of a row."""
    return f"`{command}`, {name if name == EMPTY else f'`{name}`'}"


def importer(folder: Path, features: Sequence[str], files: dict[str, str] | None = None) -> Crate:
    """A crate with the runtime, and with these features of the generated crate if there are any."""
    dependencies = {RUNTIME: by_path(inputs.ROOT / "runtime", ["alloc"])}
    if features:
        dependencies[GENERATED] = by_path(inputs.ROOT / "generated", features)
    crate = Crate(folder, files or {"src/lib.rs": uses(dependencies)}, dependencies)
    crate.fetch()
    return crate


def compile_again(crate: Crate, command: str) -> Usage:
    """Compiles a crate and the generated one, if it has it; the runtime is compiled before."""
    compile_ = partial(crate.cargo, *command.split()[1:], "--offline")
    compile_()
    if GENERATED in crate.dependencies:
        crate.cargo("clean", "--offline", "--package", GENERATED, *command.split()[2:])
    (crate.folder / "src/lib.rs").touch()
    usage = compile_()
    compiled = re.findall(r"(?:Checking|Compiling) (\S+) ", usage.errors)
    expected = [GENERATED, crate.name] if GENERATED in crate.dependencies else [crate.name]
    if compiled != expected:
        raise Failed(f"cargo compiled {compiled}, not {expected}")
    return usage


class Caller:
    """A binary that calls stubs of all services."""

    def __init__(self, folder: Path) -> None:
        self.count = 0
        self.crate = importer(folder, ["all"], {"src/main.rs": self.text()})

    def text(self) -> str:
        """Its `main.rs`, which is another each time."""
        self.count += 1
        calls = "".join(f"    print({call});\n" for call in stubs(f'"x-{self.count}"'))
        return f"{PRINT}fn main() {{\n{calls}}}\n"

    def rebuild(self) -> Usage:
        """Changes the values that it passes, and builds it."""
        self.crate.write("src/main.rs", self.text())
        usage = self.crate.cargo("build", "--offline", CARGO_INCREMENTAL="1")
        if self.count > 2 and re.findall(r"Compiling (\S+) ", usage.errors) != [self.crate.name]:
            raise Failed(f"cargo built more than `{self.crate.name}`:\n{usage.errors}")
        return usage

    def run(self) -> None:
        """Runs it: every call must have an answer, and the values be in them."""
        lines = self.crate.cargo("run", "--offline", CARGO_INCREMENTAL="1").output.splitlines()
        if len(lines) != STUBS or not any(f"x-{self.count}" in line for line in lines):
            raise Failed(f"the binary prints {len(lines)} answers, not {STUBS}")


def stubs(value: str) -> list[str]:
    """Calls of stubs from all over the generated crate, every parameter with this value."""
    calls = []
    for file in sorted((inputs.ROOT / "generated/src").glob("*.rs")):
        for name, parameters in STUB.findall(file.read_text(encoding="utf-8")):
            arguments = ", ".join([value] * parameters.count(": &str"))
            calls.append(f"otc_api::{file.stem}::{name}({arguments})")
    return calls[:: max(len(calls) // STUBS, 1)][:STUBS]


if __name__ == "__main__":
    children.main(measure)
