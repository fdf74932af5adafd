"""The texts that are compared: docutils' own tests, and mutations of pages."""

import importlib.util
import os
import random
import re
import subprocess
import sys
import tarfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEED_PAGE = ROOT / "spec" / "ims" / "image_sharing.rst"


def docutils_tests(cache):
    """The folder of docutils' parser tests, from its source distribution; nothing of it is kept here."""
    requirement = (Path(__file__).parent / "requirements.txt").read_text(encoding="utf-8").strip()
    name, version = requirement.split("==")
    folder = Path(cache) / f"{name}-{version}"
    if not folder.is_dir():
        download = ["-m", "pip", "download", "--quiet", "--no-binary", ":all:", "--no-deps", "--dest", cache, requirement]
        subprocess.run([sys.executable, *download], check=True)
        with tarfile.open(next(Path(cache).glob(f"{name}-{version}*.tar.gz"))) as archive:
            archive.extractall(cache, filter="data")
    return folder / "test" / "test_parsers" / "test_rst"


def test_inputs(folder):
    """Yields (test file, case, input) of every test file, in order."""
    here = os.getcwd()
    for path in sorted(folder.rglob("test_*.py")):
        name = path.relative_to(folder).with_suffix("").as_posix()
        spec = importlib.util.spec_from_file_location(name.replace("/", "."), path)
        module = importlib.util.module_from_spec(spec)
        try:
            spec.loader.exec_module(module)
        except Exception:  # noqa: BLE001 - a test file that needs what is not installed has no inputs
            continue
        finally:
            os.chdir(here)
        for group, cases in getattr(module, "totest", {}).items():
            if isinstance(cases, tuple):
                # Settings and cases; with other settings than the default ones it is another language.
                settings, cases = cases
                if settings:
                    continue
            for index, case in enumerate(cases):
                if isinstance(case, (list, tuple)) and isinstance(case[0], str):
                    yield name, f"{group}[{index}]", case[0]


def pages():
    """The seed page, and the pages of the folder that PERMSPEC_SHARED names."""
    found = [SEED_PAGE]
    shared = os.environ.get("PERMSPEC_SHARED")
    if shared:
        for part in ("corpus", "tables"):
            found.extend(sorted((Path(shared) / part).rglob("*.rst")))
    return [page.read_text(encoding="utf-8") for page in found]


# Texts with these make docutils generate text, or open files; their mutations do as well.
GENERATED = re.compile(r"contents::|date::|include::|:file:|:url:|number-lines|line-block::|sectnum::|:target: \w+_$", re.MULTILINE)


def is_read(text):
    """True for texts whose reading is in the text alone."""
    return not GENERATED.search(text)


# What mutations put in: marks of every construct, and characters that are wide, combining or blank.
PIECES = [
    "+", "-", "|", "=", "*", "**", "`", "``", "_", "__", ":", "::", "\\", " ", "  ", "   ", "\n", "\n\n", "\t", "#.", "1.",
    "- ", "* ", ".. ", ".. note::", ".. only:: html\n\n   ", ".. rst-class:: a", ".. table:: T", ".. [1] ", ".. _a: ", "__ ", ">>> ", "| ", ":a: ", "-o  ", "====",
    "----", "+---+", "====  ====", "镜像", "e\u0301", "  \u0301", "\u00a0", "\u2003", "\u3000", "\ufeff", "|x|", "[1]_", "[#]_", "a_", "http://a.b/c", "x@y.zz", "<", ">", "(", ")", "\"",
]


def mutations(texts, count, seed):
    """Yields `count` short texts: a few lines of a text, with a few changes."""
    chance = random.Random(seed)
    for number in range(count):
        text = chance.choice(texts)
        lines = text.split("\n")
        if len(lines) > 40:
            start = chance.randrange(len(lines))
            # Tables are drawn over many lines; every other excerpt starts at one.
            borders = [index for index, line in enumerate(lines) if line.lstrip().startswith("+-")]
            if number % 2 and borders:
                start = chance.choice(borders)
            text = "\n".join(lines[start:start + chance.randrange(4, 40)])
        yield f"{number}", mutate(text[:6000], chance)


def mutate(text, chance):
    for _ in range(chance.randrange(1, 5)):
        at = chance.randrange(len(text) + 1)
        length = chance.choice((0, 1, 1, 2, 8, 40))
        change = chance.randrange(5)
        if change == 0:
            text = text[:at] + text[at + length:]
        elif change == 1:
            text = text[:at] + chance.choice(PIECES) + text[at:]
        elif change == 2:
            text = text[:at] + chance.choice(PIECES) + text[at + length:]
        elif change == 3:
            lines = text.split("\n")
            first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
            lines[first], lines[second] = lines[second], lines[first]
            text = "\n".join(lines)
        else:
            lines = text.split("\n")
            del lines[chance.randrange(len(lines))]
            text = "\n".join(lines)
    return text
