// Lists of deadlines: every way they write a moment, entries that do not fit, and what becomes of what they drop.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseConfig } from '../../../core/config.ts';
import { PermanentError } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { listDeadlines } from '../../../core/store/deadlines.ts';
import { addSources, sourceById } from '../../../core/store/sources.ts';
import { parseDeadlines } from '../../../workers/ingest/deadlines.ts';
import { ingestHandlers } from '../../../workers/ingest/handlers.ts';
import { readDeadlineTime } from '../../../workers/ingest/dates/read-deadline-time.ts';
import { testDatabase } from '../../database.ts';

const times: [string, string, string | undefined][] = [
  ['2026-05-15 23:59:59', 'UTC-12', '2026-05-16T11:59:59.000Z'],
  ['2026-05-15 23:59:59', 'AoE', '2026-05-16T11:59:59.000Z'],
  ['2026-05-15', 'Anywhere on Earth', '2026-05-16T11:59:59.000Z'],
  ['2026-05-15 23:59', 'America/New_York', '2026-05-16T03:59:00.000Z'],
  ['2026-12-15 23:59', 'America/New_York', '2026-12-16T04:59:00.000Z'],
  // The day the clocks go back, and an hour that does not exist on the day they go forward.
  ['2026-11-01 23:59:59', 'America/New_York', '2026-11-02T04:59:59.000Z'],
  ['2026-03-08 02:30:00', 'America/New_York', '2026-03-08T07:30:00.000Z'],
  ['2026-03-29 12:00', 'Europe/Berlin', '2026-03-29T10:00:00.000Z'],
  ['2026-03-28 12:00', 'Europe/Berlin', '2026-03-28T11:00:00.000Z'],
  ['2026-07-01 17:00', 'EST', '2026-07-01T22:00:00.000Z'],
  ['2026-07-01 17:00', 'GMT+5:30', '2026-07-01T11:30:00.000Z'],
  ['2026-7-1 17:00', 'UTC', '2026-07-01T17:00:00.000Z'],
  ['2026/07/01 17:00', 'Asia/Shanghai', '2026-07-01T09:00:00.000Z'],
  ['2026-02-30 17:00', 'UTC', undefined],
  ['2026-07-01 17:00', 'Mars/Olympus', undefined],
  ['soon', 'UTC', undefined],
];
test.each(times)('%s in %s', (text, zone, moment) => {
  expect(readDeadlineTime(text, zone)?.toISOString()).toBe(moment);
});

const list = `
- title: ICLR
  year: 2027
  id: iclr27
  link: https://iclr.example/2027
  deadline: '2026-12-01 23:59:59'
  abstract_deadline: '2026-11-25 23:59:59'
  timezone: UTC-12
  place: Somewhere
  date: April 25 - 29, 2027
  start: 2027-04-25
  sub: ML
  note: Mandatory abstract.
- title: Broken
  year: 2027
  id: broken27
  deadline: '2026-13-45 23:59:59'
  timezone: UTC-12
- title: Yet to come
  year: 2027
  deadline: TBA
- year: 2027
  deadline: '2026-12-01'
- title: ACL
  year: 2027
  link: javascript:alert(1)
  timezone: AoE
  sub: [NLP, ML]
  deadlines:
    - { type: paper, label: Paper submission, date: '2027-01-10 23:59:59', timezone: AoE }
    - { type: rebuttal, date: '2027-03-01 12:00', timezone: Europe/Berlin }
`;

describe('a list', () => {
  test('gives its deadlines, and a line for each entry that does not fit', () => {
    const { deadlines, refused } = parseDeadlines(list);
    expect(refused).toEqual([
      'entry 2 (broken27): "2026-13-45 23:59:59" in "UTC-12" is no time',
      expect.stringMatching(/^entry 4: title does not fit/),
    ]);
    expect(deadlines[0]).toEqual({
      key: 'iclr27',
      title: 'ICLR',
      year: 2027,
      label: null,
      dueAt: new Date('2026-12-02T11:59:59Z'),
      abstractDueAt: new Date('2026-11-26T11:59:59Z'),
      link: 'https://iclr.example/2027',
      place: 'Somewhere',
      dates: 'April 25 - 29, 2027',
      subjects: ['ML'],
      note: 'Mandatory abstract.',
    });
    expect(deadlines.slice(1).map(({ key, label, link, dueAt }) => [key, label, link, dueAt.toISOString()])).toEqual([
      ['acl 2027', 'Paper submission', null, '2027-01-11T11:59:59.000Z'],
      ['acl 2027/rebuttal', 'rebuttal', null, '2027-03-01T11:00:00.000Z'],
    ]);
  });

  test.each([
    ['a map', 'title: no list', 'no list of deadlines'],
    ['a page', '<html><body>404</body></html>', 'no list of deadlines'],
    ['torn', '- a: [', 'no YAML'],
    ['a bomb', `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [${'*b,'.repeat(200)}*b]`, 'no YAML'],
  ])('that is %s says so', (_name, text, words) => {
    expect(() => parseDeadlines(text)).toThrow(PermanentError);
    expect(() => parseDeadlines(text)).toThrow(words);
  });
});

test('a source of deadlines upserts by name, keeps what it could not read, and drops what was withdrawn', async () => {
  const db = await testDatabase();
  let body = list.replace('2026-13-45', '2026-12-24');
  const server = createServer((_request, response) => void response.end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const queue = { enqueue: async () => undefined } as unknown as House['queue'];
  const config = parseConfig({ ALLOW_ADDRESSES: host });
  const now = new Date('2026-11-21T12:00:00Z');
  await addSources(db, [{ kind: 'deadlines', title: 'Lists', url: `http://${host}/conferences.yml` }]);
  const read = async () => {
    const handlers = ingestHandlers({ config, db, log: silent, queue, now: () => now });
    await handlers['source.check']!({ sourceId: 1 }, new AbortController().signal);
    return (await listDeadlines(db, now)).map(({ key, dueAt }) => `${key} ${dueAt.toISOString().slice(0, 10)}`);
  };
  expect(await read()).toEqual([
    'iclr27 2026-12-02',
    'broken27 2026-12-25',
    'acl 2027 2027-01-11',
    'acl 2027/rebuttal 2027-03-01',
  ]);
  body = list.replace('2026-12-01 23', '2026-12-05 23').replace(/ {4}- \{ type: rebuttal.*\n/, '');
  expect(await read()).toEqual(['iclr27 2026-12-06', 'broken27 2026-12-25', 'acl 2027 2027-01-11']);
  expect(await sourceById(db, 1)).toMatchObject({
    health: 'ok',
    note: expect.stringMatching(/^Not read: entry 2 \(broken27\): .*; entry 4/),
  });

  body = `${list}# ${'x'.repeat(1_000_000)}`;
  expect(await read()).toHaveLength(3);
  expect(await sourceById(db, 1)).toMatchObject({
    health: 'broken',
    lastError: `http://${host}/conferences.yml is longer than 1000000 bytes; nothing of it was kept`,
  });
});
