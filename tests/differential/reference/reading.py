"""One operation page, read: the same facts that `permspec extract --reference` prints, found another way."""

from dataclasses import dataclass, field
import difflib
import re

import bodies
import cell_types
import examples
import layout
import nesting
import uri

# Chapters that explain how to call an API show URIs as well.
CHAPTERS = re.compile(r"calling_api|making_an_api_request|before_you_start|api_usage|getting_started|quick_start|application_examples?|appendix")


HEADERS = ("x-auth-token", "content-type", "x-language", "x-subject-token")


@dataclass
class Parameter:
    name: str
    place: str
    required: bool
    kind: str  # of the type; nothing where the page does not say
    loose: bool = False


@dataclass
class Operation:
    page: str
    line: int
    title: str
    method: str
    path: str
    others: list  # further URIs
    parameters: list = field(default_factory=list)
    request: object = None
    responses: dict = field(default_factory=dict)  # status -> Field
    failures: dict = field(default_factory=dict)  # status, or "error" -> Field
    errors: set = field(default_factory=set)
    successes: set = field(default_factory=set)
    examples: list = field(default_factory=list)  # (kind, status, line, value, strict)
    variants: list = field(default_factory=list)  # bodies of tables that no row refers to
    notes: list = field(default_factory=list)


def service(page):
    return page.split("/")[0]


def operation(name, page, elsewhere):
    """The operation of a page, or nothing."""
    if CHAPTERS.search(name.split("/source/", 1)[-1]):
        return None
    read = layout.Reader(name, page).read()
    found = uri.find(read.uri)
    if not found:
        return None
    first = found[0]
    made = Operation(name, first.line, page.title, first.method, first.path, found[1:])
    made.successes = {status for status in read.statuses if status.startswith("2")}
    made.errors = {status for status in read.statuses if status[0] in "45"}
    made.examples = read_examples(read)
    Interface(made, read, found, elsewhere).fill()
    return made


def read_examples(read):
    found, seen_request = [], False
    for one in read.examples:
        parsed = examples.parse(one.text)
        if parsed is None:
            continue
        kind = one.kind
        if kind == "both":
            kind = "request" if not seen_request else "response"
        seen_request = seen_request or kind == "request"
        found.append((kind, one.status, one.line, *parsed))
    return found


class Interface:
    """Sorts the tables of a page into parameters and bodies."""

    def __init__(self, made, read, uris, elsewhere):
        self.made = made
        self.read = read
        self.template = uri.parameters(made.path)
        self.query = uris[0].query
        for other in uris[1:]:
            self.template += [name for name in uri.parameters(other.path) if name not in self.template]
        self.bodies = bodies.Bodies(read, elsewhere)

    def fill(self):
        request, responses = [], {}
        referred = self.referred()
        for table in self.read.tables:
            if table.section == "uri":
                if id(table) in referred or self.is_body(table):
                    request.append(table)
                else:
                    self.parameters(table, self.place(table) or "uri", referred)
            elif table.section == "request":
                place = self.place(table)
                if id(table) in referred:
                    place = "body"
                place = place or self.request_place(table)
                if place == "body" and self.made.method in ("GET", "HEAD"):
                    place = "uri"
                if place == "body":
                    request.append(table)
                else:
                    self.parameters(table, place, referred)
            elif table.section == "response":
                if self.place(table) == "header" and id(table) not in referred:
                    continue
                responses.setdefault(table.status, []).append(table)
        self.from_path()
        if request:
            self.made.request = self.bodies.body(request)
            nesting.nest(self.made.request, self.examples("request"))
            self.variants("request", self.made.request)
        for status, tables in responses.items():
            body = self.bodies.body(tables)
            if status and not status.startswith(("2", "3")) or not status and is_error(body):
                self.made.failures[status or "error"] = body
                continue
            nesting.nest(body, self.examples("response"))
            self.made.responses[status] = body
            self.variants("response", body)

    def examples(self, kind):
        return [value for one, status, _, value, _ in self.made.examples if one == kind and not status.startswith(("e", "4", "5"))]

    def variants(self, side, body):
        """Tables that nothing refers to belong to the field that the example shows, or are another form of the body."""
        orphans = [(table, self.bodies.root(table)) for table in self.bodies.orphans]
        left = nesting.adopt(body, orphans, self.examples(side))
        self.made.variants += [(side, one) for _, one in left]

    def referred(self):
        found = set()
        for table in self.read.tables:
            if table.section in ("request", "response") or table.section == "uri" and (id(table) in found or self.is_body(table)):
                for row in table.rows:
                    for cell in row:
                        for _, label in cell.references:
                            target = self.read.labels.get(label)
                            if target is not None and target is not table:
                                found.add(id(target))
        return found

    def is_body(self, table):
        """A table in the URI section whose rows are the keys of the request's example."""
        if self.made.method in ("GET", "HEAD", "DELETE") or self.place(table):
            return False
        names = {bodies.name_of(table, row) for row in table.rows}
        keys = {key for value in self.examples("request") if isinstance(value, dict) for key in value}
        return bool(names & keys) and not names & set(self.template)

    def in_template(self, name, table):
        """The parameter of the path that a row means: a narrow column puts spaces into names, and authors make slips."""
        if name in self.template:
            return name
        bare = "".join(name.split())
        if bare in self.template:
            return bare
        rows = {"".join(bodies.name_of(table, row).split()) for row in table.rows}
        near = [one for one in self.template if one not in rows and alike(one, bare)]
        return near[0] if near and bare not in self.query else name

    def place(self, table):
        """What caption and nearest lead say."""
        said = layout.part_of(table.caption)
        if said:
            return said
        names = [bodies.name_of(table, row).lower() for row in table.rows]
        if table.section != "uri" and "x-auth-token" in names or names == ["content-type"]:
            return "header"
        for lead in reversed(table.leads[-2:]):
            if len(lead) < 160:
                said = layout.part_of(lead)
                if said:
                    return said
        return table.part

    def request_place(self, table):
        if self.made.method in ("GET", "HEAD"):
            return "uri"
        names = [bodies.name_of(table, row) for row in table.rows]
        if names and all(name in self.template for name in names):
            return "path"
        if self.made.method == "DELETE":
            if any(kind == "request" for kind, *_ in self.made.examples):
                return "body"
            return "uri"
        return "body"

    def parameters(self, table, place, referred):
        for row in table.rows:
            name = bodies.name_of(table, row)
            if not name:
                continue
            at = place
            cell = table.cell(row, "place")
            if cell is not None:
                said = cell.text.lower()
                at = next((one for one in ("path", "query", "header", "body") if one in said), at)
            if at in ("uri", "path"):
                name = self.in_template(name, table)
                at = "path" if name in self.template else "header" if name.lower() in HEADERS else "query"
            if at == "body":
                continue
            kind, loose = "", False
            cell = table.cell(row, "type")
            if cell is not None:
                made = cell_types.parse(cell.text, cell.references)
                kind, loose = (made.kind if made.understood else ""), made.loose
            required = bodies.is_required(table.cell(row, "mandatory"))
            self.add(Parameter(name, at, required or at == "path", kind, loose))

    def add(self, parameter):
        same = [one for one in self.made.parameters
                if one.place == parameter.place and (one.name == parameter.name or one.place == "header" and one.name.lower() == parameter.name.lower())]
        if not same:
            self.made.parameters.append(parameter)

    def from_path(self):
        known = {one.name for one in self.made.parameters if one.place == "path"}
        for name in uri.parameters(self.made.path):
            if name not in known:
                self.add(Parameter(name, "path", True, ""))
        for name in self.query:
            self.add(Parameter(name, "query", False, ""))


def alike(one, other):
    """Two spellings of one name: another case, or a letter too many."""
    one, other = (name.lower().replace("_", "").replace("-", "") for name in (one, other))
    return one == other or difflib.SequenceMatcher(None, one, other).ratio() > 0.9


def is_error(body):
    """True for a body that only says what went wrong."""
    if body is None or body.kind != "object" or not body.children:
        return False
    names = {child.name.lower() for child in body.children}
    return names <= {"error_code", "error_msg", "error", "errcode", "externalmessage", "error_ext_msg", "request_id", "code", "message", "details",
                     "error_description", "errors"} and bool(names & {"error_code", "error_msg", "error", "errcode", "errors"})
