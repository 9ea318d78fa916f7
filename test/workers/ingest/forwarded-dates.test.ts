// The date over a forwarded letter: in the words of many mail programs, and the same on a server in any zone.
import { afterEach, expect, test } from 'vitest';
import { readReaderList } from '../../../core/readers/read-reader-list.ts';
import { readNewsletter } from '../../../workers/ingest/read-newsletter.ts';

const given = process.env['TZ'];
afterEach(() => {
  if (given === undefined) delete process.env['TZ'];
  else process.env['TZ'] = given;
});

async function dateOf(line: string): Promise<string | undefined> {
  const raw = `From: Ann <ann@reader.example>\r\nSubject: Fwd: On stairs\r\nDate: Wed, 18 Mar 2026 20:00:00 +0000\r\n\r\n---------- Forwarded message ---------\r\nFrom: Essays <essays@letters.example>\r\n${line}\r\nSubject: On stairs\r\n\r\nStairs fold because rooms are small, and the first paper on them says how small.\r\n`;
  const read = await readNewsletter({ raw: Buffer.from(raw) });
  return 'item' in read ? read.item.published?.toISOString() : undefined;
}

test.each([
  ['Date: Mon, Mar 16, 2026 at 6:00 AM', '2026-03-16T06:00:00.000Z'],
  ['Date: 16 March 2026 at 08:00:00 GMT+2', '2026-03-16T06:00:00.000Z'],
  ['Gesendet: Montag, 16. März 2026 um 06:00', '2026-03-16T06:00:00.000Z'],
  ['Date: lundi 16 mars 2026 à 06:00', '2026-03-16T06:00:00.000Z'],
  ['Fecha: lun, 16 mar 2026 a las 6:00', '2026-03-16T06:00:00.000Z'],
  ['Date: some day', '2026-03-18T20:00:00.000Z'],
])('%s', async (line, at) => {
  for (const zone of ['UTC', 'Pacific/Apia', 'America/St_Johns']) {
    process.env['TZ'] = zone;
    expect([zone, await dateOf(line)]).toEqual([zone, at]);
  }
});

test('times in a list of readers are UTC where they say no zone, in any zone', () => {
  process.env['TZ'] = 'Pacific/Apia';
  const list =
    'uuid,email,name,attributes,status,created_at,updated_at\n1,ada@example.org,Ada,{},enabled,2024-03-05T10:11:12,\n2,bob@example.org,Bob,{},enabled,05/03/24,\n';
  const { rows } = readReaderList(list);
  expect(rows.map(({ createdAt }) => createdAt)).toEqual(['2024-03-05T10:11:12.000Z', null]);
});
