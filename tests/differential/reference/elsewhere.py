"""Tables of other pages of a service, found by label."""

import re

import layout

LABEL = re.compile(r"^\s*(?:- +)?\.\. _([^:`\n]+(?:\\:[^:`\n]*)*):\s*$", re.M)


class Elsewhere:
    """Looks labels up in all pages of a repository; a page is read when one of its labels is asked for."""

    def __init__(self, pages, names):
        self.pages = pages
        self.index = {}
        self.layouts = {}
        for name in names:
            for label in LABEL.findall(pages.text(name)):
                self.index.setdefault(re.sub(r"\s+", " ", label.replace("\\", "")).lower(), name)

    def finder(self, page):
        def find(label):
            name = self.index.get(label)
            if name is None or name == page:
                return None
            return self.layout(name).labels.get(label)
        return find

    def layout(self, name):
        if name not in self.layouts:
            self.layouts[name] = layout.Reader(name, self.pages.read(name)).read()
        return self.layouts[name]
