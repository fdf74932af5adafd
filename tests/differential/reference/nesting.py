"""Flat tables: the rows of a nested object follow its own row, and only the example shows that they are inside.

    scheduled_policy   dict            { "scheduled_policy": { "start_time": "12:00" }, "tags": [] }
    start_time         string
    tags               list<dict>
"""

from bodies import Field


def nest(root, examples):
    """Moves fields to where the examples have them."""
    if root is None:
        return
    inner = root.inner if root.kind == "array" else root
    value = merged([one for example in examples for one in (example if isinstance(example, list) else [example])])
    if inner is not None and inner.kind == "object" and value:
        _nest(inner, value)


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
        inner = merged(inner if isinstance(inner, list) else [inner])
        if is_open(child):
            run = following(one.children, at + 1, value, inner) if inner else again(one.children, at + 1, moved)
            if run:
                moved |= {field.name for field in run[1]}
                del one.children[at + 1:at + 1 + run[0]]
                into(child, run[1])
        leaf = child.inner if child.kind == "array" and child.inner is not None else child
        if leaf.kind == "object" and inner:
            _nest(leaf, inner)
        at += 1
    seen = {}
    one.children = [seen.setdefault(child.name, child) for child in one.children if child.name not in seen]


def is_open(child):
    leaf = child.inner if child.kind == "array" and child.inner is not None else child
    return leaf.kind in ("object", "any") and not leaf.children and not leaf.cut and child.kind in ("object", "array", "any")


def following(children, start, outer, inner):
    """How many of the next fields are inside, and the fields: up to the last one that the example has there."""
    before = {child.name for child in children[:start]}
    last = 0
    deep = keys(inner)
    for at in range(start, len(children)):
        name = children[at].name
        if name in outer and not (name in before and name in inner):
            break
        if is_open(children[at]) and name not in deep:
            break
        if name in deep:
            last = at - start + 1
    return (last, children[start:start + last]) if last else None


def again(children, start, moved):
    """The same for an object that the examples do not have: names that were inside of one before."""
    end = start
    while end < len(children) and children[end].name in moved:
        end += 1
    return (end - start, children[start:end]) if end > start else None


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
