"""Fails if a dependency needs a newer Rust than the workspace states, with all features and on every platform.

It takes what `cargo metadata` says on standard input.
"""

import json
import sys


def version(text):
    """`1.88` or `1.88.0` as numbers."""
    return tuple(map(int, [*text.split("."), "0"][:3]))


packages = json.load(sys.stdin)["packages"]
stated = {package["rust_version"] for package in packages if package["source"] is None}
if len(stated) != 1:
    sys.exit(f"packages of the workspace state several versions of Rust: {stated}")
(limit,) = stated
known = [package for package in packages if package["rust_version"]]
# Most packages state their version. If none did, the check would not prove anything.
if len(known) < 100:
    sys.exit(f"only {len(known)} packages state a version of Rust")
newer = [package for package in known if version(package["rust_version"]) > version(limit)]
for package in newer:
    print(f"{package['name']} {package['version']} needs Rust {package['rust_version']}, stated is {limit}", file=sys.stderr)
sys.exit(bool(newer))
