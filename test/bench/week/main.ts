// `npm run bench:week -- --data DIR --out OUT.json [--weeks 2] [--now ISO]`: a real week through the product's own code and defaults,
// from an empty embedded store to a letter for every reader; DIR has serve.mjs, interests.json and the week it serves.
// What came of it goes to OUT.json, of stories and topics searched once more to OUT.again.json, of a second week to OUT.next.json;
// judge.py in DIR says how good it is. The last line is JSON.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { openWeek } from './open-week.ts';
import { runWeek, searchAgain, type WeekReader } from './run-week.ts';

const weekMs = 7 * 86_400_000;
const usage = 'npm run bench:week -- --data DIR --out OUT.json [--weeks 1|2] [--now ISO]';
const readersSchema = z.array(z.object({ email: z.string(), interests: z.array(z.string()) }));

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    out: { type: 'string' },
    weeks: { type: 'string', default: '1' },
    // A Saturday at noon, so that arXiv's days are Monday to Friday.
    now: { type: 'string', default: '2026-11-28T12:00:00Z' },
  },
});
const { data, out } = values;
const weeks = Number(values.weeks);
const start = new Date(values.now);
if (!data || !out || ![1, 2].includes(weeks) || Number.isNaN(start.getTime())) {
  process.stderr.write(`usage: ${usage}\n`);
  process.exit(2);
}

const readers: WeekReader[] = readersSchema.parse(JSON.parse(readFileSync(join(data, 'interests.json'), 'utf8')));
const beside = (file: string, which: string): string => file.replace(/(\.json)?$/, `.${which}.json`);
const directory = mkdtempSync(join(tmpdir(), 'courant-week-'));
try {
  for (let week = 1; week <= weeks; week += 1) {
    const now = new Date(start.getTime() + (week - 1) * weekMs);
    const opened = await openWeek({ data, week, now, directory });
    try {
      const result = await runWeek(opened, { readers, isFirst: week === 1 });
      const file = week === 1 ? out : beside(out, 'next');
      writeFileSync(file, JSON.stringify(result));
      if (week === 1) writeFileSync(beside(out, 'again'), JSON.stringify(await searchAgain(opened.house)));
      const { timings, probe, items, stories, topics, draft, letters } = result;
      const counts = { items: items.length, stories: stories.length, topics: topics.length, drafted: draft.length, letters: letters.length }; // prettier-ignore
      process.stdout.write(`${JSON.stringify({ week, file, ...counts, timings, probe })}\n`);
    } finally {
      await opened.close();
    }
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
process.exit();
