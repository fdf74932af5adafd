"""docutils' reading of a text, in normal form."""

from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Directive, Parser, directives, roles
from docutils.utils import Reporter, new_document
import re

import normal_form

EXPLICIT_TARGET = re.compile(r"^(.+?)\s*(?<!\\)<([^<]*?)>$", re.DOTALL)


class Silent(Directive):
    """A directive of Sphinx that shows nothing."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True

    def run(self):
        return []


class Only(Directive):
    """A directive of Sphinx whose content belongs to some output only."""

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True

    def run(self):
        node = nodes.container()
        styles = self.state.memo.title_styles
        level = self.state.memo.section_level
        self.state.memo.title_styles = []
        self.state.memo.section_level = 0
        self.state.nested_parse(self.content, self.content_offset, node, match_titles=True)
        self.state.memo.title_styles = styles
        self.state.memo.section_level = level
        return node.children


def cross_reference(_name, rawtext, text, _line, _inliner, options=None, content=None):
    """A role of Sphinx that shows its text and hides its target."""
    match = EXPLICIT_TARGET.match(text)
    shown = match.group(1).rstrip() if match else text
    return [nodes.inline(rawtext, shown)], []


def register_sphinx():
    """Teaches docutils the few extras of Sphinx that pages use."""
    directives.register_directive("only", Only)
    for name in ("toctree", "index", "tabularcolumns"):
        directives.register_directive(name, Silent)
    for name in ("ref", "doc", "numref", "term", "download"):
        roles.register_local_role(name, cross_reference)


def settings():
    chosen = get_default_settings(Parser)
    chosen.warning_stream = ""
    chosen.report_level = Reporter.INFO_LEVEL
    chosen.halt_level = 5
    chosen.syntax_highlight = "none"
    return chosen


class Reading:
    """What docutils makes of a text."""

    def __init__(self, text):
        document = new_document("test data", settings())
        default_roles = dict(roles._roles)
        try:
            Parser().parse(text, document)
        finally:
            # A role that one text defines must not be known in the next.
            roles._roles.clear()
            roles._roles.update(default_roles)
        messages = list(document.findall(nodes.system_message))
        self.form = normal_form.of_document(document)
        self.malformed_table = any(_is_table_error(message) for message in messages)
        self.malformed_explicit = any("malformed" in message.astext() for message in messages if message["level"] == 2)


def _is_table_error(message):
    return message["level"] >= 3 and "Malformed table" in message.astext()


def read(text):
    """The reading, or the exception docutils fails with."""
    try:
        return Reading(text)
    except Exception as error:  # noqa: BLE001 - any failure of docutils is a result here
        return error
