/**
 * Bundles GraphiQL and its editor workers into ../static/graphiql, the folder that the page loads them from.
 *
 * Everything is served from the page's own origin: no address outside it is left in what runs at start. Entry names
 * are fixed (`workbench.js`, `workbench.css`, `*.worker.js`), shared chunks carry a hash of their content.
 */
import { readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../../..");
const outdir = path.resolve(here, "../static/graphiql");

const common = {
  absWorkingDir: root,
  bundle: true,
  define: { "process.env.NODE_ENV": '"production"' },
  legalComments: "none", // The licences of all that is bundled stand whole in LICENSES.txt.
  loader: { ".ttf": "file" },
  logLevel: "warning",
  metafile: true,
  minify: true,
  outdir,
  target: "es2022",
};

const page = {
  ...common,
  entryPoints: { workbench: path.join(here, "workbench.jsx") },
  assetNames: "[name]-[hash]",
  chunkNames: "chunk-[hash]",
  format: "esm",
  jsx: "automatic",
  splitting: true,
};

const workers = {
  ...common,
  entryPoints: {
    "editor.worker": "monaco-editor/esm/vs/editor/editor.worker.js",
    "graphql.worker": "monaco-graphql/esm/graphql.worker.js",
    "json.worker": "monaco-editor/esm/vs/language/json/json.worker.js",
  },
  format: "iife", // A classic worker: it starts in every browser under `worker-src 'self'`.
};

await rm(outdir, { recursive: true, force: true });
const results = await Promise.all([build(page), build(workers)]);
await removeUnlinked(outdir);
await writeFile(path.join(outdir, "LICENSES.txt"), await licences(results));
console.log(`GraphiQL: ${await megabytes(outdir)} MB in ${path.relative(root, outdir)}`);

/** Removes the style sheets of shared chunks: nothing loads them, and workbench.css holds all of their rules. */
async function removeUnlinked(folder) {
  const sheets = (await readdir(folder)).filter((file) => /^chunk-.*\.css$/.test(file));
  await Promise.all(sheets.map((file) => rm(path.join(folder, file))));
}

/** The licence text of every package of which at least one byte is in a bundle, in order of name. */
async function licences(builds) {
  const folders = new Set();
  for (const { metafile } of builds) {
    for (const input of Object.keys(metafile.inputs)) {
      const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
      if (found) folders.add(path.resolve(root, found[1]));
    }
  }
  const texts = await Promise.all([...folders].map(licence));
  return texts.sort().join(`\n${"-".repeat(100)}\n\n`);
}

async function licence(folder) {
  const { name, version, license } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? await readFile(path.join(folder, file), "utf8") : "";
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}

async function megabytes(folder) {
  const sizes = (await readdir(folder)).map(async (file) => (await stat(path.join(folder, file))).size);
  return ((await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1e6).toFixed(1);
}
