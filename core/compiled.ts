// A TypeScript file of ours -> the JavaScript that Node runs for it in a thread or a process of its own.
const root = new URL('../', import.meta.url);

/** The file itself where the program runs from dist/ already; its copy there where tests run the sources. */
export function compiled(file: URL): URL {
  if (!file.pathname.endsWith('.ts')) return file;
  const path = file.href.slice(root.href.length);
  return new URL(`dist/${path.replace(/\.ts$/, '.js')}`, root);
}
