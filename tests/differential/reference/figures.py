"""Compares two readings of one page and counts."""

from collections import Counter
import re

import flat
import uri

# What one reading may call another kind without a difference in what is sent.
ALIKE = [{"object", "map"}, {"integer", "number"}]

class Page:
    """The differences of one page and its counts: `counts[what]` is [agree, of]."""

    def __init__(self, name):
        self.name = name
        self.counts = Counter()
        self.differences = []

    def count(self, what, agree, of=1):
        self.counts[what, "agree"] += agree
        self.counts[what, "of"] += of

    def differ(self, what, text, line=0):
        self.differences.append((what, text, line))


def compare(operation, extracted):
    """`operation` is this reading of a page, `extracted` the lines that were printed for it."""
    page = Page(operation.page)
    shapes = [(one.method, uri.shape(one.path)) for one in (operation, *operation.others)]
    ours = shapes[0]
    same = [line for line in extracted if (line["method"].upper(), uri.shape(line["path"])) in shapes]
    page.count("operations found", bool(same))
    if not same:
        said = ", ".join(f"{line['method']} {line['path']}" for line in extracted) or "no line"
        page.differ("operation", f"docutils {ours[0]} {operation.path}; extracted {said}", operation.line)
        return page
    first = next((line for line in same if (line["method"].upper(), uri.shape(line["path"])) == ours), same[0])
    page.count("titles", squeezed(first["title"]) == squeezed(operation.title))
    if squeezed(first["title"]) != squeezed(operation.title):
        page.differ("title", f"{operation.title!r}; extracted {first['title']!r}")
    page.count("path as written", first["path"] == operation.path)
    if first["path"] != operation.path:
        page.differ("path", f"{operation.path}; extracted {first['path']}", operation.line)
    parameters(page, operation, first)
    defs = first.get("$defs", {})
    request = (first.get("request") or {}).get("schema")
    allowed = {path for side, body in operation.variants if side == "request" for path in flat.of_field(body)}
    theirs = flat.of_schema(request, defs)
    fields(page, "request", flat.of_field(operation.request), theirs, allowed)
    ours, allowed = {}, set()
    for body in operation.responses.values():
        update(ours, flat.of_field(body))
    for side, body in operation.variants:
        if side == "response":
            allowed |= set(flat.of_field(body))
    theirs, failures = {}, {}
    for response in first.get("responses", ()):
        # An open value says no more than that something may come.
        if response.get("schema") not in (None, True, {}):
            update(theirs if success(response) else failures, flat.of_schema(response["schema"], defs))
    fields(page, "response", ours, theirs, allowed)
    ours = {}
    for body in operation.failures.values():
        update(ours, flat.of_field(body))
    fields(page, "error", ours, failures, set())
    statuses(page, operation, first)
    example_values(page, operation, first)
    acceptance(page, operation, first, request, defs)
    silent = {"path", "title", "example missing", "example kind", "error status missing", "success status missing"}
    page.count("pages without a difference in parameters and bodies", all(kind in silent for kind, _, _ in page.differences))
    return page


def update(into, more):
    for path, entry in more.items():
        if path in into:
            into[path].cut = into[path].cut or entry.cut
            if into[path].kind in ("any", "object") and entry.kind not in ("any",):
                into[path].kind = entry.kind
        else:
            into[path] = entry


def success(response):
    return not re.match(r"^[45]", str(response.get("status", ""))) and str(response.get("status")) != "error"


def squeezed(text):
    return re.sub(r"\s+", "", text)


def parameters(page, operation, line):
    def identity(name, place):
        return (flat.squeezed(name).lower() if place == "header" else flat.squeezed(name), place)
    ours = {identity(one.name, one.place): one for one in operation.parameters}
    theirs = {identity(one["name"], one["in"]): one for one in line["parameters"]}
    for place in ("path", "query", "header"):
        mine = {key for key in ours if key[1] == place}
        other = {key for key in theirs if key[1] == place}
        page.count(f"parameters in {place}", len(mine & other), len(mine | other))
        page.count("parameters, name and place", len(mine & other), len(mine | other))
        for key in sorted(mine - other):
            page.differ(f"{place} parameter missing", key[0])
        for key in sorted(other - mine):
            page.differ(f"{place} parameter spurious", key[0])
    for key in sorted(set(ours) & set(theirs)):
        mine, other = ours[key], theirs[key]
        agree = mine.required == bool(other.get("required"))
        page.count("parameters required", agree)
        if not agree:
            page.differ("parameter required", f"{key[0]} in {key[1]}: {mine.required}; extracted {other.get('required')}")
        if not mine.kind or mine.loose:
            continue
        kind = flat.kind_of(resolve(other.get("schema", {}), line.get("$defs", {})))
        agree = alike(mine.kind, kind)
        page.count("parameter types", agree)
        if not agree:
            page.differ("parameter type", f"{key[0]} in {key[1]}: {mine.kind}; extracted {kind}")


def resolve(schema, defs):
    while isinstance(schema, dict) and "$ref" in schema:
        schema = defs.get(schema["$ref"].rsplit("/", 1)[-1], {})
    return schema if isinstance(schema, dict) else {}


def alike(one, other):
    return one == other or any({one, other} <= pair for pair in ALIKE)


def fields(page, side, ours, theirs, allowed):
    if not ours and not theirs:
        return
    if not ours or not theirs:
        count = len(ours or theirs)
        if ours:
            page.differ(f"{side} body missing", f"{count} paths: {' '.join(list(ours)[1:6])}")
        elif allowed:
            return
        else:
            page.differ(f"{side} body spurious", f"{count} paths: {' '.join(list(theirs)[1:6])}")
    page.count(f"{side} bodies", bool(ours) and bool(theirs))
    cuts = [path for one in (ours, theirs) for path, entry in one.items() if entry.cut]
    mine = {path for path in ours if counted(path, ours, cuts)}
    other = {path for path in theirs if counted(path, theirs, cuts)}
    spurious = other - mine - allowed - {path + "{}" for path, entry in ours.items() if entry.map}
    for name in ("", f"{side} ")[side == "error":]:
        page.count(f"{name}field paths found", len(mine & other), len(mine))
        page.count(f"{name}field paths spurious", len(spurious), len(other))
    if ours and theirs:
        for word, paths, all_of in (("missing", mine - other, other), ("spurious", spurious, mine)):
            for path in sorted(paths):
                # Only the topmost: what is below follows from it.
                if parent(path) not in paths:
                    below = sum(1 for one in paths if one.startswith((path + ".", path + "[]", path + "{}")))
                    page.differ(f"{side} field {word}", path + (f" (+{below})" if below else ""))
    for path in sorted((mine & other) | ({""} if "" in ours and "" in theirs else set())):
        one, two = ours[path], theirs[path]
        if one.loose and two.kind in ("string", "integer", "number", "any"):
            continue
        agree = alike(one.kind, two.kind)
        page.count("error field types" if side == "error" else "field types", agree)
        if not agree:
            page.differ(f"{side} field type", f"{path or '(root)'}: {one.kind}; extracted {two.kind}")
        if side == "request" and path and not path.endswith(("[]", "{}")):
            agree = one.required == two.required
            page.count("request fields required", agree)
            if not agree:
                page.differ("request field required", f"{path}: {one.required}; extracted {two.required}")
        if side == "response" and path and not path.endswith(("[]", "{}")):
            page.count("response fields required", one.required == two.required)


def parent(path):
    if path.endswith(("[]", "{}")):
        return path[:-2]
    return path.rpartition(".")[0]


def counted(path, entries, cuts):
    if not path:
        return False
    if path.endswith(("{}", "[]")) and entries[path].kind == "any":
        # An open array or map says no more than its own path.
        return False
    return not any(path.startswith((cut + ".", cut + "[]", cut + "{}")) if cut else False for cut in cuts)


def statuses(page, operation, line):
    theirs = {str(one["status"]) for one in line.get("responses", ())}
    missing = operation.errors - theirs
    page.count("error statuses", len(operation.errors & theirs), len(operation.errors))
    if missing:
        page.differ("error status missing", " ".join(sorted(missing)))
    missing = operation.successes - theirs
    page.count("success statuses", len(operation.successes & theirs), len(operation.successes))
    if missing:
        page.differ("success status missing", " ".join(sorted(missing)))


def example_values(page, operation, line):
    theirs = [one.get("json") for one in line.get("examples", ())]
    kinds = {(one["kind"], repr(one.get("json"))) for one in line.get("examples", ())}
    for kind, status, at, value, strict in operation.examples:
        name = "examples, strict" if strict else "examples, tolerated"
        agree = value in theirs
        page.count(name, agree)
        if not agree:
            page.differ("example missing", f"{kind} {'strict' if strict else 'tolerated'} {str(value)[:60]}", at)
        else:
            agree = (kind, repr(value)) in kinds
            page.count("example kinds", agree)
            if not agree:
                page.differ("example kind", f"{kind}; extracted as the other", at)


def acceptance(page, operation, line, request, defs):
    """Whether the schemas take the page's first strict example: of this reading, and of the extracted one."""
    first = next((one for one in operation.examples if one[0] == "request" and one[4]), None)
    if first and operation.request is not None:
        accept(page, "request", first, flat.to_schema(operation.request), request, defs)
    first = next((one for one in operation.examples if one[0] == "response" and one[4] and not (one[1] or "2").startswith(("e", "4", "5"))), None)
    ours = [body for body in operation.responses.values() if body is not None]
    if first and ours:
        theirs = next((one.get("schema") for one in line.get("responses", ()) if success(one) and one.get("schema") not in (None, {})), None)
        accept(page, "response", first, flat.to_schema(ours[0]), theirs, defs)


def accept(page, side, example, ours, theirs, defs):
    _, _, at, value, _ = example
    mine = flat.accepts(ours, {}, value)
    other = flat.accepts(theirs, defs, value) if theirs is not None else "no schema"
    page.count(f"{side} schemas that take the example: docutils", mine is None)
    page.count(f"{side} schemas that take the example: extracted", other is None)
    # As JSON Schema reads it: a key that no table has is no fault.
    page.count(f"{side} schemas that take the example, other keys aside", theirs is not None and flat.accepts(theirs, defs, value, closed=False) is None)
    if other and not mine:
        page.differ(f"{side} example refused", other, at)
