"""The form in which both readings of a text are compared.

docutils keeps more than rst-parser reads: ids, back references, pending transforms, messages in
the tree. What is left out of the comparison is left out here, and nowhere else.
"""

import re

from docutils import nodes

# Attributes that say what the text says. All others follow from these, or from the file's name.
ATTRIBUTES = {
    "align", "alt", "anonymous", "auto", "bullet", "cols", "colwidth", "delimiter", "enumtype", "format", "height",
    "loading", "morecols", "morerows", "name", "names", "prefix", "refname", "refuri", "scale", "start", "stub",
    "suffix", "uri", "width", "xml:space",
}

# Messages stand beside the text; transforms and page decoration are no reading of it.
SKIPPED = (nodes.system_message, nodes.pending, nodes.decoration, nodes.meta)


def of_document(document):
    """The normal form of a docutils document."""
    lines = ["<document>"]
    for child in document.children:
        _render(child, 1, lines)
    return "\n".join(lines)


def of_pseudo_xml(text):
    """The normal form of what the example `pseudoxml` prints."""
    lines = []
    hidden = None
    for line in text.rstrip("\n").split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        if hidden is not None and (indent > hidden or not line.strip()):
            continue
        hidden = None
        if line.lstrip().startswith("<system_message"):
            hidden = indent
            continue
        lines.append(line.rstrip())
    # A legend of messages alone is none.
    legend = re.compile(r"^( *)<legend>$")
    lines = [line for line, after in zip(lines, [*lines[1:], ""])
             if not legend.match(line) or after.startswith(legend.match(line).group(1) + "    ")]
    if lines:
        lines[0] = re.sub(r"^<document.*>$", "<document>", lines[0])
    return "\n".join(lines)


def without_comments(form):
    """A normal form with the text of comments taken out."""
    lines = []
    hidden = None
    for line in form.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        if hidden is not None and (indent > hidden or not line):
            continue
        hidden = indent if line.lstrip().startswith("<comment") else None
        lines.append("    " * (indent // 4) + "<comment>" if hidden is not None else line)
    return "\n".join(lines)


def _render(node, depth, lines):
    if isinstance(node, SKIPPED):
        return
    if isinstance(node, nodes.legend) and all(isinstance(child, SKIPPED) for child in node.children):
        return
    indent = "    " * depth
    if isinstance(node, nodes.Text):
        if node.astext():
            lines.extend((indent + line).rstrip() for line in node.astext().split("\n"))
        return
    attributes = _attributes(node)
    shown = "".join(f' {name}="{value}"' for name, value in sorted(attributes.items()))
    lines.append(f"{indent}<{node.tagname}{shown}>")
    for child in _merged(node.children):
        _render(child, depth + 1, lines)


def _attributes(node):
    found = {}
    for name, value in node.attributes.items():
        if name == "dupnames":
            # A name that is taken is still the name that was written.
            name, value = "names", node["names"] + value
        if name not in ATTRIBUTES or (value is False or value in (None, "", [])) and name != "delimiter":
            continue
        if isinstance(value, list):
            value = " ".join(value)
        # docutils keeps an escaping backslash as a NUL byte in some names.
        found[name] = "1" if value is True else str(value).replace("\0", "\\")
    return found


def _merged(children):
    """Texts that follow each other are one text."""
    merged = []
    for child in children:
        if merged and isinstance(child, nodes.Text) and isinstance(merged[-1], nodes.Text):
            merged[-1] = nodes.Text(str(merged[-1]) + str(child))
        else:
            merged.append(child)
    return merged
