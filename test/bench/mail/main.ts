// How quickly letters are put together and sent, and what kills leave behind. Ends with one line of JSON.
import { parseArgs } from 'node:util';
import { measureAssembly } from './measure-assembly.ts';
import { measureDemo } from './measure-demo.ts';
import { measureDkim } from './measure-dkim.ts';
import { measureEndToEnd } from './measure-end-to-end.ts';
import { measureKills } from './measure-kills.ts';
import { measureSend, measureSlowSend } from './measure-send.ts';

const parts = {
  assembly: measureAssembly,
  dkim: measureDkim,
  send: measureSend,
  slow: measureSlowSend,
  'end-to-end': measureEndToEnd,
  kills: measureKills,
  demo: measureDemo,
} as const;
const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
const wanted = values.only ?? Object.keys(parts);

const figures: Record<string, unknown> = {};
for (const [name, measure] of Object.entries(parts)) {
  if (!wanted.includes(name)) continue;
  const found = await measure();
  process.stdout.write(`${name}: ${JSON.stringify(found)}\n`);
  Object.assign(figures, found);
}
process.stdout.write(`${JSON.stringify({ bench: 'mail', ...figures })}\n`);
