"""Makes the manifest of a workspace whose members are unpacked packages and crates that use them.

It takes the repository's manifest, so that versions are the same, and leaves out every path: what a crate
asks for comes from the registry, in whose place the packages stand.
"""

import pathlib
import re
import sys

manifest, folder, *published = sys.argv[1:]
folder = pathlib.Path(folder)
text = pathlib.Path(manifest).read_text()

members = sorted(path.parent.name for path in folder.glob("*/Cargo.toml"))
text = re.sub(r"^members = .*$", f"members = {members}".replace("'", '"'), text, flags=re.M)
text = re.sub(r"^(exclude|default-members) = .*\n", "", text, flags=re.M)
text = re.sub(r', path = "[^"]*"', "", text)
text += "\n[patch.crates-io]\n"
for name in published:
    (unpacked,) = [member for member in members if re.fullmatch(re.escape(name) + r"-\d.*", member)]
    text += f'{name} = {{ path = "{unpacked}" }}\n'
(folder / "Cargo.toml").write_text(text)
