// The page of deadlines and its calendar, as the public sees them.
import { describe, expect, test } from 'vitest';
import type { Database } from '../../../core/db.ts';
import { saveDeadlines, type NewDeadline } from '../../../core/store/deadlines.ts';
import { addSources } from '../../../core/store/sources.ts';
import { renderCalendar } from '../../../services/web/calendar.ts';
import { countdown } from '../../../services/web/countdown.ts';
import { openApp, testNow } from '../open-app.ts';

function deadline(fields: Partial<NewDeadline> = {}): NewDeadline {
  return {
    key: 'iclr27',
    title: 'ICLR',
    year: 2027,
    label: null,
    dueAt: new Date('2026-12-02T11:59:59Z'),
    abstractDueAt: null,
    link: 'https://iclr.example/2027',
    place: 'Somewhere, Earth',
    dates: 'April 25 - 29, 2027',
    subjects: ['ML'],
    note: null,
    ...fields,
  };
}

async function seed(db: Database, deadlines: NewDeadline[]): Promise<void> {
  await addSources(db, [{ kind: 'deadlines', title: 'Lists', url: 'https://lists.example/conferences.yml' }]);
  await saveDeadlines(db, 1, { deadlines, unreadKeys: [], refused: [], now: testNow });
}

const acl = deadline({
  key: 'acl27',
  title: 'ACL <b>',
  dueAt: new Date('2026-11-23T12:00:00Z'),
  abstractDueAt: new Date('2026-11-20T13:00:00Z'),
  subjects: ['NLP', 'ML'],
  note: 'Two, columns; \\ and\nmore',
});
const gone = deadline({ key: 'neurips26', title: 'NeurIPS', year: 2026, dueAt: new Date('2026-09-20T12:00:00Z') });

describe('the page of deadlines', () => {
  test('is in the header only when there are any', async () => {
    const { app, db } = await openApp();
    expect((await app.inject('/topics')).body).not.toContain('href="/deadlines"');
    expect((await app.inject('/deadlines')).body).toContain('No deadline is known');
    await seed(db, [deadline()]);
    expect((await app.inject('/topics')).body).toContain('href="/deadlines"');
  });

  test('shows the next first by subject, past ones folded, in local time and anywhere on earth', async () => {
    const { app, db } = await openApp();
    await seed(db, [deadline(), acl, gone]);
    const { body } = await app.inject('/deadlines?zone=Europe/Berlin');
    const order = [
      'Natural language</h2>',
      'ACL &lt;b&gt; 2027',
      'Machine learning</h2>',
      'ICLR 2027',
      'Past (1)',
      'NeurIPS 2026',
    ];
    expect(order.map((words) => body.lastIndexOf(words))).toEqual(
      order.map((words) => body.lastIndexOf(words)).toSorted((a, b) => a - b),
    );
    expect(body).toContain('>Wed 2 Dec 2026, 12:59</time> · Tue 1 Dec 2026, 23:59 AoE');
    expect(body).toContain('<strong class="warn">in 3 days</strong>');
    expect(body).toContain('Abstract: Fri 20 Nov 2026, 14:00 (in 1 hour)');
    expect(body).toContain('61 days ago');
  });

  test('of one subject has what belongs to it under any of its names', async () => {
    const { app, db } = await openApp();
    await seed(db, [deadline(), acl]);
    expect((await app.inject('/deadlines?subject=ML')).body).toMatch(/ACL[\s\S]*ICLR/);
    const { body } = await app.inject('/deadlines?subject=NLP');
    expect(body).not.toContain('ICLR');
    expect(body).toContain('href="/deadlines.ics?subject=NLP"');
    const abstracts = (await app.inject('/deadlines?kind=abstract&zone=Europe/Berlin')).body;
    expect(abstracts).toContain('abstract: <time datetime="2026-11-20T13:00:00.000Z">Fri 20 Nov 2026, 14:00</time>');
    expect(abstracts).not.toContain('ICLR');
    expect((await app.inject('/deadlines?subject=KR')).body).toContain('Nothing is due in this subject');
  });

  test('refuses a zone that is none', async () => {
    const { app } = await openApp();
    const answer = await app.inject('/deadlines?zone=Mars/Olympus');
    expect([answer.statusCode, answer.body]).toEqual([400, expect.stringContaining('This is no time zone')]);
  });
});

describe('the calendar', () => {
  test('has an event for each deadline to come and its abstract, as a download', async () => {
    const { app, db } = await openApp();
    await seed(db, [deadline(), acl, gone]);
    const answer = await app.inject('/deadlines.ics');
    expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(answer.headers['content-disposition']).toContain('deadlines.ics');
    expect(answer.body.split('BEGIN:VEVENT')).toHaveLength(4);
    expect(answer.body).toContain(
      'DTSTART:20261202T115959Z\r\nSUMMARY:ICLR 2027: deadline\r\nLOCATION:Somewhere\\, Earth',
    );
    expect(answer.body).toContain(
      'DESCRIPTION:Conference: April 25 - 29\\, 2027\\nTwo\\, columns\\; \\\\ and\\nmore\\',
    );
    expect((await app.inject('/deadlines.ics?subject=NLP')).body).not.toContain('ICLR');
  });

  test.each([
    ['', ['ACL <b> 2027: abstract', 'ACL <b> 2027: deadline', 'ICLR 2027: deadline']],
    ['?subject=NLP', ['ACL <b> 2027: abstract', 'ACL <b> 2027: deadline']],
    ['?kind=abstract', ['ACL <b> 2027: abstract']],
    ['?subject=ML&kind=deadline', ['ACL <b> 2027: deadline', 'ICLR 2027: deadline']],
    ['?subject=CV&kind=abstract', []],
  ])(
    'the page with the filters "%s" offers a calendar to follow that has just its deadlines',
    async (filters, titles) => {
      const { app, db } = await openApp();
      await seed(db, [deadline(), acl, gone]);
      const { body: page } = await app.inject(`/deadlines${filters}`);
      const webcal = /href="(webcal:[^"]*)"/.exec(page)![1]!.replaceAll('&amp;', '&');
      expect(webcal).toBe(`webcal://courant.test/deadlines.ics${filters}`);
      // What a calendar program asks for.
      const { body } = await app.inject(webcal.slice('webcal://courant.test'.length));
      expect([...body.matchAll(/^SUMMARY:(.*)\r$/gm)].map(([, summary]) => summary)).toEqual(titles);
      const [current] = page.split('<details');
      const shown = [...current!.matchAll(/<h3><a [^>]*>([^<]*)</g)].map(([, title]) => title!.replaceAll('&lt;', '<').replaceAll('&gt;', '>')); // prettier-ignore
      expect(new Set(shown)).toEqual(new Set(titles.map((title) => title.split(':')[0])));
    },
  );

  test('folds long lines at 75 octets without cutting a character, and ends every line as RFC 5545 asks', () => {
    const note = '深度学习 and a rather long line of words, '.repeat(10);
    const text = renderCalendar({
      name: 'C',
      host: 'courant.test',
      now: testNow,
      deadlines: [{ ...deadline({ note }), id: 7 }],
    });
    const lines = text.split('\r\n');
    expect(text).not.toMatch(/[^\r]\n/);
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(text.replaceAll('\r\n ', '')).toContain(note.trim().replaceAll(',', '\\,').slice(0, 300));
    expect(lines).toContain('UID:deadline-7@courant.test');
  });

  test('lets nobody write a line of it by a subject with half a line break in it', async () => {
    const { app } = await openApp();
    const { body } = await app.inject('/deadlines.ics?subject=a%0DURL:https://evil.example%0D%0AX:y%01z');
    expect(body.split(/\r\n|\r|\n/).filter((line) => line.startsWith('URL') || line.startsWith('X:'))).toEqual([]);
    expect(body.replaceAll('\r\n', '')).not.toMatch(/\p{Cc}/u);
  });
});

test.each([
  [90_000, 'in 1 minute'],
  [30_000, 'now'],
  [3 * 3_600_000, 'in 3 hours'],
  [47 * 3_600_000, 'in 47 hours'],
  [49 * 3_600_000, 'in 2 days'],
  [-49 * 3_600_000, '2 days ago'],
])('%i ms from now is "%s"', (ms, words) => {
  expect(countdown(new Date(testNow.getTime() + ms), testNow)).toBe(words);
});

test('the first page begins with the date that comes next, be it of an abstract, and says what is due', async () => {
  const { app, db } = await openApp();
  await seed(db, [
    deadline({ abstractDueAt: new Date('2026-11-21T13:00:00Z'), dueAt: new Date('2026-11-25T12:00:00Z') }),
    deadline({ key: 'acl27', title: 'ACL', dueAt: new Date('2026-11-24T12:00:00Z') }),
    // Its abstract is past: the paper is next.
    deadline({ ...acl, key: 'aaai27', title: 'AAAI', abstractDueAt: new Date('2026-11-19T12:00:00Z') }),
    deadline({ key: 'icml27', title: 'ICML', label: 'Rebuttal', dueAt: new Date('2026-11-22T12:00:00Z') }),
  ]);
  const { body } = await app.inject('/');
  const lines = [...body.matchAll(/<li class="due"><strong>([^<]*)<\/strong><div>([^<]*)</g)];
  expect(lines.map(([, left, title]) => `${left} ${title}`)).toEqual([
    '25 h ICLR 2027: abstract',
    '2 d ICML 2027: Rebuttal',
    '3 d AAAI 2027',
  ]);
});
