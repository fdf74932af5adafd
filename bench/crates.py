"""Makes crates to compile. Each is a package of its own in a temporary folder.

A crate uses its dependencies, because cargo and the compiler skip unused ones.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from children import Usage, run

Dependencies = Mapping[str, str]
"""The value of each dependency in the manifest, as TOML."""


@dataclass
class Crate:
    """A package with its dependencies. Its target folder is below its own folder."""

    folder: Path
    files: Mapping[str, str]
    """Texts by their paths below the folder: `src/lib.rs`, and `build.rs` if there is a build script."""
    dependencies: Dependencies = field(default_factory=dict)
    build_dependencies: Dependencies = field(default_factory=dict)

    def __post_init__(self) -> None:
        manifest = f'[package]\nname = "{self.name}"\nversion = "0.0.0"\nedition = "2024"\n'
        for table, dependencies in (
            ("dependencies", self.dependencies),
            ("build-dependencies", self.build_dependencies),
        ):
            manifest += "\n".join([f"[{table}]", *(f"{name} = {value}" for name, value in dependencies.items()), ""])
        for path, text in {"Cargo.toml": manifest, **self.files}.items():
            self.write(path, text)

    @property
    def name(self) -> str:
        """The package's name."""
        return self.folder.name

    def write(self, path: str, text: str) -> None:
        """Writes one of its files."""
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text, encoding="utf-8")

    def cargo(self, *arguments: str, **env: str) -> Usage:
        """Runs cargo in the package."""
        return run(["cargo", *arguments], cwd=self.folder, env=env)

    def fetch(self) -> None:
        """Downloads its dependencies in the newest versions. Later runs of cargo are `--offline`."""
        host = re.search(r"^host: (.*)$", run(["rustc", "-vV"]).output, re.MULTILINE)
        self.cargo("fetch", *(["--target", host[1]] if host else []))

    def clean(self) -> None:
        """Removes everything that was built."""
        shutil.rmtree(self.folder / "target", ignore_errors=True)

    def build(self, *arguments: str) -> tuple[Usage, dict[str, str]]:
        """Builds it from nothing. Also returns the compiled packages with their versions."""
        self.clean()
        usage = self.cargo("build", "--offline", "--message-format=json-render-diagnostics", *arguments)
        compiled = set()
        for message in map(json.loads, usage.output.splitlines()):
            if message["reason"] == "compiler-artifact":
                compiled.add(message["package_id"])
        # `registry+https://…#syn@3.0.1`, `path+file:///…/generator#permspec@0.1.0`, `path+file:///…/runtime#0.1.0`
        versions = {}
        for package in compiled:
            source, _, fragment = package.partition("#")
            name, _, version = fragment.rpartition("@")
            versions[package] = f"{name or source.rpartition('/')[2]} {version}"
        return usage, {package: shown for package, shown in versions.items() if shown != f"{self.name} 0.0.0"}


def uses(packages: Dependencies) -> str:
    """Code that links packages: `use prost_build as _;`."""
    return "".join(f"use {name.replace('-', '_')} as _;\n" for name in packages)


def by_path(folder: Path, features: Sequence[str] | None = None) -> str:
    """A dependency by path, as TOML, with the default features, or with the named ones alone.

    >>> by_path(Path("/permspec/runtime"), ["alloc"])
    '{ path = "/permspec/runtime", default-features = false, features = ["alloc"] }'
    """
    chosen = "" if features is None else f", default-features = false, features = {json.dumps(features)}"
    return f'{{ path = "{folder}"{chosen} }}'
