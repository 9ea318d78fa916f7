// `npm run prove:expressions`: asks recheck about every own regular expression (some minutes), and writes down those that are linear.
import { writeFileSync } from 'node:fs';
import { check } from 'recheck';
import { ownExpressions } from '../../expressions/own-expressions.ts';

const proven = new Set<string>();
for (const { file, source, flags } of ownExpressions()) {
  const spelled = `/${source}/${flags}`;
  if (flags === undefined || proven.has(spelled)) continue;
  const { status } = await check(source, flags, { timeout: 20_000 });
  if (status === 'safe') proven.add(spelled);
  else process.stdout.write(`${status}: ${file} ${spelled}\n`);
}
const path = new URL('../../expressions/proven.json', import.meta.url);
writeFileSync(path, `${JSON.stringify([...proven].toSorted(), null, 2)}\n`);
process.stdout.write(`${proven.size} expressions are linear\n`);
