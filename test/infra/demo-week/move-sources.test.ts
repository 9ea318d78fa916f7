import { expect, test } from 'vitest';
import { addSources, sourceById } from '../../../core/store/sources.ts';
import { moveDemoSources } from '../../../infra/demo-week/move-sources.ts';
import { serveDemoWeek } from '../../../infra/demo-week/server.ts';
import { testDatabase } from '../../database.ts';

test('sources of the week move to the server of this start, and others at this machine stay where they are', async () => {
  const db = await testDatabase();
  const week = await serveDemoWeek({ now: new Date() });
  await week.close();
  const talks = week.sources.find(({ captionsAddress }) => captionsAddress !== undefined)!;
  const earlier = (address: string): string => address.replace(week.url, 'http://127.0.0.1:4000');
  const captionsUrl = `${talks.captionsAddress}{id}`;
  const foreign = 'http://127.0.0.1:4000/feeds/of-somebody-else';
  await addSources(db, [
    { kind: 'feed', title: 'Foreign', url: foreign },
    { kind: 'youtube', title: 'Talks', url: earlier(talks.address), options: { captionsUrl: earlier(captionsUrl) } },
  ]);
  expect(await moveDemoSources(db, week)).toBe(1);
  expect(await moveDemoSources(db, week)).toBe(0);
  expect(await sourceById(db, 1)).toMatchObject({ url: foreign, options: {} });
  expect(await sourceById(db, 2)).toMatchObject({ url: talks.address, options: { captionsUrl } });
});
