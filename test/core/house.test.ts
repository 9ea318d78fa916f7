// What a process finds that starts where another one died.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseConfig } from '../../core/config.ts';
import { openHouse } from '../../core/house.ts';
import { leaseSource } from '../../core/store/source-leases.ts';
import { addSources } from '../../core/store/sources.ts';

test('sources that a process held when it died are free at once for the next on the embedded database', async () => {
  const config = parseConfig({ DATA_DIR: mkdtempSync(join(tmpdir(), 'courant-house-')), LOG_LEVEL: 'error' });
  const now = new Date();
  const first = await openHouse(config);
  await addSources(first.db, [{ kind: 'feed', url: 'https://blog.example/feed', title: 'Blog' }]);
  expect(await leaseSource(first.db, { id: 1, now })).toMatchObject({ id: 1 });
  expect(await leaseSource(first.db, { id: 1, now })).toBeUndefined();
  await first.close();
  const second = await openHouse(config);
  expect(await leaseSource(second.db, { id: 1, now })).toMatchObject({ id: 1 });
  await second.close();
  rmSync(config.DATA_DIR, { recursive: true });
});
