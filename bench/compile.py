"""Measures the cost of a build-dependency: crates, and CPU time of a clean build.

    python3 bench/compile.py                      # all but the slow one
    python3 bench/compile.py --slow               # progenitor too
    python3 bench/compile.py --only permspec --only prost-build

Each subject is an empty crate whose build script uses it, in the newest versions that the registry has.
Everything is downloaded before; a build starts without a target folder, in profile dev. The runtime's
core is a dependency of the crate itself.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import children
import inputs
from children import Failed, Usage
from crates import Crate, Dependencies, by_path, uses

PERMSPEC, PROST, CORE = "`permspec`", "`prost-build`", "`permspec-runtime`, core"

SUBJECTS: dict[str, Dependencies] = {
    "nothing": {},
    "`syn`, `quote`, `prettyplease`": {
        "syn": '{ version = "*", features = ["full"] }',
        "quote": '"*"',
        "prettyplease": '"*"',
    },
    PERMSPEC: {"permspec": by_path(inputs.ROOT / "generator")},
    "`permspec`, feature `config`": {"permspec": by_path(inputs.ROOT / "generator", ["config"])},
    PROST: {"prost-build": '"*"'},
    "`tonic-prost-build`": {"tonic-prost-build": '"*"'},
    "`bindgen`": {"bindgen": '"*"'},
}
SLOW: dict[str, Dependencies] = {"`progenitor`": {"progenitor": '"*"'}}

CRATES, OF_PROST = 18, 0.75


@dataclass
class Built:
    """A subject, and the packages that its last build compiled."""

    crate: Crate
    compiled: dict[str, str]

    def build(self) -> Usage:
        """Builds the subject from nothing."""
        usage, self.compiled = self.crate.build()
        missing = [name for name in self.named() if not self.built(name)]
        if missing:
            raise Failed(f"cargo did not build {', '.join(missing)}")
        return usage

    def named(self) -> list[str]:
        """The packages that the subject names."""
        return [*self.crate.dependencies, *self.crate.build_dependencies]

    def built(self, name: str) -> list[str]:
        """The versions of a package that were compiled."""
        parted = (one.partition(" ") for one in self.compiled.values())
        return sorted(version for package, _, version in parted if package == name)

    def versions(self) -> str:
        """The versions of what the subject names, in their order: `3.0.1, 1.0.47`."""
        return ", ".join(" and ".join(self.built(name)) for name in self.named()) or "-"


def measure() -> None:
    """Builds all subjects in turns and prints the table."""
    parser = children.options(__doc__, 3)
    parser.add_argument("--slow", action="store_true", help="measure progenitor too, 80 CPU seconds a round")
    parser.add_argument("--only", action="append", metavar="NAME", help="only subjects with this in their name")
    chosen = parser.parse_args()
    build_dependencies = SUBJECTS | (SLOW if chosen.slow else {})
    names = [
        name for name in [*build_dependencies, CORE] if not chosen.only or any(only in name for only in chosen.only)
    ]
    if not names:
        raise Failed("no subject has such a name")
    with tempfile.TemporaryDirectory() as folder:
        subjects = {}
        for count, name in enumerate(names):
            crate = plant(Path(folder) / f"subject-{count}", build_dependencies.get(name))
            crate.fetch()
            subjects[name] = Built(crate, {})
        runs = children.in_turns({name: subject.build for name, subject in subjects.items()}, chosen.rounds)

    print(f"Medians of {chosen.rounds} rounds, profile dev, `cargo build` from nothing\n")
    base = runs.get(PROST)
    columns = {
        "of prost-build": lambda name: f"{children.ratio(runs[name], base):.2f}" if base else "-",
        "crates": lambda name: str(len(subjects[name].compiled)),
        "version": lambda name: subjects[name].versions(),
    }
    children.print_times("subject", runs, children.in_seconds, columns)
    if PERMSPEC in runs:
        crates = len(subjects[PERMSPEC].compiled)
        children.print_goal(f"`permspec` at most {CRATES} crates", str(crates), crates <= CRATES)
    if PERMSPEC in runs and base:
        times = children.ratio(runs[PERMSPEC], base)
        children.print_goal(f"`permspec` at most {OF_PROST} of prost-build", f"{times:.2f}", times <= OF_PROST)
    if CORE in runs:
        crates = len(subjects[CORE].compiled)
        children.print_goal("the runtime's core is no crates besides itself", f"{crates - 1} others", crates == 1)


def plant(folder: Path, build_dependencies: Dependencies | None) -> Crate:
    """Makes a subject: a crate with these build-dependencies, or with the runtime's core alone."""
    if build_dependencies is None:
        core = {"permspec-runtime": by_path(inputs.ROOT / "runtime", [])}
        return Crate(folder, {"src/lib.rs": uses(core)}, dependencies=core)
    script = f"{uses(build_dependencies)}fn main() {{}}\n"
    return Crate(folder, {"src/lib.rs": "", "build.rs": script}, build_dependencies=build_dependencies)


if __name__ == "__main__":
    children.main(measure)
