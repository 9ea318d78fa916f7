// earlier/*.yaml -> what the sources published in the weeks before the demo week, and what they changed after its draft.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { DemoItem, DemoSource } from './demo-source.ts';

/** An item, and the source that published it. */
type Addition = DemoItem & { source: string };

/** How many weeks there are before the demo week. */
export const earlierWeeks = 3;
const weekHours = 168;

/** The sources with what they published in the weeks before too; hours are counted back from the end of the demo week. */
export function withEarlierWeeks(week: readonly DemoSource[], dir: string): DemoSource[] {
  const added = [readAdditions(dir, 'same-week.yaml')];
  for (let weeksAgo = 1; weeksAgo <= earlierWeeks; weeksAgo++)
    added.push(
      readAdditions(dir, `week-${weeksAgo}.yaml`).map((item) => ({
        ...item,
        hoursAgo: item.hoursAgo + weeksAgo * weekHours,
      })),
    );
  return week.map((source) => ({
    ...source,
    items: [...source.items, ...added.flat().filter((item) => item.source === source.slug)],
  }));
}

/** The sources as they are after the draft: some texts were written anew by whoever published them. */
export function withRewrittenTexts(week: readonly DemoSource[], dir: string): DemoSource[] {
  const texts = read(dir, 'rewritten.yaml') as Record<string, string>;
  return week.map((source) => ({
    ...source,
    items: source.items.map((item) => ({ ...item, text: texts[item.id] ?? item.text })),
  }));
}

function readAdditions(dir: string, file: string): Addition[] {
  return read(dir, file) as Addition[];
}

function read(dir: string, file: string): unknown {
  return parse(readFileSync(join(dir, 'earlier', file), 'utf8'));
}
