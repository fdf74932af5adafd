"""What each block of a page is for: section, lead, status, and the tables and examples that follow from it.

This is where headings, bullet leads and captions are understood. Types and nested objects are not looked at.
"""

from dataclasses import dataclass, field
import re

# What the first column of a table of parameters is called.
NAME = re.compile(
    r"^(\*?parameters?|(parameter|field|attribute|key|header|element|property|variable) ?names?|names?|fields?|attributes?|"
    r"response items?|items?|elements?|keys?|property|properties|headers?|request header|sub-?parameters?|parameter \(.*\))$", re.I)
TYPE = re.compile(r"^((parameter |data |value |field )?types?|string|type \(.*\)|format|parameter type)$", re.I)
MANDATORY = re.compile(r"^(mandatory.*|required|is mandatory|mandatory or not|compulsory|optional|whether mandatory|manda ?tory)$", re.I)
PLACE = re.compile(r"^(in|location|parameter location|position|passed in|mode|parameter type \(.*\)|http location)$", re.I)
DESCRIPTION = re.compile(r"^(.*description.*|remarks?|meaning|definition|note)$", re.I)
STATUS_HEAD = re.compile(r"(status|return(ed)? ?(value|code)|error ?code|http ?code|^code$|return code|exception)", re.I)

POINTER = re.compile(r"\b(?:of|about|for) the ([\w.:-]+) (?:fields?|objects?|parameters?|structure|data structure)\b", re.I)
STATUS_LEAD = re.compile(r"^\W*(?:http )?(?:status|response|return(?:ed)?)[ _-]*(?:code|value)?s?\W{0,6}(\d{3})\b", re.I)
HTTP_LINE = re.compile(r"^\s*(?:HTTP/\d(?:\.\d)?\s+|STATUS(?:[ _]CODE)?\W{0,3})(\d{3})\b", re.I)


@dataclass
class Table:
    """A table of parameters with all that says what it is for."""

    page: str
    block: object
    section: str  # uri, request, response, status, error, other
    caption: str
    leads: list  # the paragraphs before it, the nearest last
    part: str  # what the section's lead says: path, query, header, body or nothing
    status: str  # "200", "error" or nothing
    labels: list
    columns: dict
    inner: str = ""  # of a response: "response" or "example"

    @property
    def rows(self):
        return self.block.rows

    def cell(self, row, column):
        at = self.columns.get(column)
        return row[at] if at is not None and at < len(row) else None


@dataclass
class Example:
    kind: str  # request, response, both
    status: str
    line: int
    text: str


@dataclass
class Layout:
    title: str
    sections: list = field(default_factory=list)
    uri: list = field(default_factory=list)  # blocks of the URI section
    tables: list = field(default_factory=list)
    examples: list = field(default_factory=list)
    statuses: set = field(default_factory=set)
    labels: dict = field(default_factory=dict)
    pointers: list = field(default_factory=list)  # (section, field, label): sentences that say where a field is described
    line: int = 1


def section_of(title, before):
    """The role of a heading."""
    said = title.strip().lower()
    if re.search(r"\b(example|sample)s?\b", said):
        if "request" in said and "response" not in said:
            return "request example"
        if re.search(r"response|return(ed|s)?\b", said) and "request" not in said:
            return "response example"
        return "example"
    if re.search(r"\bur[il]\b", said):
        return "uri"
    if re.search(r"abnormal|error (message|response)|exception", said) and "code" not in said:
        return "abnormal"
    if re.search(r"status ?code|return(ed)? (value|code)|^code$|http status", said):
        return "status"
    if re.search(r"error ?code", said):
        return "error"
    if re.search(r"response|^returns?$|output", said):
        return "response"
    if re.search(r"request|^body|input|header", said):
        return "request"
    if re.search(r"^parameters?( descriptions?)?$", said):
        # Some editions put what comes back under this heading.
        return "response" if "request" in before else "request"
    return "other"


class Reader:
    """Walks through the blocks of one page."""

    def __init__(self, name, page):
        self.name = name
        self.page = page
        self.layout = Layout(page.title)
        self.section = "other"
        self.mode = ""  # inside a section: request example, response example, uri example
        self.part = ""
        self.status = ""
        self.outcome = ""
        self.leads = []
        self.pending = []
        self.sought = []
        self.seen = []

    def read(self):
        first = True
        for block in self.page.blocks:
            if block.kind == "heading":
                if first:
                    first = False
                    self.layout.line = block.line
                    self.pending = []
                    continue
                self.heading(block)
            elif block.kind == "label":
                self.pending.append(block.text)
            elif block.kind == "paragraph":
                self.paragraph(block)
            elif block.kind == "code":
                self.code(block)
            elif block.kind == "table":
                self.table(block)
        return self.layout

    def heading(self, block):
        self.section = section_of(block.text, self.seen)
        self.seen.append(self.section)
        self.layout.sections.append((block.text, self.section))
        self.mode, self.part, self.outcome = "", part_of(block.text), ""
        self.status = ""
        if self.section == "abnormal":
            self.section, self.outcome, self.status = "response", "error", "error"
        elif self.section.endswith("example") or self.section == "example":
            self.mode = self.section
        found = STATUS_LEAD.match(block.text)
        if found:
            self.status = found.group(1)
        self.leads = []
        # A reference to a section means its first table.
        self.sought = self.pending
        self.pending = []

    def paragraph(self, block):
        text = block.text.strip()
        if self.section == "uri":
            self.layout.uri.append(block)
        if block.note and len(text) > 60:
            return
        if self.section == "status":
            # A sentence about codes in general is not a list of this operation's.
            if re.match(r"^\W*[1-5]\d\d\b", text) or STATUS_LEAD.match(text):
                self.layout.statuses.update(re.findall(r"\b([1-5]\d\d)\b", text)[:3])
            if block.bullet:
                self.outcome = "error" if re.search(r"abnormal|error|fail", text, re.I) else ""
            self.leads.append(text)
            return
        match = POINTER.search(text)
        if match and block.references:
            self.layout.pointers.append((self.section, match.group(1), block.references[-1][1]))
        found = STATUS_LEAD.match(text)
        if found and len(text) < 120:
            self.status = found.group(1)
            self.layout.statuses.add(self.status)
            self.leads = [text]
            return
        self.leads.append(text)
        if len(text) <= 110 and not text.endswith((".", ";")) or block.bullet and len(text) <= 60:
            self.lead(block, text)

    def lead(self, block, text):
        said = text.lower().rstrip(":：. ")
        if self.section in ("uri", "request", "response", "example", "request example", "response example", "other"):
            example = re.search(r"\b(examples?|samples?)\b", said)
            if example and (block.bullet or len(said) < 60) and not re.search(r"table|description of", said):
                if re.search(r"response|return(ed|s)?\b", said):
                    self.mode = "response example"
                elif re.search(r"request|body|curl", said):
                    self.mode = "request example"
                elif self.section == "uri":
                    self.mode = "uri example"
                elif self.section in ("request", "response") and not self.mode:
                    self.mode = f"{self.section} example"
                self.outcome = outcome_of(said)
                if self.section in ("response", "response example", "example"):
                    self.status = "error" if self.outcome == "error" else ("" if self.status == "error" else self.status)
                return
            if block.bullet and self.section == "example" or self.section == "example" and len(said) < 30:
                if re.search(r"response|return", said):
                    self.mode = "response example"
                elif re.search(r"request", said):
                    self.mode = "request example"
        if self.section == "response" or self.section == "response example":
            outcome = outcome_of(said)
            if outcome and (block.bullet or len(said) < 50):
                self.outcome = outcome
                self.status = "error" if outcome == "error" else ""
                if self.section == "response" and not re.search("example", said):
                    self.mode = ""
        if self.section in ("uri", "request", "response"):
            if re.search(r"parameters?|fields?|header|body|format", said) and len(said) < 90 or block.bullet and len(said) < 50:
                if re.search(r"^(url|uri)? ?format|parameter|field|body|header|normal|success", said):
                    self.mode = ""
                self.part = part_of(text) or (self.part if not block.bullet else "")

    def code(self, block):
        if self.section == "uri":
            self.layout.uri.append(block)
        found = HTTP_LINE.match(block.text)
        if found:
            self.status = found.group(1)
        kind = {"request": "request", "request example": "request", "response": "response", "response example": "response",
                "example": "both"}.get(self.mode or self.section)
        if self.section == "other" and not self.mode:
            kind = None
        if kind:
            lead = " ".join(self.leads[-1:])
            status = self.status
            if kind != "request" and not status and outcome_of(lead.lower()) == "error":
                status = "error"
            self.layout.examples.append(Example(kind, status, block.line, block.text))
        self.leads = []

    def table(self, block):
        columns = columns_of(block)
        labels, self.pending = self.pending, []
        heads = [cell.text for row in block.head[:1] for cell in row]
        if heads and STATUS_HEAD.search(heads[0]) and not re.search("error_code", heads[0]):
            if self.section in ("status", "response") or re.search("status|return", heads[0], re.I):
                for row in block.rows:
                    if row:
                        self.layout.statuses.update(re.findall(r"\b([1-5]\d\d)\b", row[0].text)[:1])
            return
        if columns is None:
            return
        caption = clean_caption(block.text)
        section = self.section
        if section in ("request example", "response example", "example"):
            section = section.removesuffix(" example") if section != "example" and "type" in columns else "other"
        status = self.status or ("error" if self.outcome == "error" else "")
        table = Table(self.name, block, section, caption, list(self.leads), self.part, status, labels, columns)
        # A body's caption ends what a lead before it said of headers.
        if part_of(caption) == "body":
            self.part = "body"
        self.layout.tables.append(table)
        for label in labels:
            self.layout.labels[label] = table
        for label in self.sought:
            self.layout.labels.setdefault(label, table)
        self.sought = []
        self.leads = []


def outcome_of(said):
    if re.search(r"\b(fields?|parameter)\b.*\berror\b|\berror\b.*\bfield", said):
        return ""
    if re.search(r"\babnormal|\bfail(ed|ure|s)?\b|\berrors?\b|unsuccess|exception", said) and not re.search(r"error (logs?|list)", said):
        return "error"
    if re.search(r"\bnormal|success|succeed", said):
        return "success"
    return ""


def part_of(text):
    """The place of parameters that a caption or lead states."""
    said = text.lower()
    if re.search(r"header", said) and not re.search(r"insert_headers|headers? (field|object|structure|data)|field", said):
        return "header"
    if re.search(r"\bbody\b", said):
        return "body"
    if re.search(r"\bquery (parameters?|string)|parameters? in the query|filter parameters|\bquery\b.*parameter", said):
        return "query"
    if re.search(r"\bpath\b.*parameter|parameters? in the path", said):
        return "path"
    return ""


def clean_caption(text):
    return re.sub(r"^\s*Table\s*\d*(-\d+)?\s*[:.]?\s*", "", text.strip(), flags=re.I).strip()


def columns_of(block):
    """The columns of a table of parameters by what they hold, or nothing where it is another table."""
    if not block.head:
        return None
    heads = [re.sub(r"[\u200b\ufeff]", "", cell.text).strip() for cell in block.head[0]]
    columns = {}
    for at, head in enumerate(heads):
        for kind, pattern in (("mandatory", MANDATORY), ("place", PLACE), ("type", TYPE), ("name", NAME), ("description", DESCRIPTION)):
            if pattern.match(head):
                if kind == "name" and "name" in columns:
                    # "Response Item, Parameter": the first one is a place.
                    if re.match(r"(response )?item", heads[columns["name"]], re.I) and at == columns["name"] + 1:
                        columns["item"] = columns["name"]
                        columns["name"] = at
                    elif re.match(r"sub", head, re.I):
                        columns["inner"] = at
                    break
                columns.setdefault(kind, at)
                break
    if "name" not in columns and ("type" in columns or "mandatory" in columns) and columns.get("type") != 0 and columns.get("mandatory") != 0:
        columns["name"] = 0
    if "name" not in columns:
        return None
    if not {"type", "mandatory", "description"} & set(columns):
        return None
    if "type" not in columns and "mandatory" not in columns and len(heads) > 3:
        return None
    return columns
