"""The grammar of type cells."""

from dataclasses import dataclass, field
import re

STRING = (r"strings?|str|varchar|char|text|uuid|datetime|date ?time|date|time|timestamp|enum|enumerated?( type)?|enumeration|file|binary|url|ip( address)?|"
          r"ipv4|ipv6|cidr|base64|byte|bytes|string type|json string|utc|string/?enum|password|string character|character( string)?|charstring|octet-stream")
INTEGER = r"integers?|int|ints|int ?(8|16|32|64)|uint\d*|longs?|long ?int(eger)?|bigint|short|integer type"
NUMBER = r"numbers?|doubles?|floats?|float ?(32|64)|decimal|bigdecimal|percentage|ratio|numeric"
BOOLEAN = r"booleans?|bool|bools|boolean type|boolen|bolean"
OBJECT = r"(json ?)?objects?|dict|dicts|dictionary|dictionaries|json|struct(ure)?s?|data ?structures?|dictionary data structure|dict data structure|object type|jsonobject|complex|reference"
ARRAY = r"(json ?)?arrays?|lists?|list data structure|array data structure|jsonarray|collection|set|array type|list type|array/list"
ANY = r"any|anytype|any type|any object"


@dataclass
class Type:
    """kind is string, integer, number, boolean, object, array, map, any; `inner` of arrays and maps."""

    kind: str
    inner: object = None
    labels: list = field(default_factory=list)  # of an object
    name: str = ""  # of an object
    loose: bool = False  # several kinds would do as well
    understood: bool = True
    table: bool = False  # the cell only says which table describes the value: an object, or an array of them


def parse(text, references=()):
    """The type that a cell states."""
    labels = [label for _, label in references]
    said = re.sub(r"[\u200b\ufeff*`\\]", "", text)
    said = re.sub(r"\s+", " ", said).strip()
    # A reference in a sentence after the type.
    said = re.sub(r"[.,;]?\s*\(?(For (more )?(details|information)|For detail)\b.*$", "", said, flags=re.I)
    said = re.sub(r"[.,;:]?\s*\(?(see|refer to|details? in)\s.*$", "", said, flags=re.I) if not re.match(r"see", said, re.I) else said
    made = _parse(said.strip(" .;,"), [shown for shown, _ in references])
    _attach(made, labels)
    made.table = bool(labels) and re.fullmatch(r"(see )?table \d+(-\d+)?", said.strip(" .;,"), re.I) is not None
    return made


def _attach(made, labels):
    leaf = made
    while leaf.inner is not None:
        leaf = leaf.inner
    if leaf.kind == "object":
        leaf.labels = labels
    elif labels and made.kind in ("array", "any", "map") and leaf.kind in ("any",):
        leaf.kind, leaf.labels, leaf.understood = "object", labels, True


def _parse(said, shown):
    low = said.lower().strip()
    if not low or low in ("-", "--", "n/a", "none", "/"):
        return Type("any", understood=False)
    low = re.sub(r"\s*\(\s*", "(", low)
    match = re.fullmatch(r"(?:dict|dictionary) ?[<\[(]\s*\w+\s*[:,]\s*(\w+)\s*[>\])]", low)
    if match:
        return Type("map", _parse(match.group(1), shown))
    # A size or remark in brackets.
    bare = re.sub(r"\s*\([^()]*\)\s*$", "", low).strip() or low.strip("() ")
    bare = re.sub(r"\s*\[\d+(\s*[-,~]\s*\d+)?\]$", "", bare)
    for kind, pattern in (("string", STRING), ("integer", INTEGER), ("number", NUMBER), ("boolean", BOOLEAN), ("any", ANY)):
        if re.fullmatch(pattern, bare):
            loose = bare in ("timestamp", "date", "time", "percentage", "ratio", "enum", "binary", "file", "byte", "json string")
            return Type(kind, loose=loose)
    if bare == "array_reference":
        return Type("array", Type("object"))
    if re.fullmatch(OBJECT, bare):
        return Type("object")
    if re.fullmatch(ARRAY, bare):
        return Type("array", Type("any"))
    match = re.fullmatch(r"(?:json )?(?:arrays?|lists?|collections?|set) ?(?:of|for) (?:the )?(.+)", bare)
    if match:
        return Type("array", _parse(_original(said, match.group(1)), shown))
    match = re.fullmatch(r"(?:arrays?|lists?) (strings?|integers?|objects?|booleans?|longs?)", low)
    if match:
        return Type("array", _parse(match.group(1), shown))
    match = re.fullmatch(r"(?:arrays?|lists?|set|collection) ?[<\[(](.*)[>\])](?: (?:objects?|arrays?))?", low)
    if match:
        return Type("array", _parse(match.group(1), shown))
    match = re.fullmatch(r"(?:hash)?maps?(?: of)? ?[<\[(]\s*(.*?)\s*,\s*(.*)[>\])](?: objects?)?", low)
    if match:
        value = _parse(match.group(2), shown)
        if value.kind == "object" and not shown and re.fullmatch("objects?", match.group(2).strip()):
            value = Type("any")
        return Type("map", value)
    match = re.fullmatch(r"(?:hash)?maps? ?[<\[(](.*)[>\])](?: objects?)?|(?:hash)?maps?( objects?)?|map (?:of|to) (.*)", low)
    if match:
        inner = match.group(3) or ""
        return Type("map", _parse(inner, shown) if inner else Type("any"))
    match = re.fullmatch(r"(?:dict|dictionary|object|struct) ?[<\[](\w+)[>\]]", low)
    if match:
        return Type("object", name=_original(said, match.group(1)))
    match = re.fullmatch(r"(.+?) ?\[ ?\]|\[(.+)\]", low)
    if match:
        return Type("array", _parse(match.group(1) or match.group(2), shown))
    match = re.fullmatch(r"(.+?)\s*(?:array|list)", bare)
    if match and not any(match.string == one.lower() for one in shown):
        inner = _parse(match.group(1), shown)
        if inner.understood:
            return Type("array", inner)
        if re.fullmatch(r"[\w.-]+", match.group(1)):
            return Type("array", Type("object", name=_original(said, match.group(1))))
    match = re.fullmatch(r"(.+?)[ -]*(?:json )?(?:objects?|data structures?|structures?|struct|dictionary|dict)", bare)
    if match:
        name = match.group(1)
        if re.fullmatch(ARRAY, name):
            return Type("array", Type("object"))
        if re.fullmatch(f"{STRING}|{INTEGER}", name):
            return Type("object")
        return Type("object", name=_original(said, name))
    for one in shown:
        if one.lower() in low:
            return Type("object", name=one)
    parts = [part.strip() for part in re.split(r"\s+or\s+|/|,|\|", bare) if part.strip()]
    if len(parts) > 1:
        kinds = [_parse(part, shown) for part in parts]
        if all(kind.understood and kind.kind in ("string", "integer", "number", "boolean") for kind in kinds):
            return Type("any", loose=True)
    word = re.match(rf"({STRING}|{INTEGER}|{NUMBER}|{BOOLEAN})\b", bare)
    if word and not re.match(r"\w", bare[word.end():] or " "):
        return _parse(word.group(1), shown)
    return Type("any", name=said, understood=False)


def _original(said, part):
    at = said.lower().find(part)
    return said[at:at + len(part)] if at >= 0 else part
