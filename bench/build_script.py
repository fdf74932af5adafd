"""Measures build scripts that generate code, unoptimised as cargo builds them, and when cargo runs them.

    PERMSPEC_SHARED=folder python3 bench/build_script.py

A workspace of consumer crates is built in a temporary folder. Each build script is then run by itself,
as cargo runs it, into an empty folder; and cargo is asked to build again.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import children
import inputs
from children import Failed, Usage
from crates import Crate, by_path

NOTHING = "nothing (an empty `main`)"
PAGE = "`ims`, the page of image sharing"
IMS_PAGES, IMS_MODELS = "`ims`, from pages", "`ims`, from models"
CLOUD_PAGES, CLOUD_MODELS = "whole cloud, from pages", "whole cloud, from models"

REPEATED = "Querying Users in a User Group"

IMS_SECONDS, CLOUD_SECONDS = 0.05, 1.0


@dataclass(frozen=True)
class Input:
    """A page or a model. A page keeps its path, because its folder shows whether it is a superseded copy."""

    file: Path
    below: Path
    service: str

    @property
    def path(self) -> Path:
        """Its path in the consumer's crate."""
        return Path("docs", self.file.relative_to(self.below))

    @property
    def call(self) -> str:
        """The line of the build script. A model contains the name of its service."""
        return f'.model("{self.path}")' if self.file.suffix == ".json" else f'.page("{self.service}", "{self.path}")'


class Consumer:
    """A crate whose code is generated while it is built."""

    def __init__(self, folder: Path, given: list[Input]) -> None:
        self.folder = folder
        self.services = sorted({one.service for one in given})
        include = 'pub mod r#{0} {{ permspec_runtime::include_module!("{0}"); }}\n'
        generate = f"permspec::Builder::new(){''.join(one.call for one in given)}.compile()" if given else "Ok(())"
        Crate(
            folder,
            {
                "src/lib.rs": "".join(include.format(service) for service in self.services),
                "build.rs": f"fn main() -> Result<(), permspec::Error> {{ {generate} }}",
            },
            dependencies={"permspec-runtime": by_path(inputs.ROOT / "runtime")},
            build_dependencies={"permspec": by_path(inputs.ROOT / "generator")},
        )
        for one in given:
            (folder / one.path).parent.mkdir(parents=True, exist_ok=True)
            text = one.file.read_text(encoding="utf-8")
            (folder / one.path).write_text(without_repetition(text), encoding="utf-8")

    def built(self) -> Path:
        """The only folder of cargo that contains a file of this crate's script."""
        found = list(self.folder.parent.glob(f"target/debug/build/{self.folder.name}-*/build-script-build"))
        if len(found) != 1:
            raise Failed(f"cargo built {len(found)} build scripts of `{self.folder.name}`")
        return found[0]

    def generate(self) -> Usage:
        """Runs the build script as cargo does, into an empty folder."""
        with tempfile.TemporaryDirectory() as out:
            usage = children.run(
                [self.built()], cwd=self.folder, env={"OUT_DIR": out, "CARGO_MANIFEST_DIR": str(self.folder)}
            )
            generated = sorted(path.stem for path in Path(out).glob("*.rs"))
            if generated != self.services:
                raise Failed(f"the build script of `{self.folder.name}` generates {generated}, not {self.services}")
        return usage

    def generated(self) -> dict[Path, int]:
        """The time at which each generated file was written."""
        paths = self.folder.parent.glob(f"target/debug/build/{self.folder.name}-*/out/*.rs")
        return {path: path.stat().st_mtime_ns for path in paths}


def measure() -> None:
    """Builds the consumers, times their scripts, and shows when cargo runs them."""
    chosen = children.options(__doc__, 9).parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder)
        consumers = plant(workspace)
        children.run(["cargo", "build"], cwd=workspace)
        again = rebuilds(workspace, consumers[IMS_PAGES])
        children.one_core()
        runs = children.in_turns({name: consumer.generate for name, consumer in consumers.items()}, chosen.rounds)

    print(f"Medians of {chosen.rounds} rounds, one core, profile dev\n")
    children.print_times("build script generates", runs, children.in_milliseconds)
    children.print_table(["`cargo build`, no other change", "build scripts run", "files written"], again)
    for goal, names in ((IMS_SECONDS, (IMS_PAGES, IMS_MODELS)), (CLOUD_SECONDS, (CLOUD_PAGES, CLOUD_MODELS))):
        slowest = max(names, key=lambda name: children.cpu(runs[name]))
        seconds = children.cpu(runs[slowest])
        children.print_goal(f"{slowest} under {goal * 1e3:.0f} ms", children.in_milliseconds(seconds), seconds < goal)
    children.print_goal("a second build runs no generation", f"{again[0][1]} scripts", again[0][1] == "0")


def plant(workspace: Path) -> dict[str, Consumer]:
    """Makes the workspace. Its dependencies have the same versions as in the project."""
    (workspace / "Cargo.toml").write_text('[workspace]\nresolver = "3"\nmembers = ["*"]\nexclude = ["target"]\n')
    shutil.copyfile(inputs.ROOT / "Cargo.lock", workspace / "Cargo.lock")
    names, corpus, spec = inputs.services(), inputs.shared("corpus/otc"), inputs.ROOT / "spec"
    pages = [Input(page, corpus, names[page.relative_to(corpus).parts[0]]) for page in inputs.pages_below(corpus)]
    models = [
        Input(model, spec, json.loads(model.read_text(encoding="utf-8"))["service"])
        for model in sorted(spec.glob("*/*.json"))
    ]
    kinds = {
        NOTHING: ("nothing", []),
        PAGE: ("one-page", [Input(spec / "ims/image_sharing.rst", spec, "ims")]),
        IMS_PAGES: ("ims-pages", [page for page in pages if page.service == "ims"]),
        IMS_MODELS: ("ims-models", [model for model in models if model.service == "ims"]),
        CLOUD_PAGES: ("cloud-pages", pages),
        CLOUD_MODELS: ("cloud-models", models),
    }
    return {kind: Consumer(workspace / name, given) for kind, (name, given) in kinds.items()}


def without_repetition(page: str) -> str:
    """The page without the only row of the documentation that is an error. A builder does not have fix-ups."""
    lines = page.splitlines(keepends=True)
    repeated = [place for place, line in enumerate(lines) if line.lstrip().startswith(f"| {REPEATED} ")]
    if len(repeated) < 2:
        return page
    border = next(place for place in range(repeated[1], len(lines)) if lines[place].lstrip().startswith("+-"))
    return "".join(lines[: repeated[1]] + lines[border + 1 :])


def rebuilds(workspace: Path, consumer: Consumer) -> list[list[str]]:
    """What cargo runs, and what is written, after changes to one page of one crate."""
    page = next(path for path in consumer.folder.glob("docs/**/*.rst") if "ims:images:share" in path.read_text())

    def build(name: str, change: Callable[[], object]) -> list[str]:
        before = consumer.generated()
        change()
        usage = children.run(["cargo", "build", "-v"], cwd=workspace)
        scripts = [line for line in usage.errors.splitlines() if "Running `" in line and "build-script-build`" in line]
        written = [path for path, when in consumer.generated().items() if before.get(path) != when]
        return [name, str(len(scripts)), str(len(written))]

    edited = page.read_text(encoding="utf-8").replace("ims:images:share", "ims:images:shard")
    return [
        build("nothing changed", lambda: None),
        build("a page is touched, its text is the same", page.touch),
        build("a page says something else", lambda: page.write_text(edited, encoding="utf-8")),
    ]


if __name__ == "__main__":
    children.main(measure)
