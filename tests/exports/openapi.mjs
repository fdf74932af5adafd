// Types of every OpenAPI document, made by another generator, for a compiler to read.
//   node openapi.mjs DOCUMENT..
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const modules = createRequire(join(process.env.NODE_MODULES, "x"));
const { default: types, astToString } = modules("openapi-typescript");
for (const document of process.argv.slice(2)) {
  const made = await types(JSON.parse(readFileSync(document, "utf8")), { silent: false });
  writeFileSync(document.replace(/\.json$/, ".ts"), astToString(made));
}
console.log(`ok openapi-typescript: ${process.argv.length - 2} documents`);
