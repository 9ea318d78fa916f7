// When a command may end: not while another process still checks a source whose items it is to wait for.
import { expect, test } from 'vitest';
import { sql } from '../../../core/db.ts';
import { leaseDueSources, releaseLeases } from '../../../core/store/source-leases.ts';
import { waitUntilQuiet } from '../../../services/cli/once.ts';
import { createProgress } from '../../../services/cli/progress.ts';
import { openApp } from '../open-app.ts';

const progress = createProgress(process.stderr);

test('it is not quiet while somebody checks a due source, and is when that is done', async () => {
  const { house, db } = await openApp();
  await db.run(
    sql`insert into sources (kind, title, url, next_check_at) values ('feed', 'A', 'https://a.example/', '2026-11-01')`,
  );
  const [source] = await leaseDueSources(db, { now: house.now(), limit: 20, busyHosts: [] });
  expect(source).toBeDefined();
  const looks: boolean[] = [];
  let isHeld = true;
  // Given back at the fourth look: whoever took the first two for the end would be gone by then.
  const detail = async (): Promise<string> => {
    looks.push(isHeld);
    if (looks.length === 4) {
      await releaseLeases(db, [source!.id]);
      isHeld = false;
    }
    return `look ${looks.length}`;
  };
  await waitUntilQuiet(house, ['ingest'], { progress, detail });
  expect(isHeld).toBe(false);
  expect(looks.length).toBeGreaterThan(4);
});

test('a lease that ran out holds nobody up, nor does one where no source is read', async () => {
  const { house, db, clock } = await openApp();
  await db.run(
    sql`insert into sources (kind, title, url, next_check_at) values ('feed', 'A', 'https://a.example/', '2026-11-01')`,
  );
  await leaseDueSources(db, { now: house.now(), limit: 20, busyHosts: [] });
  const waiting = { progress, detail: async () => 'the same', timeoutMs: 120_000 };
  await expect(waitUntilQuiet(house, ['compose'], waiting)).resolves.toBeUndefined();
  clock.now = new Date(clock.now.getTime() + 3 * 60_000);
  await expect(waitUntilQuiet(house, ['ingest'], waiting)).resolves.toBeUndefined();
});
