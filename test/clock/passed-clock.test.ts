// Who asks the time is handed a clock: one that was asked past it can be moved by no test, and differs from that of its caller.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url).pathname;
/** The outermost callers: commands people start, and the default of what everybody else is handed. */
const outermost = [/^services\/cli\//, /^core\/house\.ts$/];

test('nobody but the outermost callers asks the clock of the machine', () => {
  const found = ['core', 'workers', 'services'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, name))
      .filter((file) => !outermost.some((pattern) => pattern.test(file)))
      .flatMap((file) => clocksAskedIn(file, readFileSync(join(root, file), 'utf8'))),
  );
  expect(found).toEqual([]);
});

/**
 * Leases, turns and the pace are shared by processes on several machines, whose clocks differ: they ask `clock_timestamp()` of
 * the one database. The times of rows are compared with those a caller passes, and are handed over too.
 */
test('no statement of the store asks the clock of the database for the time of a row', () => {
  expect(inStore((code) => [...code.matchAll(/\b(?:now|transaction_timestamp|statement_timestamp)\(\)|\bcurrent_(?:timestamp|date|time)\b/g)])).toEqual([]); // prettier-ignore
});

/** Shown, or what one reader's words are sorted by. */
const stamped = ['curators', 'interests', 'issues', 'sources'];

test('who adds a row says when, where the table would ask the clock of the database', () => {
  const schema = readdirSync(join(root, 'core/schema'))
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => readFileSync(join(root, 'core/schema', name), 'utf8'))
    .join('\n');
  const defaults = datesByDefault(schema);
  expect(defaults.get('items')).toEqual(['created_at', 'updated_at']);
  for (const table of stamped) defaults.delete(table);
  const silent = inStore((code) =>
    [...code.matchAll(/insert into (\w+)\s*\(([^)]*)\)/g)].filter(
      ([, table, columns]) => !(defaults.get(table!) ?? []).every((date) => columns!.split(/\W+/).includes(date)),
    ),
  );
  expect(silent).toEqual([]);
});

function inStore(find: (code: string) => RegExpExecArray[]): string[] {
  return readdirSync(join(root, 'core/store')).flatMap((name) => {
    const code = readFileSync(join(root, 'core/store', name), 'utf8');
    return find(code).map(({ index }) => `core/store/${name}:${code.slice(0, index).split('\n').length}`);
  });
}

/** By table the columns that are the time of the statement unless it says another. */
function datesByDefault(schema: string): Map<string, string[]> {
  const defaults = new Map<string, string[]>();
  for (const statement of schema.split(';')) {
    const table = /(?:create|alter) table (\w+)/.exec(statement)?.[1];
    const dates = [...statement.matchAll(/(\w+) timestamptz[^\n]*default now\(\)/g)].map(([, column]) => column!);
    if (table && dates.length > 0) defaults.set(table, [...(defaults.get(table) ?? []), ...dates]);
  }
  return defaults;
}

test.each([
  ['new Date()', 1],
  ['const at = new Date;', 1],
  ['const now = Date.now;', 1],
  ['Date()', 1],
  ['DateTime.now().toISO()', 1],
  ['DateTime.utc()', 1],
  ['new Date(0); Date.parse(text); DateTime.utc(2026); performance.now()', 0],
])('%s asks %i times', (code, times) => {
  expect(clocksAskedIn('a.ts', code)).toHaveLength(times);
});

/** The places that ask, as file:line. */
function clocksAskedIn(file: string, code: string): string[] {
  const found: string[] = [];
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (asksClock(node)) found.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function asksClock(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return node.getText() === 'Date.now';
  if (ts.isNewExpression(node)) return node.expression.getText() === 'Date' && (node.arguments?.length ?? 0) === 0;
  if (!ts.isCallExpression(node) || node.arguments.length > 0) return false;
  return /^(?:Date|DateTime\.(?:now|local|utc))$/.test(node.expression.getText());
}
