"""The pages of a folder of repositories, read by docutils once and kept in a cache."""

import hashlib
import pickle
from pathlib import Path

import blocks


def paths(folder):
    """All pages of `<repository>/api-ref/source/**`, in order, relative to the folder."""
    folder = Path(folder)
    found = (path.relative_to(folder).as_posix() for path in folder.glob("*/api-ref/source/**/*.rst"))
    return sorted(found)


class Pages:
    """Reads pages by name; a cache folder saves docutils' work between runs."""

    def __init__(self, folder, cache=None):
        self.folder = Path(folder)
        self.cache = Path(cache) if cache else None
        self.memory = {}
        reader = Path(blocks.__file__).read_bytes()
        self.reader = hashlib.sha256(reader).hexdigest()[:12]
        if self.cache:
            self.cache.mkdir(parents=True, exist_ok=True)

    def text(self, page):
        return (self.folder / page).read_text(encoding="utf-8", errors="replace")

    def read(self, page):
        if page not in self.memory:
            self.memory[page] = self._read(page)
        return self.memory[page]

    def _read(self, page):
        text = self.text(page)
        if not self.cache:
            return blocks.read(text)
        key = hashlib.sha256(f"{self.reader}\0{text}".encode()).hexdigest()[:32]
        kept = self.cache / key
        if kept.exists():
            return pickle.loads(kept.read_bytes())
        page = blocks.read(text)
        kept.write_bytes(pickle.dumps(page))
        return page
