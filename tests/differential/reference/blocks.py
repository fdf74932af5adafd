"""A page as docutils reads it, laid flat: headings, paragraphs, tables, code and labels in the order of the page.

This module knows RST and nothing of API references.
"""

from dataclasses import dataclass, field
import re

from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Directive, Parser, directives, roles
from docutils.utils import new_document

EXPLICIT_TARGET = re.compile(r"^(.+?)\s*(?<!\\)<([^<]*?)>$", re.DOTALL)


@dataclass
class Cell:
    """A table cell: its paragraphs, and the references in it as (text, label)."""

    paragraphs: list
    references: list

    @property
    def text(self):
        return " ".join(self.paragraphs).strip()


@dataclass
class Block:
    """One piece of a page. `depth` is how many lists it is in, `note` says that an admonition holds it."""

    kind: str  # heading, paragraph, table, code, label
    line: int
    text: str = ""
    level: int = 0  # of a heading
    depth: int = 0
    bullet: bool = False  # the first paragraph of a list item
    note: bool = False
    references: list = field(default_factory=list)
    head: list = field(default_factory=list)  # of a table: rows of cells
    rows: list = field(default_factory=list)


@dataclass
class Page:
    title: str
    blocks: list


def read(text):
    """The page that a text holds."""
    _register()
    document = new_document("page", _settings())
    Parser().parse(text, document)
    blocks = []
    _walk(document, blocks, level=0, depth=0, note=False)
    title = next((block.text for block in blocks if block.kind == "heading"), "")
    return Page(title, blocks)


def _walk(node, blocks, level, depth, note):
    for child in node.children:
        line = _line(child)
        if isinstance(child, nodes.section):
            _labels(child, blocks, line)
            _walk(child, blocks, level + 1, depth, note)
        elif isinstance(child, nodes.title):
            # docutils puts a section's own label before the section.
            if isinstance(node, nodes.table):
                continue
            text, references = _inline(child)
            blocks.append(Block("heading", line, text, level=level, depth=depth, references=references, note=note))
        elif isinstance(child, nodes.target):
            for name in child.get("names", ()) or child.get("refnames", ()):
                blocks.append(Block("label", line, name.lower(), depth=depth))
        elif isinstance(child, (nodes.paragraph, nodes.rubric, nodes.term, nodes.attribution, nodes.caption)):
            text, references = _inline(child)
            bullet = isinstance(node, nodes.list_item) and node.children[0] is child
            blocks.append(Block("paragraph", line, text, depth=depth, bullet=bullet, references=references, note=note))
        elif isinstance(child, nodes.literal_block):
            blocks.append(Block("code", line, child.astext(), depth=depth, note=note))
        elif isinstance(child, nodes.table):
            _labels(child, blocks, line)
            blocks.append(_table(child, line, depth, note))
        elif isinstance(child, (nodes.bullet_list, nodes.enumerated_list, nodes.definition_list, nodes.block_quote)):
            deeper = 0 if isinstance(child, nodes.block_quote) else 1
            _walk(child, blocks, level, depth + deeper, note)
        elif isinstance(child, nodes.Admonition):
            _walk(child, blocks, level, depth, True)
        elif isinstance(child, (nodes.comment, nodes.system_message, nodes.field_list, nodes.image, nodes.substitution_definition)):
            continue
        elif isinstance(child, (nodes.line_block, nodes.doctest_block)):
            blocks.append(Block("paragraph", line, child.astext(), depth=depth, note=note))
        elif isinstance(child, nodes.Element):
            _walk(child, blocks, level, depth, note)


def _labels(node, blocks, line):
    for name in node.get("names", ()):
        if "__" in name or "topic" in name:
            blocks.append(Block("label", line, name.lower()))


def _line(node):
    while node is not None:
        if node.line:
            return node.line
        node = node.parent
    return 0


def _inline(node):
    """Text and references of a paragraph-like node."""
    references = [(found.astext(), found["label"].lower()) for found in node.findall(nodes.inline) if found.get("label")]
    return " ".join(node.astext().replace("\x00", "").split("\n")).strip(), references


def _table(table, line, depth, note):
    caption, references = "", []
    for child in table.children:
        if isinstance(child, nodes.title):
            caption, references = _inline(child)
            line = _line(child)
    block = Block("table", line, caption, depth=depth, references=references, note=note)
    for group in table.findall(nodes.tgroup):
        for part in group.children:
            if isinstance(part, (nodes.thead, nodes.tbody)):
                rows = block.head if isinstance(part, nodes.thead) else block.rows
                rows.extend([_cell(entry) for entry in row.children] for row in part.children)
        break
    return block


def _cell(entry):
    paragraphs, references = [], []
    inner = []
    _walk(entry, inner, 0, 0, False)
    for block in inner:
        if block.kind == "table":
            for row in block.head + block.rows:
                for cell in row:
                    references.extend(cell.references)
            continue
        if block.kind != "label":
            paragraphs.append(("- " if block.bullet else "") + block.text)
            references.extend(block.references)
    return Cell(paragraphs, references)


class _Transparent(Directive):
    """A directive of Sphinx whose content is part of the page."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True

    def run(self):
        node = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, node)
        return [node]


class _Silent(Directive):
    """A directive of Sphinx that shows nothing."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True

    def run(self):
        return []


def _cross_reference(_name, rawtext, text, _line, _inliner, options=None, content=None):
    """A role of Sphinx; the node remembers the label."""
    match = EXPLICIT_TARGET.match(text)
    shown, label = (match.group(1).rstrip(), match.group(2)) if match else (text, text)
    node = nodes.inline(rawtext, shown)
    node["label"] = label.strip()
    return [node], []


def _register():
    if getattr(_register, "done", False):
        return
    for name in ("toctree", "index", "tabularcolumns", "figure", "image"):
        directives.register_directive(name, _Silent)
    directives.register_directive("only", _Transparent)
    for name in ("ref", "doc", "numref", "term", "download"):
        roles.register_local_role(name, _cross_reference)
    _register.done = True


def _settings():
    if not hasattr(_settings, "made"):
        chosen = get_default_settings(Parser)
        chosen.warning_stream = ""
        chosen.report_level = 5
        chosen.halt_level = 5
        chosen.syntax_highlight = "none"
        chosen.file_insertion_enabled = False
        _settings.made = chosen
    return _settings.made
