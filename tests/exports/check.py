"""Reads the exports with each language's own tools and compares them with the model.

    check.py OUT HOSTILE SPEC

`.ci/templates` rendered OUT from the catalogue, and HOSTILE from a model in which every text tries to escape from
its place. Everything in the model must be in the exports.
"""

import csv
import importlib.util
import json
import py_compile
import re
import sys
import tomllib
import unicodedata
from pathlib import Path

import hcl2
import jsonschema
from markdown_it import MarkdownIt
from openapi_spec_validator import validate
from regopy import Interpreter

OUT, HOSTILE, SPEC = map(Path, sys.argv[1:])


def shape(endpoint):
    """A call without the names of its parameters, and with versions in lower case."""
    segments = [re.sub(r"^:([A-Za-z]\w*)$", r"{\1}", segment) for segment in endpoint["path"].split("/")]
    segments = [segment.lower() if re.fullmatch(r"[vV][0-9][0-9.]*", segment) else segment for segment in segments]
    return endpoint["method"], re.sub(r"\{[^}]*\}", "{}", "/".join(segments))


def join(operations, interface):
    """Adds an interface to the operations of permission pages, as the catalogue does."""
    own = operations.get(f"{interface['service']}.{interface['id']}")
    if own is None:
        row = operations.get(f"{interface['service']}.{interface['permission']}", {})
        return {
            "id": interface["id"],
            "title": interface["page"]["title"],
            "endpoints": interface["endpoints"],
            "actions": row.get("actions", []),
            "dependencies": row.get("dependencies", []),
            "iam_project": row.get("iam_project"),
            "enterprise_project": row.get("enterprise_project"),
        }
    own["endpoints"] = own["endpoints"] or interface["endpoints"]
    for endpoint in own["endpoints"]:
        if endpoint["body_action"] is None:
            same = [other for other in interface["endpoints"] if shape(other) == shape(endpoint)]
            endpoint["body_action"] = same[0]["body_action"] if same else None
    return own


def model(folder):
    """Every operation of a model by `service.Id`: of permission pages, and of reference pages."""
    pages = [json.loads(path.read_text()) for path in sorted(folder.glob("*/*.json"))]
    rows = {f"{page['service']}.{op['id']}": op for page in pages for op in page["operations"]}
    interfaces = [json.loads(path.read_text()) for path in sorted(folder.glob("*/reference/*.json"))]
    alone = {f"{one['service']}.{one['id']}": join(rows, one) for one in interfaces}
    return {**rows, **alone}


def needs(listed):
    return [(need, None) if isinstance(need, str) else (need["action"], need["when"]) for need in listed]


def facts(op):
    scopes = (op["iam_project"], op["enterprise_project"])
    return (tuple(needs(op["actions"])), tuple(needs(op["dependencies"])), scopes)


def openapi(folder, operations):
    """Every document is valid, and together they contain everything in the model."""
    for version in ["openapi", "openapi-3.0"]:
        said, called, count = {}, set(), 0
        for path in sorted((folder / version).glob("*.json")):
            document = json.loads(path.read_text())
            validate(document)
            count += 1
            ids, service = [], path.stem
            alternatives = list(document.get("x-operations-without-route", []))
            for template, item in document["paths"].items():
                for method, op in item.items():
                    if method == "parameters":
                        continue
                    ids.append(op["operationId"])
                    assert op["tags"], op
                    alternatives += op["x-permissions"]
                    for one in op["x-permissions"]:
                        route = one["route"]
                        assert route["method"] in (method.upper(), None), one
                        called.add((service, one["operation"], route["method"], route["path"], route["body_action"]))
                    if version == "openapi":
                        roles = {role for entry in op["security"] for role in entry.get("token", [])}
                        always = {need for one in op["x-permissions"] for need, when in needs(one["actions"]) if not when}
                        assert roles == always, (template, method)
            assert len(ids) == len(set(ids)), path
            for one in alternatives:
                said.setdefault(f"{service}.{one['operation']}", set()).add(facts(one))
        assert said == {name: {facts(op)} for name, op in operations.items()}, folder
        routes = {
            (name.split(".")[0], op["id"], route["method"], route["path"], route["body_action"])
            for name, op in operations.items() for route in op["endpoints"]
        }
        assert called == routes, folder
        print(f"  {count} documents of {version}, {len(said)} operations, {len(called)} calls")


def shown(text):
    """Running text as templates see it: invisible characters are spaces."""
    unseen = ("Cc", "Cf", "Zl", "Zp")
    return text and "".join(" " if unicodedata.category(c) in unseen else c for c in text)


def python(folder, operations):
    path = folder / "python/permissions.py"
    py_compile.compile(str(path), doraise=True)
    spec = importlib.util.spec_from_file_location("permissions", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    said = {
        f"{service}.{id}": op for service, listed in module.SERVICES.items() for id, op in listed.items()
    }
    assert said.keys() == operations.keys()
    for name, op in said.items():
        as_model = (
            tuple((need.action.value, need.when) for need in op.actions),
            tuple((need.action.value, need.when) for need in op.dependencies),
            (op.iam_project, op.enterprise_project),
        )
        *needed, scopes = facts(operations[name])
        needed = [tuple((action, shown(when)) for action, when in listed) for listed in needed]
        assert as_model == (*needed, scopes), name
        assert op.title == shown(operations[name]["title"]), name


def terraform(folder, operations):
    said = {}
    for path in sorted((folder / "terraform").glob("*.tf")):
        read = hcl2.loads(path.read_text())
        text = lambda value: json.loads(value) if value.startswith('"') else value
        for block in read["locals"]:
            for key, value in block.items():
                if key.endswith("_actions"):
                    for id, actions in value.items():
                        said[f"{path.stem}.{text(id)}"] = [text(action).replace("$${", "${").replace("%%{", "%{") for action in actions]
        kinds = [text(kind) for block in read["resource"] for kind in block]
        assert kinds == ["opentelekomcloud_identity_role_v3"], kinds
    always = {name: [need for need, when in needs(op["actions"]) if not when] for name, op in operations.items()}
    assert said == always, [(said.get(name), op) for name, op in always.items() if said.get(name) != op][:1]


def table(folder, operations):
    with open(folder / "csv/operations.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(None not in row and None not in row.values() for row in rows)
    assert len(rows) == sum(max(1, len(op["endpoints"])) for op in operations.values())
    assert {f"{row['service']}.{row['operation']}" for row in rows} == operations.keys()
    assert not any(cell[:1] in "=+-@\t\r" for row in rows for cell in row.values() if cell)


def rego(folder, operations):
    data = json.loads((folder / "rego/permspec/data.json").read_text())
    assert {f"{service}.{id}" for service, listed in data["services"].items() for id in listed} == operations.keys()


def decisions(folder):
    """Evaluates the rules over the data with another implementation of Open Policy Agent's language."""
    rego = Interpreter()
    rego.add_module("check", (folder / "rego/permspec/check.rego").read_text())
    rego.add_data({"permspec": json.loads((folder / "rego/permspec/data.json").read_text())})

    def allowed(service, operation, actions, cases=()):
        rego.set_input({"service": service, "operation": operation, "actions": actions, "cases": list(cases)})
        result = rego.query("x = data.permspec.check.allow")
        return result.binding("x").json() == "true"

    assert allowed("ims", "AddImageMember", ["ims:images:get", "ims:IMAGES:share"])
    assert not allowed("ims", "AddImageMember", ["ims:images:get"])
    assert not allowed("ims", "AddImageMember", ["ims:images:get", "IMS:images:share"])
    assert not allowed("ims", "NoSuchOperation", ["ims:images:get"])
    tags = ["evs:volumeTags:list"]
    assert allowed("evs", "ListEvsTagsOfTenant", tags, ["EVS disk"])
    assert not allowed("evs", "ListEvsTagsOfTenant", [], ["EVS disk"])


def markdown(folder, operations):
    reader = MarkdownIt("commonmark").enable("table")
    for path in sorted((folder / "markdown").glob("*.md")):
        tokens = reader.parse(path.read_text())
        inner = [token for block in tokens for token in [block, *(block.children or [])]]
        html = {token.content for token in inner if token.type in ("html_block", "html_inline")}
        assert html <= {"<br>"}, html
        links = [token.attrs["href"] for token in inner if token.type == "link_open"]
        assert all(link.startswith("https://") or link.endswith(".md") for link in links), links
        if path.stem != "README":
            rows = sum(token.type == "tr_open" for token in tokens)
            own = [op for name, op in operations.items() if name.split(".")[0] == path.stem]
            actions = {need for op in own for need, _ in needs([*op["actions"], *op["dependencies"]])}
            headers = sum(token.type == "thead_open" for token in tokens)
            assert rows == len(own) + len(actions) + headers, path


def schemas():
    """The schemas are the checked-in ones. Files of permspec are valid, and a misspelt one is not."""
    def validator(name):
        schema = json.loads((OUT / f"schema/{name}.schema.json").read_text())
        kept = json.loads((SPEC.parent / f"schema/{name}.schema.json").read_text())
        assert schema == kept, f"schema/{name}.schema.json is stale: permspec schema writes it"
        jsonschema.Draft202012Validator.check_schema(schema)
        return jsonschema.Draft202012Validator(schema)

    of_model, of_interface = map(validator, ["model", "interface"])
    of_config, of_context = map(validator, ["permspec", "context"])
    pages = [json.loads(path.read_text()) for path in sorted(SPEC.glob("*/*.json"))]
    for page in pages:
        of_model.validate(page)
    slip = json.loads(json.dumps(pages[0]))
    del slip["operations"][0]["actions"]
    assert not of_model.is_valid(slip)
    interfaces = [json.loads(path.read_text()) for path in sorted(SPEC.glob("*/reference/*.json"))]
    for interface in interfaces:
        of_interface.validate(interface)
    assert not of_interface.is_valid({**interfaces[0], "endpoints": None})
    assert not of_interface.is_valid({**interfaces[0], "$defs": {"Oven": {"type": "objekt"}}})
    assert not of_interface.is_valid({**interfaces[0], "$defs": {"Oven": {"type": "array"}}})
    config = tomllib.loads((SPEC / "permspec.toml").read_text())
    of_config.validate(config)
    assert not of_config.is_valid({**config, "service": {"ims": {"page": []}}})
    assert not of_config.is_valid({**config, "headers": {"weather": ["x"]}})
    for folder in [OUT, HOSTILE]:
        context = json.loads((folder / "context.json").read_text())
        of_context.validate(context)
        service = context["services"][0]
        of_context.validate({**context, "service": service, "page": service["pages"][0]})
    del context["services"][0]["actions"][0]["constant"]
    assert not of_context.is_valid(context)
    print(f"  {len(pages)} pages fit the model's schema, {len(interfaces)} interfaces fit theirs")


for folder, spec in [(OUT, SPEC), (HOSTILE, Path(__file__).parent / "hostile")]:
    operations = model(spec)
    assert operations
    for check in [openapi, python, terraform, table, rego, markdown]:
        check(folder, operations)
        print(f"ok {check.__name__}: {len(operations)} operations")
decisions(OUT)
print("ok decisions")
schemas()
print("ok schemas")
