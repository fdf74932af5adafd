"""Measures what the generated types cost: to compile them, and to read and write JSON through them.

    python3 bench/types.py [--rounds N] [--docs DIR]

The peer are the same types under serde's derives, made from the generated code. Reading and writing is measured
over the examples of reference pages, if `--docs` names a documentation that has them.
"""

from __future__ import annotations

import json
import re
import statistics
import tempfile
from functools import partial
from pathlib import Path

import children
import inputs
from children import Failed, Usage
from crates import Crate, by_path, uses
import twin as twins_of
from twin import TYPES, responses, twin

SERVICES = ("ims", "evs", "vpc")
"""A small service, and two large ones. The median service is found by its types."""

CHECK, BUILD = "check", "build"
GOALS = {"ims": 0.6, "the median service": 1.0, "all": 30.0}


def measure() -> None:
    """Compiles everything in turns, and prints the tables."""
    options = children.options(__doc__, 3)
    options.add_argument("--docs", type=Path, help="a documentation with API reference pages")
    chosen = options.parse_args()
    sizes = {path.stem: twin(path.stem).structs for path in TYPES.glob("*.rs") if path.stem != "lib"}
    median = sorted(sizes, key=lambda module: sizes[module])[len(sizes) // 2]
    with tempfile.TemporaryDirectory() as folder:
        compile_all(Path(folder), median, chosen.rounds)
        if chosen.docs:
            read_and_write(Path(folder) / "codec", chosen.docs)


def compile_all(folder: Path, median: str, rounds: int) -> None:
    """What the compiler needs for the types, and for their twins."""
    features = {"ims": "ims", "the median service": median, "all": "all"}
    subjects = {}
    empty = Crate(folder / "empty", {"src/lib.rs": uses({"permspec-runtime": ""})}, {"permspec-runtime": runtime()})
    empty.fetch()
    for name, feature in features.items():
        crate = typed(folder / f"own-{feature}", [feature])
        subjects |= {f"`cargo check`, {name}": partial(again, crate, CHECK, "otc-types")}
    whole = typed(folder / "whole", SERVICES)
    own = modules(folder / "own", [twins_of.own(service) for service in SERVICES], {"permspec-runtime": runtime()})
    twins = [twin(service) for service in SERVICES]
    serde = {"serde": '{ version = "1", features = ["derive"] }', "serde_json": '"1"'}
    peer = modules(folder / "twin", [it.code for it in twins], serde)
    for command in (CHECK, BUILD):
        subjects |= {
            f"`cargo {command}`, an empty crate": partial(again, empty, command, None),
            f"`cargo {command}`, {', '.join(SERVICES)}": partial(again, whole, command, "otc-types"),
            f"`cargo {command}`, their types only": partial(again, own, command, None),
            f"`cargo {command}`, the same types under serde": partial(again, peer, command, None),
        }
    runs = children.in_turns(subjects, rounds)
    structs, fields = sum(it.structs for it in twins), sum(it.fields for it in twins)
    print(f"{', '.join(SERVICES)}: {structs} types, {fields} fields. The median service is {median}.\n")
    memory = {"memory": lambda name: f"{children.memory(runs[name]):.0f} MB"}
    children.print_times("what", runs, children.in_seconds, memory)
    base = runs["`cargo check`, an empty crate"]
    for name, goal in GOALS.items():
        cost = children.beyond(runs[f"`cargo check`, {name}"], base)
        title = f"{name} with types under {goal} CPU s beyond an empty crate"
        children.print_goal(title, children.in_seconds(cost), cost < goal)
    for command in (CHECK, BUILD):
        base = runs[f"`cargo {command}`, an empty crate"]
        ours = runs[f"`cargo {command}`, their types only"]
        serde = runs[f"`cargo {command}`, the same types under serde"]
        share = statistics.median(
            (own.cpu - none.cpu) / (other.cpu - none.cpu) for own, other, none in zip(ours, serde, base, strict=True)
        )
        children.print_goal(f"`{command}` at most 0.15 of serde's time", children.figure(share), share <= 0.15)
        space = children.memory(ours) / children.memory(serde)
        children.print_goal(f"`{command}` at most a third of its memory", children.figure(space), space <= 1 / 3)


def runtime() -> str:
    """The runtime with typed calls."""
    return by_path(inputs.ROOT / "runtime", ["typed"])


def typed(folder: Path, features: list[str] | tuple[str, ...]) -> Crate:
    """A crate that imports the generated types."""
    dependencies = {"otc-types": by_path(inputs.ROOT / "generated/types", list(features))}
    crate = Crate(folder, {"src/lib.rs": uses(dependencies)}, dependencies)
    crate.fetch()
    return crate


def modules(folder: Path, codes: list[str], dependencies: dict[str, str]) -> Crate:
    """A crate that has a module with this code for each service."""
    text = "".join(f"pub mod {service} {{\n{code}}}\n" for service, code in zip(SERVICES, codes, strict=True))
    crate = Crate(folder, {"src/lib.rs": text}, dependencies)
    crate.fetch()
    return crate


def again(crate: Crate, command: str, package: str | None) -> Usage:
    """Compiles a crate, or the package that it imports, while all else is compiled before."""
    compile_ = partial(crate.cargo, command, "--offline")
    compile_()
    if package:
        crate.cargo("clean", "--offline", "--package", package)
    (crate.folder / "src/lib.rs").touch()
    usage = compile_()
    compiled = re.findall(r"(?:Checking|Compiling) (\S+) ", usage.errors)
    expected = [package, crate.name] if package else [crate.name]
    if compiled != expected:
        raise Failed(f"cargo compiled {compiled}, not {expected}")
    return usage


MAIN = """use std::hint::black_box;
use std::time::Instant;

{twins}

/// Reads and writes one example `times` times through the generated type and through its twin.
macro_rules! both {{
    ($own:ty, $twin:ty, $text:expr, $times:expr) => {{{{
        let text: &str = $text;
        let Ok(twin) = serde_json::from_str::<$twin>(text) else {{ return None }};
        black_box(twin);
        let start = Instant::now();
        for _ in 0..$times {{
            let value: $own = permspec_runtime::typed::from_json(black_box(text.as_bytes())).unwrap();
            black_box(permspec_runtime::typed::to_json(&value));
        }}
        let own = start.elapsed();
        let start = Instant::now();
        for _ in 0..$times {{
            let value: $twin = serde_json::from_slice(black_box(text.as_bytes())).unwrap();
            black_box(serde_json::to_string(&value).unwrap());
        }}
        Some((own.as_secs_f64(), start.elapsed().as_secs_f64()))
    }}}};
}}

type Case = fn(u32) -> Option<(f64, f64)>;

const CASES: &[Case] = &[
{cases}];

fn main() {{
    let (mut own, mut twin, mut count) = (0.0, 0.0, 0);
    for _ in 0..5 {{
        for (one, other) in CASES.iter().filter_map(|case| case(200)) {{
            own += one;
            twin += other;
            count += 1;
        }}
    }}
    println!("{{}} {{own}} {{twin}}", count / 5);
}}
"""


def read_and_write(folder: Path, docs: Path) -> None:
    """The time to read and write the examples of responses, beside serde's."""
    cases = []
    for service in SERVICES:
        types, ids = responses(service), functions(service)
        for page in pages(docs, service):
            response = types.get(ids.get(page["page"], ""))
            texts = [
                json.dumps(example["json"])
                for example in page["examples"]
                if example["kind"] == "response" and example["status"] in (None, 200, 201, 202)
            ]
            if response:
                cases += [
                    f"    |times| both!(otc_types::{service}::{response}, {service}::{response}, "
                    f"{rust_string(text)}, times),\n"
                    for text in texts
                ]
    twins = "".join(f"#[allow(dead_code)]\nmod {service} {{\n{twin(service).code}}}\n" for service in SERVICES)
    dependencies = {
        "otc-types": by_path(inputs.ROOT / "generated/types", list(SERVICES)),
        "permspec-runtime": runtime(),
        "serde": '{ version = "1", features = ["derive"] }',
        "serde_json": '"1"',
    }
    crate = Crate(folder, {"src/main.rs": MAIN.format(twins=twins, cases="".join(cases))}, dependencies)
    crate.fetch()
    crate.cargo("build", "--offline", "--release")
    ratios = []
    for _ in range(5):
        count, own, other = children.run([folder / "target/release/codec"]).output.split()
        ratios.append(float(own) / float(other))
    share = statistics.median(ratios)
    print(f"\n{count} examples of {', '.join(SERVICES)} that both read.\n")
    children.print_goal("reading and writing in at most 1.5 times serde's time", children.figure(share), share <= 1.5)


def rust_string(text: str) -> str:
    """A raw string that contains this text."""
    return f'r####"{text}"####'


def functions(service: str) -> dict[str, str]:
    """The function of each reference page, by the path of the page."""
    found = {}
    for file in (inputs.ROOT / "spec" / service / "reference").glob("*.json"):
        interface = json.loads(file.read_text(encoding="utf-8"))
        name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", interface["id"]).lower()
        found[interface["page"]["path"]] = name
    return found


def pages(docs: Path, service: str) -> list[dict]:
    """The operations of a service, as the command reads them from the documentation."""
    command = inputs.ROOT / "target/release/permspec"
    if not command.exists():
        raise Failed("build the command first: cargo build --release --package permspec-cli")
    lines = children.run(
        [command, "extract", "--docs", docs, "--reference", "--service", service, "--format", "jsonl"],
        cwd=inputs.ROOT,
    ).output.splitlines()
    return [json.loads(line) for line in lines if line.startswith("{")]


if __name__ == "__main__":
    children.main(measure)
