// `node infra/compile.js`: makes dist/, the same folders with JavaScript where the sources have TypeScript and links to all
// other files. Node starts from it in half the CPU of reading TypeScript through a loader (docs/measurements.md). What has
// another time than its copy is made anew, so it is called before each start; when nothing changed that is a look at each file.
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const dist = join(root, 'dist');
const folders = ['core', 'workers', 'services', 'infra', 'test'];

const files = folders.flatMap((folder) => filesIn(join(root, folder)));
const sources = files.filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'));
// The templates as a whole: Liquid reads no file that is a link to elsewhere.
const links = [...files.filter((path) => !path.endsWith('.ts')), 'templates', 'package.json'];
const stamp = 'made-by';
const made = new Set([...sources.flatMap((path) => [toOutput(path), `${toOutput(path)}.map`]), ...links, stamp]);

const maker = readFileSync(fileURLToPath(import.meta.url), 'utf8');
const isOfThisMaker = existsSync(join(dist, stamp)) && readFileSync(join(dist, stamp), 'utf8') === maker;
for (const path of filesIn(dist)) if (!made.has(relative('dist', path))) rmSync(join(root, path), { force: true });
const stale = isOfThisMaker ? sources.filter(hasChanged) : sources;
if (stale.length > 0) await compile(stale);
for (const path of links) if (!isLink(join(dist, path))) link(path);
if (!isOfThisMaker) appear(join(dist, stamp), (draft) => writeFileSync(draft, maker));

/** Of the folder and those in it, named from the root; links are not followed (readdir's own `recursive` does, by Node's version). */
function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [relative(root, path)];
  });
}

function toOutput(path) {
  return path.replace(/\.ts$/, '.js');
}

/** A copy has the time of its source: what an older version brings back counts as changed, too. */
function hasChanged(path) {
  const copy = statSync(join(dist, toOutput(path)), { throwIfNoEntry: false });
  return !copy || Math.abs(copy.mtimeMs - statSync(join(root, path)).mtimeMs) > 1;
}

function isLink(path) {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

async function compile(paths) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: paths,
    outdir: dist,
    outbase: root,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'warning',
  });
  for (const { path, text } of outputFiles) {
    const { mtime } = statSync(join(root, relative(dist, path).replace(/\.js(\.map)?$/, '.ts')));
    appear(path, (draft) => {
      writeFileSync(draft, namingJavaScript(text));
      utimesSync(draft, mtime, mtime);
    });
  }
}

/** `./x.ts` in imports and in `new URL` -> `./x.js`. */
function namingJavaScript(code) {
  return code.replaceAll(/((?:\bfrom|\bimport|new URL)\s*\(?\s*["`])([^"`\n]*)\.ts(?=["`?])/g, '$1$2.js');
}

function link(path) {
  const place = join(dist, path);
  rmSync(place, { recursive: true, force: true });
  appear(place, (draft) => symlinkSync(relative(dirname(place), join(root, path)), draft));
}

/** Whole or not at all, since other processes may start meanwhile. */
function appear(path, make) {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  rmSync(draft, { force: true });
  make(draft);
  renameSync(draft, path);
}
