"""The body that a group of tables describes: the root table, and the objects nested in it."""

from dataclasses import dataclass, field
import re

import cell_types

ITEMS = re.compile(r"^array elements?$|^\[.*\]$|^-$", re.I)
KEY = re.compile(r"^[{<].*[}>]$|^(user|custom)[ -](defined|custom)", re.I)
CONTAINERS = ("object", "array", "map", "any")


@dataclass
class Field:
    """One field: wire name, type, and the objects' tables are already fields of `children`."""

    name: str
    kind: str
    required: bool
    loose: bool = False
    children: list = field(default_factory=list)  # of an object
    inner: object = None  # of an array or map: a Field without a name
    cut: bool = False  # a cycle goes on here
    map: bool = False  # the type cell says map, a table has names
    table: bool = False  # the type cell only says which table describes it; examples say whether it is an array
    line: int = 0


class Bodies:
    """Resolves nested objects; `labels` finds a table of this page, `elsewhere` one of another page."""

    def __init__(self, layout, elsewhere):
        self.layout = layout
        self.elsewhere = elsewhere
        self.by_reference = {}
        self.orphans = []

    def body(self, tables):
        """The root Field of the tables, or nothing."""
        if not tables:
            return None
        self.scope = tables
        targets = self.targets(tables)
        roots = [table for table in tables if id(table) not in targets] or tables[:1]
        bodied = [table for table in roots if re.search(r"\bbody\b", table.caption.lower() + " " + table.part)]
        root = (bodied or roots)[0]
        self.orphans = [table for table in roots if table is not root]
        return self.root(root)

    def root(self, table):
        rows = table.rows
        names = [name_of(table, row) for row in rows]
        if len(names) == 1 and ITEMS.match(names[0]):
            made = self.field(table, rows[0], [id(table)])
            if made.kind == "array" or names[0] == "-":
                return made
            return Field("", "array", True, inner=made)
        made = Field("", "object", True, line=table.block.line)
        self.fill(made, [table], [id(table)])
        return made

    def targets(self, tables):
        """Tables of the group that a row or another table's caption refers to."""
        found, within = set(), {id(table) for table in tables}
        for table in tables:
            for row in table.rows:
                for cell in row:
                    for _, label in cell.references:
                        target = self.layout.labels.get(label)
                        if target is not None and target is not table and id(target) in within:
                            found.add(id(target))
        self.by_reference = set(found)
        for table in tables:
            for row in table.rows:
                made = self.type_of(table, row)
                leaf = leaf_of(made)
                if (leaf.kind in ("object", "any") or is_map(made)) and made.kind in CONTAINERS:
                    targets = self.referenced(table, row, made) or [self.captioned(table, row, leaf)]
                    found.update(id(target) for target in targets if target is not None and target is not table)
        return found

    def type_of(self, table, row):
        cell = table.cell(row, "type")
        if cell is None:
            # Without a column of types, a reference in the name or description still means an object.
            return cell_types.Type("any", understood=False)
        return cell_types.parse(cell.text, cell.references)

    def referenced(self, table, row, made):
        """The tables that the row refers to: from the type, the name, then the description."""
        leaf = leaf_of(made)
        for labels in (leaf.labels, labels_of(table.cell(row, "type")), labels_of(table.cell(row, "name")), labels_of(table.cell(row, "description")),
                       [label for cell in row for label in labels_of(cell)]):
            here = unique([self.layout.labels[label] for label in labels if label in self.layout.labels])
            if here:
                here = [target for target in here if self.in_scope(target)] or self.own(table, row, leaf) or here
                # Many references are a list of other things, such as a table for each kind of node.
                return outermost(here) if len(here) <= 2 else here[:1]
            if labels is leaf.labels or leaf.kind == "object" or is_map(made):
                for label in labels:
                    target = self.elsewhere(label)
                    if target is not None:
                        return self.own(table, row, leaf) or [target]
        return []

    def pointed(self, table, row):
        """The table that a sentence of the section names for the field."""
        name = name_of(table, row)
        for section, field_name, label in self.layout.pointers:
            if section == table.section and field_name == name:
                target = self.layout.labels.get(label) or self.elsewhere(label)
                if target is not None and target is not table:
                    return target
        return None

    def in_scope(self, target):
        return any(one is target for one in self.scope)

    def own(self, table, row, leaf):
        """A copied page may refer to the table of its pattern, and have its own copy without a label."""
        target = self.captioned(table, row, leaf)
        return [target] if target is not None and not target.labels else []

    def captioned(self, table, row, leaf):
        """The table of the same group whose caption or lead names the field."""
        name = name_of(table, row)
        wanted = [key(name)]
        if leaf.name:
            wanted.append(key(leaf.name))
        best = None
        for target in self.scope:
            if target is table:
                continue
            # What a reference leads to already has an owner, but another field may be of the same named type.
            sought = wanted[1:] if id(target) in self.by_reference else wanted
            for rank, said in enumerate(keys_of(target)):
                for one in sought:
                    if not one:
                        continue
                    if said == one:
                        # The name of the type says it best.
                        score = rank + (0 if leaf.name and one == wanted[-1] else 1)
                    elif said.endswith("." + one) or said.endswith("/" + one):
                        score = 4 + rank
                    elif forms(said) & forms(one):
                        score = 6 + rank
                    else:
                        continue
                    if best is None or score < best[0]:
                        best = (score, target)
        return best[1] if best else None

    def fill(self, made, tables, stack):
        rows = [(table, row) for table in tables for row in table.rows]
        by_name = {}
        for table, row in rows:
            name = name_of(table, row)
            if not name:
                continue
            parent, last = made, name
            for at in range(len(name) - 1, 0, -1):
                if name[at] in "./" and name[:at].rstrip("[]") in by_name and by_name[name[:at].rstrip("[]")].kind in CONTAINERS:
                    parent, last = by_name[name[:at].rstrip("[]")], name[at + 1:]
                    break
            one = self.field(table, row, stack)
            one.name = last
            if KEY.match(name):
                if made.kind == "object" and len(rows) == 1:
                    # The table is the map; a type that is a map says so once more.
                    inner = one.inner if self.type_of(table, row).kind == "map" and one.inner is not None else one
                    made.kind, made.inner, made.children = "map", inner, []
                    inner.name = ""
                    continue
                one.name = "{}"
            holder = leaf_field(parent)
            if holder.kind == "any":
                holder.kind = "object"
            same = next((child for child in holder.children if child.name == one.name), None)
            if same is not None and len(tables) > 1:
                merge(same, one)
                continue
            # A name that comes again in one table may belong to an object above it: see nesting.py.
            holder.children.append(one)
            by_name.setdefault(name, one)

    def field(self, table, row, stack):
        made = self.type_of(table, row)
        required = is_required(table.cell(row, "mandatory"))
        line = table.block.line
        one = self.typed(table, row, made, required, stack)
        one.table = made.table and one.kind == "object"
        one.line, one.loose = line, made.loose or not made.understood and one.kind == "any"
        return one

    def typed(self, table, row, made, required, stack):
        leaf = leaf_of(made)
        targets = []
        if made.kind in CONTAINERS and (leaf.kind in ("object", "any") or is_map(made)):
            if made.understood or labels_of(table.cell(row, "type")) or table.cell(row, "type") is None:
                targets = self.referenced(table, row, made)
            else:
                # A name of a structure, or a slip: the tables of the same group may say what it is.
                targets = [target for target in self.referenced(table, row, made) if self.in_scope(target)]
            if not targets:
                target = self.captioned(table, row, leaf) or self.pointed(table, row)
                targets = [target] if target is not None else []
            targets = [target for target in targets if target is not table or leaf.labels]
        return self.build(made, targets, required, stack)

    def build(self, made, targets, required, stack):
        one = Field("", made.kind, required, loose=made.loose)
        if made.kind in ("array", "map"):
            inner = made.inner
            if inner.kind == "any" and targets and made.kind == "array":
                inner = cell_types.Type("object")
            if inner.kind == "any" and targets and made.kind == "map" and is_map_table(targets[0]):
                return self.build(cell_types.Type("object"), targets, required, stack)
            if made.kind == "map" and targets and not leaf_of(made).labels and inner.inner is None:
                # A map whose keys are fixed and have a table of their own; examples may say otherwise (nesting.py).
                one = self.build(cell_types.Type("object"), targets, required, stack)
                one.map = True
                return one
            one.inner = self.build(inner, targets, True, stack)
        elif targets and made.kind in ("object", "any"):
            if any(id(target) in stack for target in targets):
                one.kind, one.cut = "object", True
                return one
            one.kind = "object"
            if len(targets) == 1 and len(targets[0].rows) == 1 and ITEMS.match(name_of(targets[0], targets[0].rows[0])):
                inner = self.field(targets[0], targets[0].rows[0], [*stack, id(targets[0])])
                if inner.kind != "array":
                    inner = Field("", "array", required, inner=inner)
                inner.name, inner.required = "", required
                return inner
            self.fill(one, targets, stack + [id(target) for target in targets])
        return one


def forms(name):
    """A name, and what it may be the plural of."""
    return {name, name.removesuffix("s"), name.removesuffix("es"), re.sub("ies$", "y", name)}


def is_map(made):
    """True for a map of plain values, and for an array of them."""
    made = made.inner if made.kind == "array" else made
    return made.kind == "map" and made.inner.inner is None


def is_map_table(table):
    return len(table.rows) == 1 and bool(KEY.match(name_of(table, table.rows[0])))


def merge(first, second):
    """Two rows of one name, of variants: what either has."""
    if not first.children and second.children:
        first.kind, first.children = second.kind, second.children
    if first.inner is None and second.inner is not None and first.kind == second.kind:
        first.inner = second.inner


def unique(tables):
    return list({id(table): table for table in tables}.values())


def outermost(tables):
    """Without a table that a row of another one refers to: it is one level deeper."""
    inner = {label for table in tables for row in table.rows for cell in row for label in labels_of(cell)}
    return [table for table in tables if not inner & set(table.labels)] or tables


def labels_of(cell):
    return [label for _, label in cell.references] if cell else []


def leaf_of(made):
    while made.inner is not None:
        made = made.inner
    return made


leaf_field = leaf_of


def is_required(cell):
    if cell is None:
        return False
    return bool(re.match(r"^\W*(yes|y|mandatory|true|required|m)\b", cell.text.strip(), re.I))


def name_of(table, row):
    cell = table.cell(row, "name")
    name = cell.text if cell else ""
    inner = table.cell(row, "inner")
    if inner is not None and inner.text.strip(" -") not in ("", "N/A"):
        name = f"{name}.{inner.text}" if name.strip() else inner.text
    name = re.sub(r"[\u200b\u200c\u200d\ufeff]", "", name).strip()
    name = re.sub(r"^- ", "", name).lstrip(">└─ ").strip()
    # A remark after the name, and quotes around it.
    name = re.sub(r"\s*\((optional|mandatory|required|deprecated|discarded|reserved|invalid|to be .*|unavailable.*|.* .*)\)\s*$", "", name, flags=re.I)
    return name.strip("\"'“”* ") if not re.fullmatch(r"[-*\"']+", name) else name


WORDS = re.compile(
    r"\b(data structure|structure|fields?|descriptions?|described?|parameters?|of the|of|the|in|information about|information|details?|attributes?|objects?|"
    r"response|request|body|has|have|following|table|array|elements?|format|a|an|is|are|for|each|type|json|definition|"
    r"included|contained|message|sub|under)\b", re.I)
NOUN = r"(?:data structure|structure|fields?|parameters?|objects?|attributes?|elements?|array|list|struct|keys?|information)"
PATTERNS = [re.compile(pattern, re.I) for pattern in (
    rf"\b(?:of|in|for) (?:the )?([\w.:/\[\]-]+) {NOUN}\b",
    rf"^(?:the )?([\w.:/\[\]-]+) {NOUN}\b",
    rf"\b{NOUN} ([\w.:/\[\]-]+)$",
    r"^([\w.:/\[\]-]+) descriptions?$",
    r"\b(?:description|structure|parameters|fields|details|attributes|information) (?:of|in|about|for) (?:the )?([\w.:/\[\]-]+)$",
)]
NEVER = {"request", "response", "body", "query", "path", "header", "uri", "url", "parameter", "parameters", "description", "the", "a", "this", "and",
         "requestbody", "responsebody", "of", "in", "is", "data", "field", "fields", "following", "each", "related", "common", "optional", "mandatory"}


def key(text):
    return re.sub(r"\s+", "", text.lower().replace("-", "_").strip("\"'*:. "))


def keys_of(table):
    """What the caption, then the nearest leads, may name; the most exact first."""
    if not hasattr(table, "named"):
        table.named = []
        for text in [table.caption, *(lead for lead in reversed(table.leads[-2:]) if len(lead) < 120)]:
            bare = re.sub(r"\(.*?\)", " ", text)
            bare = re.sub(r"\s+", " ", re.sub(r"[*\"'`:,“”]", " ", bare)).strip(" .-")
            found = [match.group(1) for pattern in PATTERNS for match in [pattern.search(bare)] if match]
            left = re.sub(r"\s+", " ", WORDS.sub(" ", bare)).strip(" .-,")
            found += [one for one in (left, bare) if one and " " not in one]
            # "a/b" is a path, or two names.
            found += [piece for one in found for piece in one.split("/") if "/" in one]
            table.named += [key(one) for one in found if key(one) not in NEVER and key(one) not in table.named]
    return table.named
