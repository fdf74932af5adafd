"""Method, path and query of an operation page, from the blocks of its URI section."""

from dataclasses import dataclass, field
import re

METHODS = "GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS"
LINE = re.compile(rf"^[\W_]*({METHODS})(?:[\s*:]+|(?=/|https?:))(\S.*)$", re.I | re.S)
ALONE = re.compile(rf"^[\W_]*({METHODS})[\W_]*$")
PATH_WORD = re.compile(r"^\W*(?:PATH|URI|URL)\s*[:：]\s*(\S.*)$", re.I)
METHOD_WORD = re.compile(rf"^\W*(?:Method|HTTP method)\s*[:：]\s*({METHODS})\b", re.I)
EXAMPLE = re.compile(r"\b(example|sample)s?\b", re.I)


@dataclass
class Uri:
    method: str
    path: str
    line: int
    query: list = field(default_factory=list)


def find(blocks):
    """All URIs of the section, the first one first; those under an example do not count."""
    found, path, method, example = [], None, None, False
    for block in blocks:
        text = block.text.strip()
        if block.kind == "paragraph" and len(text) < 80 and EXAMPLE.search(text) and not LINE.match(text):
            example = True
            continue
        if block.bullet and not EXAMPLE.search(text):
            example = False
        if example:
            continue
        for line in text.split("\n") if block.kind == "code" else [text]:
            match = PATH_WORD.match(line)
            if match:
                path = (match.group(1), block.line)
            match = METHOD_WORD.match(line)
            if match:
                method = match.group(1).upper()
            if path and method:
                found.append(make(method, path[0], path[1]))
                path = method = None
                continue
            match = LINE.match(line)
            if match and is_path(match.group(2)):
                found.append(make(match.group(1).upper(), match.group(2), block.line))
    if not found:
        # A version query is a method and nothing else.
        alone = [(block.line, match.group(1)) for block in blocks for match in [ALONE.match(block.text.strip())] if match]
        found = [make(method, "/", line) for line, method in alone]
    return [uri for uri in found if uri]


def is_path(text):
    text = text.strip()
    if text.startswith(("/", "http://", "https://", "{", "\\{", "<")):
        return True
    return bool(re.match(r"^[\w.{}-]*(endpoint|host|\.com)\S*/", text, re.I) or re.match(r"^v\d[\w.]*/\S+$", text))


def make(method, text, line):
    text = re.sub(r"[\u200b\u200c\u200d\ufeff\\*`]", "", text).strip()
    text = re.sub(r"^https?://[^/\s]*", "", text, flags=re.I)
    text = re.sub(r"^\{?[\w.-]*(endpoint|host)[\w.-]*\}?(?=/)", "", text, flags=re.I)
    query = []
    at = min((found for found in (text.find("{?"), text.find("{&")) if found >= 0), default=-1)
    if at >= 0:
        for piece in re.split(r"[,&?]", text[at + 1:]):
            name = piece.split("=")[0].strip(" *{}.")
            if re.match(r"^[\w.:$-]+$", name):
                query.append(name)
        text = text[:at]
    # Spaces are only within braces and before a query; what follows another one is a remark.
    text = re.sub(r"\{\s+", "{", re.sub(r"\s+\}", "}", text))
    text = re.sub(r"\s*([/?&=])\s*", r"\1", text)
    text = re.sub(r"\{([^{}]*)\}", lambda inner: "{" + inner.group(1).strip().replace(" ", "_") + "}", text)
    text = re.split(r"\s", text)[0] if text else ""
    if "?" in text:
        text, _, rest = text.partition("?")
        for piece in re.split(r"[&]", rest):
            name = re.split(r"=", piece)[0].strip("{}[]. ")
            if name and re.match(r"^[\w.:$-]+$", name):
                query.append(name)
    text = text.rstrip(".,;") or "/"
    if not text.startswith("/"):
        text = "/" + text
    return Uri(method, text, line, list(dict.fromkeys(query)))


def parameters(path):
    """The names in a path template."""
    return re.findall(r"\{([^{}]+)\}", path) or re.findall(r"<([^<>]+)>", path)


def shape(path):
    """What two spellings of one path have in common."""
    path = re.sub(r"[\u200b\\]", "", path).lower().split("?")[0].rstrip("/") or "/"
    return re.sub(r"\{[^/{}]*\}|<[^/<>]*>|(?<=/):\w+", "{}", path)
