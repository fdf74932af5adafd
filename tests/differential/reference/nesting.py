"""Flat tables: the rows of a nested object follow its own row, and only the example shows that they are inside.

    scheduled_policy   dict            { "scheduled_policy": { "start_time": "12:00" }, "tags": [] }
    start_time         string
    tags               list<dict>
"""

from bodies import Field

# What comes instead of a body when a call fails stays beside it.
FAILURE = ("error_code", "error_msg", "message", "code")


def nest(root, examples):
    """Moves fields to where the examples have them."""
    if root is None:
        return
    wrap(root, examples)
    inner = root.inner if root.kind == "array" else root
    value = merged(flatter(examples))
    if inner is not None and inner.kind == "object" and value:
        _nest(inner, value)


def wrap(root, examples):
    """Puts all fields into the one key that the examples have around them and no table has."""
    examples = [one for one in examples if isinstance(one, dict)]
    names = {child.name for child in root.children}
    if root.kind != "object" or names <= set(FAILURE) or not examples or any(names & set(one) for one in examples) or len(examples[0]) != 1:
        return
    (name, value), = examples[0].items()
    first = value[0] if isinstance(value, list) and value else value
    if not isinstance(first, dict) or not names & set(first) or len(names & set(first)) * 2 < len(first) or has(root, name):
        return
    around = Field(name, "object", any(child.required for child in root.children), children=root.children)
    if isinstance(value, list):
        around.kind, around.children, around.inner = "array", [], Field("", "object", True, children=root.children)
    root.children = [around]


def has(one, name):
    """True where a field has the name, at any depth."""
    return any(child.name == name or has(child, name) for child in [*one.children, *([one.inner] if one.inner else [])])


def adopt(root, orphans, examples):
    """Gives tables that nothing refers to, as (table, body), to the open field whose example has their names; the rest is returned."""
    left = []
    for table, body in orphans:
        names = {child.name for child in body.children}
        owner = root and next((one for one, value in opened(root, merged(flatter(examples))) if fits(names, value)), None)
        if owner is not None and body.kind == "object":
            into(owner, body.children)
        else:
            left.append((table, body))
    return left


def flatter(examples):
    return [one for example in examples for one in (example if isinstance(example, list) else [example])]


def fits(names, value):
    return len(names & set(value)) * 2 > len(value) and bool(names)


def opened(one, value):
    """The open fields below, each with its example."""
    one = one.inner if one.kind == "array" and one.inner is not None else one
    for child in one.children:
        inner = value.get(child.name)
        inner = merged(inner if isinstance(inner, list) else [inner])
        if not inner:
            continue
        if is_open(child):
            yield child, inner
        yield from opened(child, inner)


def merged(values):
    """All keys of some objects, each with the first value that is not empty."""
    found = {}
    for value in values:
        if isinstance(value, dict):
            for name, inner in value.items():
                if not found.get(name):
                    found[name] = inner
    return found


def _nest(one, value):
    at = 0
    moved = set()
    while at < len(one.children):
        child = one.children[at]
        inner = value.get(child.name)
        if child.table and isinstance(inner, list):
            child.inner, child.kind, child.children = Field("", "object", True, children=child.children, cut=child.cut), "array", []
            child.cut = False
        inner = merged(inner if isinstance(inner, list) else [inner])
        if is_open(child):
            run = inside(one.children, at, value, inner) if inner else again(one.children, at + 1, moved)
            if run:
                moved |= {field.name for field in run}
                one.children = [field for field in one.children if not any(field is other for other in run)]
                at = next(index for index, field in enumerate(one.children) if field is child)
                into(child, run)
        leaf = child.inner if child.kind == "array" and child.inner is not None else child
        if leaf.kind == "object" and inner:
            _nest(leaf, inner)
        if leaf.map and inner:
            unfix(leaf, inner)
        at += 1
    seen = {}
    one.children = [seen.setdefault(child.name, child) for child in one.children if child.name not in seen]


def unfix(child, value):
    """A map whose table describes its values, not its keys, by the example."""
    names = {one.name for one in child.children}
    inside = merged(flatter(list(value.values())))
    if names & set(value) or not names & set(inside):
        return
    inner = Field("", "object", True, children=child.children)
    child.kind, child.children = "map", []
    child.inner = inner


def is_open(child):
    leaf = child.inner if child.kind == "array" and child.inner is not None else child
    return leaf.kind in ("object", "any") and not leaf.children and not leaf.cut and child.kind in ("object", "array", "any")


def inside(children, at, outer, inner):
    """The fields that the examples have inside of the one at `at`: the next ones, and any whose name is only there."""
    child = children[at]
    deep = keys(inner)
    if not deep & {field.name for field in children if field is not child and field.name not in outer}:
        repeated = at + 1 < len(children) and children[at + 1].name in {field.name for field in children[:at]} & set(inner)
        if not repeated:
            return []
    if len(outer) == 1:
        return [field for field in children if field is not child and (field.name in deep or field.name not in FAILURE)]
    before = {field.name for field in children[:at]}
    last = start = at + 1
    for index in range(start, len(children)):
        name = children[index].name
        if name in outer and not (name in before and name in inner):
            break
        if is_open(children[index]) and name not in deep:
            break
        if name in deep:
            last = index + 1
    run = children[start:last]
    names = [field.name for field in children]
    return [field for field in children if any(field is other for other in run)
            or field is not child and field.name in inner and field.name not in outer and names.count(field.name) == 1]


def again(children, start, moved):
    """The same for an object that the examples do not have: names that were inside of one before."""
    end = start
    while end < len(children) and children[end].name in moved:
        end += 1
    return children[start:end]


def keys(value):
    """The names in a value at any depth: an object inside may be flat as well."""
    found = set(value) if isinstance(value, dict) else set()
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        found |= keys(inner)
    return found


def into(child, fields):
    if child.kind == "array":
        if child.inner is None or child.inner.kind != "object":
            child.inner = Field("", "object", True)
        child.inner.children = list(fields)
    else:
        child.kind = "object"
        child.children = list(fields)
