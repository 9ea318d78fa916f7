// `node infra/compile.js`: makes dist/, the same folders with JavaScript where the sources have TypeScript and links to all
// other files. Node starts from it in half the CPU of reading TypeScript through a loader (docs/measurements.md). It is called
// before each start; each copy ends with a hash of what it was made of, and what has another by now is made anew.
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const dist = join(root, 'dist');
const folders = ['core', 'workers', 'services', 'infra', 'test'];
const maker = readFileSync(fileURLToPath(import.meta.url), 'utf8');
/** From so many on it takes seconds, of which one is told. */
const many = 100;

try {
  await bringUpToDate();
} catch (error) {
  process.stderr.write(`courant: ${wordsFor(error)}\n`);
  process.exitCode = 1;
}

async function bringUpToDate() {
  const files = folders.flatMap((folder) => filesIn(join(root, folder)));
  const sources = files.filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'));
  // The templates as a whole: Liquid reads no file that is a link to elsewhere.
  const links = [...files.filter((path) => !path.endsWith('.ts')), 'templates', 'package.json'];
  const made = new Set([...sources.flatMap((path) => [toOutput(path), `${toOutput(path)}.map`]), ...links]);
  for (const path of filesIn(dist)) if (!made.has(relative('dist', path))) rmSync(join(root, path), { force: true });
  const stale = sources.map(readSource).filter(({ path, mark }) => !isMadeOf(join(dist, toOutput(path)), mark));
  if (stale.length > many) process.stderr.write('courant: the sources are compiled, once\n');
  if (stale.length > 0) await compile(stale);
  for (const path of links) if (!isLink(join(dist, path))) link(path);
}

/**
 * Of the folder and those in it, named from the root; links are not followed (readdir's own `recursive` does, by Node's version).
 * Names with a dot in front are drafts of ours and what editors leave.
 */
function filesIn(folder) {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [relative(root, path)];
  });
}

function toOutput(path) {
  return path.replace(/\.ts$/, '.js');
}

/** Its text, and how the copy ends that is made of it. */
function readSource(path) {
  const text = readFileSync(join(root, path), 'utf8');
  return { path, text, mark: `// ${createHash('sha256').update(maker).update(text).digest('hex')}\n` };
}

function isMadeOf(copy, mark) {
  return existsSync(copy) && readFileSync(copy, 'utf8').endsWith(mark);
}

function isLink(path) {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

async function compile(stale) {
  const { transform } = await import('esbuild');
  const settings = { loader: 'ts', format: 'esm', target: 'node20', sourcemap: true, sourcesContent: false };
  const compiled = await Promise.all(
    stale.map(async ({ path, text, mark }) => {
      const sourceRoot = `${relative(dirname(join(dist, path)), root)}/`;
      const { code, map } = await transform(text, { ...settings, sourcefile: path, sourceRoot });
      return { place: join(dist, toOutput(path)), code, map, mark };
    }),
  );
  for (const { place, code, map, mark } of compiled) {
    appear(`${place}.map`, (draft) => writeFileSync(draft, map));
    const whole = `${namingJavaScript(code)}//# sourceMappingURL=${basename(place)}.map\n${mark}`;
    appear(place, (draft) => writeFileSync(draft, whole));
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
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}`);
  rmSync(draft, { force: true });
  make(draft);
  renameSync(draft, path);
}

function wordsFor(error) {
  if (error.errors) {
    const places = error.errors.map(({ text, location }) => `${location?.file}:${location?.line}:${location?.column}: ${text}`); // prettier-ignore
    return `the sources do not compile, so nothing was started:\n${places.join('\n')}`;
  }
  if (!['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(error.code)) return error.stack;
  return `dist/ is older than the sources and cannot be written (${error.message}). Run \`node infra/compile.js\` as its owner, or make room.`;
}
