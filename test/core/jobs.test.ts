// Payloads of jobs: what an older release enqueued is still understood.
import { expect, test } from 'vitest';
import { jobs } from '../../core/jobs.ts';

test.each([
  [{ share: 2 }, { shard: 2 }],
  [{ shard: 2 }, { shard: 2 }],
])('sources are checked for %j', (payload, read) => {
  expect(jobs['sources.check'].payload.parse(payload)).toEqual(read);
});

test.each([
  [
    { issueId: 7, share: 1 },
    { issueId: 7, shard: 1 },
  ],
  [
    { issueId: 7, shard: 1 },
    { issueId: 7, shard: 1 },
  ],
  [{ issueId: 7 }, { issueId: 7 }],
])('an issue is sent for %j', (payload, read) => {
  expect(jobs['issue.send'].payload.parse(payload)).toEqual(read);
});

test.each([{}, { share: -1 }, null, 'share'])('%j says of no shard which', (payload) => {
  expect(jobs['sources.check'].payload.safeParse(payload).success).toBe(false);
});
