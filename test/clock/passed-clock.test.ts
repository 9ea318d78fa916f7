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
