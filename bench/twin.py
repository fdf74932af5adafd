"""Makes the same types with serde's derives from the generated ones, as the peer of measurements."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import inputs

TYPES = inputs.ROOT / "generated/types/src"

STRUCT = re.compile(r"^pub struct (\w+) \{\n(.*?)^\}$", re.MULTILINE | re.DOTALL)
ENUM = re.compile(r"^pub enum (\w+) \{\n", re.MULTILINE)
FIELD = re.compile(r"^    pub (\w+): (Option<.*>),$", re.MULTILINE)
MACRO = re.compile(r"^::permspec_runtime::(object|open)!\((\w+) \{\n(.*?)^\}", re.MULTILINE | re.DOTALL)
ENTRY = re.compile(r'^    (\w+): ("(?:[^"\\]|\\.)*"),$', re.MULTILINE)
FUNCTION = re.compile(r"^pub fn (\w+)\([^{]*?\) -> ([^{]*?) \{$", re.MULTILINE | re.DOTALL)
RESPONSE = re.compile(r"^impl typed::Operation for (\w+) \{\n    type Response = (.*);$", re.MULTILINE)

DERIVES = "#[derive(Clone, {default}Debug, PartialEq, serde::Serialize, serde::Deserialize)]\n"


@dataclass(frozen=True)
class Twin:
    """The types of one service under serde's derives."""

    code: str
    structs: int
    fields: int


def twin(module: str) -> Twin:
    """The types of `generated/types/src/<module>.rs`. A twin has no place for undocumented fields, because serde's
    `flatten` would make it slower."""
    text = (TYPES / f"{module}.rs").read_text(encoding="utf-8")
    wires = {name: dict(ENTRY.findall(entries)) for _, name, entries in MACRO.findall(text)}
    code, structs, fields = [], 0, 0
    for name, body in STRUCT.findall(text):
        structs += 1
        code.append(DERIVES.format(default="Default, ") + f"pub struct {name} {{\n")
        for field, ty in FIELD.findall(body):
            fields += 1
            ty = ty.replace("typed::Json", "serde_json::Value").replace(
                "typed::Map<", "std::collections::BTreeMap<String, "
            )
            code.append(f"    #[serde(rename = {wires[name][field]}, skip_serializing_if = \"Option::is_none\")]\n")
            code.append(f"    pub {field}: {ty},\n")
        code.append("}\n")
    for name in ENUM.findall(text):
        code.append(DERIVES.format(default="") + f"pub enum {name} {{\n")
        for variant, wire in wires[name].items():
            code.append(f"    #[serde(rename = {wire})]\n    {variant},\n")
        code.append("    #[serde(untagged)]\n    Other(String),\n}\n")
    return Twin("".join(code), structs, fields)


def own(module: str) -> str:
    """The generated types of `generated/types/src/<module>.rs` without functions and setters, which the twins do
    not have."""
    text = (TYPES / f"{module}.rs").read_text(encoding="utf-8")
    blocks = re.findall(r"(?:^///[^\n]*\n)*^#\[derive\(Clone(?:, Default)?\)\]\npub (?:struct|enum) .*?^\}\n", text, re.M | re.S)
    macros = re.findall(r"^::permspec_runtime::(?:object|open)!\(.*?;\n", text, re.M | re.S)
    return "".join(["use permspec_runtime::typed;\n", *blocks, *macros])


def responses(module: str) -> dict[str, str]:
    """The type of the response of each function, if it is a struct."""
    text = (TYPES / f"{module}.rs").read_text(encoding="utf-8")
    of_call = dict(RESPONSE.findall(text))
    found = {}
    for function, output in FUNCTION.findall(text):
        output = " ".join(output.split())
        plain = re.fullmatch(r"typed::Call<(\w+)>", output)
        response = plain[1] if plain else of_call.get(output, "")
        if re.fullmatch(r"[A-Z]\w+", response):
            found[function] = response
    return found
