"""JSON of examples, strict and tolerated."""

import json
import re


def texts(code):
    """The part of a code block that may be JSON: from the first bracket that starts a line."""
    text = code.replace("\u00a0", " ").replace("\u200b", "")
    sent = re.search(r"curl\b.*?\s(?:-d|--data\S*)\s*['\"]?\s*([\[{].*)", text, re.S)
    if sent:
        return re.sub(r"['\"]\s*(-[A-Za-z].*|https?:.*)?\s*$", "", sent.group(1).strip())
    match = re.search(r"^[ \t]*([\[{])", text, re.M)
    if not match:
        return None
    rest = text[match.start():].strip()
    # A request in one line, then its body; a URL template is not a body.
    if re.match(r"\{[\w-]+\}(/|$)", rest.split("\n")[0]) and "\n" not in rest:
        return None
    return rest


def parse(code):
    """(value, strict) of the JSON in a block, or nothing."""
    text = texts(code)
    if text is None:
        return None
    try:
        return json.loads(text), True
    except ValueError:
        pass
    try:
        value, end = json.JSONDecoder().raw_decode(text)
        if text[end:].strip()[:1] not in ("{", "[", ",", '"'):
            return value, False
    except ValueError:
        pass
    try:
        return json.loads(tolerated(text)), False
    except ValueError:
        return None


def tolerated(text):
    text = text.replace("“", '"').replace("”", '"').replace("，", ",").replace("：", ":")
    text = re.sub(r"(?m)(^|[\s,{\[])//[^\n]*$", r"\1", text)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r",?\s*\.{3,}\s*,?", ",", text)
    text = re.sub(r",(\s*[}\]])", r"\1", text)
    text = re.sub(r"([\[{])\s*,", r"\1", text)
    text = re.sub(r'([}\]"\d])(\s*\n\s*)(["{])', r"\1,\2\3", text)
    text = re.sub(r"\bTrue\b", "true", text)
    text = re.sub(r"\bFalse\b", "false", text)
    return re.sub(r"\bNone\b", "null", text)
