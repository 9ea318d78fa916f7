// The demo week, read and drafted once for all files of a run that show it: that takes 20 s of CPU, a copy of it one.
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject } from 'vitest';
import { readAndDraft } from '../../services/cli/tour.ts';
import { openDemoHouse, silent, type ServedWeek } from '../demo-house.ts';

/** A database in which the week is drafted, and when it was served; made by the first who asks, waited for by others. */
export async function draftedWeek(): Promise<ServedWeek> {
  const made = join(inject('runDirectory'), 'drafted-week');
  while (!existsSync(made)) {
    if (takeTurn(`${made}.turn`)) await makeDraft(made).finally(() => rmSync(`${made}.turn`, { recursive: true }));
    else await sleep(200);
  }
  return { now: new Date(readFileSync(join(made, 'now'), 'utf8')), database: join(made, 'db') };
}

/** Whoever makes the directory has the turn. */
function takeTurn(directory: string): boolean {
  return mkdirSync(directory, { recursive: true }) !== undefined;
}

async function makeDraft(made: string): Promise<void> {
  if (existsSync(made)) return;
  const now = new Date();
  const work = `${made}.work`;
  const demo = await openDemoHouse({}, { now });
  try {
    await readAndDraft(demo.house, demo.week, { progress: silent });
    await demo.end();
    cpSync(join(demo.directory, 'db'), join(work, 'db'), { recursive: true });
  } finally {
    await demo.stop();
  }
  writeFileSync(join(work, 'now'), now.toISOString());
  renameSync(work, made);
}
