"""Bodies as flat paths (`images[].id`, maps as `{}`), from this reading and from JSON Schema."""

from dataclasses import dataclass

SCALARS = ("string", "integer", "number", "boolean")


@dataclass
class Entry:
    kind: str
    required: bool
    loose: bool = False
    cut: bool = False  # what is below is left out: a cycle
    map: bool = False  # further keys may come


LIMIT = 20000


def of_field(root):
    """Paths of a body as this reading has it."""
    found = {}
    if root is not None:
        _field(root, "", found)
    return found


def _field(one, path, found):
    if len(found) > LIMIT:
        return
    if path in found:
        found[path].cut = found[path].cut or one.cut
    else:
        found[path] = Entry(one.kind, one.required, one.loose, one.cut, one.map)
    if one.inner is not None:
        _field(one.inner, path + ("[]" if one.kind == "array" else "{}"), found)
    for child in one.children:
        name = child.name
        _field(child, (path + "{}") if name == "{}" else (f"{path}.{squeezed(name)}" if path else squeezed(name)), found)


def squeezed(name):
    """A name without the spaces that a narrow column puts into it."""
    return "".join(name.split())


def of_schema(schema, defs):
    """Paths of a body in JSON Schema."""
    found = {}
    if schema is not None:
        _schema(schema, defs, "", True, found, ())
    return found


def _schema(schema, defs, path, required, found, stack):
    if len(found) > LIMIT:
        return
    if schema is True or schema is False or schema == {}:
        found.setdefault(path, Entry("any", required))
        return
    name = schema.get("$ref")
    if name is not None:
        name = name.rsplit("/", 1)[-1]
        if name in stack:
            found.setdefault(path, Entry("object", required)).cut = True
            return
        _schema(defs.get(name, {}), defs, path, required, found, (*stack, name))
        rest = {key: value for key, value in schema.items() if key in ("properties", "items", "anyOf", "oneOf", "allOf")}
        if rest:
            _schema({"type": "object", **rest}, defs, path, required, found, (*stack, name))
        return
    for word in ("anyOf", "oneOf", "allOf"):
        for part in schema.get(word, ()):
            _schema(part, defs, path, required, found, stack)
    kind = kind_of(schema)
    if not any(word in schema for word in ("anyOf", "oneOf", "allOf")) or "properties" in schema or "items" in schema:
        entry = found.setdefault(path, Entry(kind, required))
        if entry.kind == "any" and kind != "any":
            entry.kind = kind
    for name, child in schema.get("properties", {}).items():
        name = squeezed(name)
        _schema(child, defs, f"{path}.{name}" if path else name, name in map(squeezed, schema.get("required", ())), found, stack)
    items = schema.get("items", schema.get("prefixItems"))
    if items is not None and kind in ("array", "any"):
        _schema(items if not isinstance(items, list) else items[0], defs, path + "[]", True, found, stack)
    values = schema.get("additionalProperties")
    if isinstance(values, dict):
        _schema(values, defs, path + "{}", True, found, stack)
    for values in schema.get("patternProperties", {}).values():
        _schema(values, defs, path + "{}", True, found, stack)


def kind_of(schema):
    kind = schema.get("type")
    if isinstance(kind, list):
        kinds = [one for one in kind if one != "null"]
        kind = kinds[0] if len(kinds) == 1 else "any"
    if kind is None:
        if "properties" in schema:
            return "object"
        if "items" in schema:
            return "array"
        if isinstance(schema.get("additionalProperties"), dict):
            return "map"
        return "any"
    if kind == "object" and "properties" not in schema and isinstance(schema.get("additionalProperties"), dict):
        return "map"
    return kind


def to_schema(one):
    """A body of this reading as JSON Schema, without references: a cycle ends in an open value."""
    if one is None or one.cut:
        return {}
    if one.kind in SCALARS:
        return {} if one.loose else {"type": one.kind}
    if one.kind == "array":
        return {"type": "array", "items": to_schema(one.inner)}
    if one.kind == "map":
        return {"type": "object", "additionalProperties": to_schema(one.inner)}
    if one.kind == "object":
        made = {"type": "object"}
        named = [child for child in one.children if child.name != "{}"]
        if named:
            made["properties"] = {child.name: to_schema(child) for child in named}
            required = [child.name for child in named if child.required]
            if required:
                made["required"] = required
        if one.map:
            made["additionalProperties"] = {}
        for child in one.children:
            if child.name == "{}":
                made["additionalProperties"] = to_schema(child)
        return made
    return {}


def accepts(schema, defs, value, closed=True, depth=0):
    """Why a schema does not take a value, or nothing; `closed`: a key that the schema does not name counts."""
    if schema is True or not schema or depth > 60:
        return None
    if "$ref" in schema:
        return accepts(defs.get(schema["$ref"].rsplit("/", 1)[-1], {}), defs, value, closed, depth + 1)
    for word in ("anyOf", "oneOf"):
        if word in schema:
            reasons = [accepts(part, defs, value, closed, depth + 1) for part in schema[word]]
            if all(reasons):
                return min(reasons, key=len)
    for part in schema.get("allOf", ()):
        reason = accepts(part, defs, value, closed, depth + 1)
        if reason:
            return reason
    kinds = schema.get("type")
    kinds = kinds if isinstance(kinds, list) else [kinds] if kinds else []
    if value is None:
        return None
    if kinds and not any(is_kind(value, kind) for kind in kinds):
        return f"type: {'/'.join(kinds)} in the table, {type(value).__name__} in the example"
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        for name in schema.get("required", ()):
            if name not in value:
                return f"absent: {name}"
        others = schema.get("additionalProperties")
        for name, inner in value.items():
            if name in properties:
                reason = accepts(properties[name], defs, inner, closed, depth + 1)
            elif isinstance(others, dict) and others:
                reason = accepts(others, defs, inner, closed, depth + 1)
            else:
                named = properties and others in (None, False)
                reason = f"unknown: {name}" if others is False or closed and named else None
            if reason:
                return f"{name}/{reason}" if not reason.startswith("unknown") else reason
    if isinstance(value, list) and "items" in schema:
        for inner in value:
            reason = accepts(schema["items"], defs, inner, closed, depth + 1)
            if reason:
                return reason
    return None


def is_kind(value, kind):
    if isinstance(value, bool):
        return kind == "boolean"
    return {"string": isinstance(value, str), "integer": isinstance(value, int), "number": isinstance(value, (int, float)),
            "object": isinstance(value, dict), "array": isinstance(value, list), "null": value is None, "boolean": False}.get(kind, True)
