"""What is measured: the project's command and sources, real pages, and docutils to compare with.

What is missing is an error that says how to get it.
"""

from __future__ import annotations

import os
import shutil
import tomllib
from pathlib import Path

from children import Failed, run

ROOT = Path(__file__).resolve().parents[1]
"""The checkout."""

PINS = ROOT / "spec" / "permspec.toml"
"""The project with the names of all operations."""

REQUIREMENTS = "tests/differential/requirements.txt"


def shared(part: str) -> Path:
    """A folder of real pages, below the one that PERMSPEC_SHARED names."""
    named = os.environ.get("PERMSPEC_SHARED")
    if not named:
        raise Failed("PERMSPEC_SHARED must name the folder of real pages, which has `corpus` and `tables`")
    folder = Path(named).resolve() / part
    if not folder.is_dir():
        raise Failed(f"PERMSPEC_SHARED is set, but there is no `{folder}`")
    return folder


def pages_below(folder: Path) -> list[Path]:
    """All pages below a folder, in the order of their paths."""
    pages = sorted(folder.rglob("*.rst"))
    if not pages:
        raise Failed(f"there is no page below `{folder}`")
    return pages


def size_of(pages: list[Path]) -> str:
    """`164 pages, 1.2 MB`."""
    return f"{len(pages):,} pages, {sum(page.stat().st_size for page in pages) / 1e6:.1f} MB"


def command() -> Path:
    """The command `permspec`, built in release as it is published."""
    run(["cargo", "build", "--release", "--locked", "--package", "permspec-cli"], cwd=ROOT)
    return ROOT / "target" / "release" / "permspec"


def copied_project(into: Path) -> Path:
    """Copies the project (configuration, model, generated crate); gives its configuration."""
    for part in ("spec", "generated"):
        shutil.copytree(ROOT / part, into / part, ignore=shutil.ignore_patterns("target"))
    return into / "spec" / "permspec.toml"


def python() -> str:
    """The Python that PYTHON names, or `python3`; it must have docutils."""
    named = os.environ.get("PYTHON", "python3")
    try:
        run([named, "-c", "import docutils"])
    except Failed as failed:
        raise Failed(f"PYTHON must name a Python with docutils (pip install -r {REQUIREMENTS}): {failed}") from None
    # A path with folders is meant from here, whatever folder a child runs in; a link in it is a virtual environment.
    return str(Path(named).absolute()) if os.sep in named else named


def services() -> dict[str, str]:
    """The short name of each service by its folder in the documentation."""
    settings = tomllib.loads(PINS.read_text(encoding="utf-8"))["service"]
    return {service["repository"]: name for name, service in settings.items()}
