// Lists of readers as other programs write them, and the lines in them that are none.
import { describe, expect, test } from 'vitest';
import { csvCell, readReaderList } from '../../../core/readers/read-reader-list.ts';

const ada = { email: 'ada@example.org', status: 'active', interests: [], length: 12 };

describe('the columns of each program', () => {
  test.each([
    [
      'listmonk',
      'uuid,email,name,attributes,status,created_at,updated_at\n5b1,Ada@Example.org,Ada,"{""city"": ""Kiel""}",enabled,2024-03-05T10:11:12.000Z,\n5b2,bob@example.org,Bob,{},disabled,2024-03-05,\n5b3,cyd@example.org,Cyd,{},blocklisted,2024-03-05,\n',
      [
        { ...ada, createdAt: '2024-03-05T10:11:12.000Z', agreedAt: null, network: null, wording: 'listmonk, enabled' },
        { email: 'bob@example.org', status: 'unsubscribed' },
        { email: 'cyd@example.org', status: 'suppressed' },
      ],
    ],
    [
      'mailchimp',
      '"Email Address","First Name",MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,TAGS\nada@example.org,Ada,2,"2023-01-02 03:04:05",192.0.2.77,"2023-01-02 04:00:00",192.0.2.77,\n',
      [
        { ...ada, createdAt: '2023-01-02T03:04:05.000Z', agreedAt: '2023-01-02T04:00:00.000Z', network: '192.0.2.0/24', wording: 'Mailchimp, confirmed' }, // prettier-ignore
      ],
    ],
    [
      'mailchimp',
      'Email Address,OPTIN_TIME,CLEAN_TIME\nada@example.org,2023-01-02 03:04:05,2024-01-01 00:00:00\n',
      [{ email: 'ada@example.org', status: 'suppressed' }],
    ],
    [
      'ghost',
      'id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers\n1,ada@example.org,Ada,,true,false,,2024-05-06T07:08:09.000Z,,,\n2,bob@example.org,Bob,,false,false,,2024-05-06T07:08:09.000Z,,,\n',
      [
        { ...ada, createdAt: '2024-05-06T07:08:09.000Z', wording: 'Ghost, member' },
        { email: 'bob@example.org', status: 'unsubscribed' },
      ],
    ],
    [
      'plain',
      'email;name;status;interests\nada@example.org;Ada;Subscribed;"speech, graphs"\nbob@example.org;Bob;unsubscribed;\ncyd@example.org;Cyd;bounced;\ndan@example.org;Dan;on holiday;\neve@example.org;Eve;;\n',
      [
        { ...ada, interests: ['speech', 'graphs'], wording: 'A list of addresses' },
        { email: 'bob@example.org', status: 'unsubscribed' },
        { email: 'cyd@example.org', status: 'suppressed' },
        // Whoever is not clearly willing gets no mail.
        { email: 'dan@example.org', status: 'unsubscribed' },
        { email: 'eve@example.org', status: 'active' },
      ],
    ],
    [
      'plain',
      'email,unsubscribed_at\nada@example.org,\nbob@example.org,2024-05-06\n',
      [
        { email: 'ada@example.org', status: 'active' },
        { email: 'bob@example.org', status: 'unsubscribed' },
      ],
    ],
    [
      'courant',
      '\uFEFFemail;status;length;lang;interests;created_at;confirmed_at;consent;consent_wording;consent_at;consent_network\r\nada@example.org;active;8;en;"speech;\'=sum of parts";2025-01-01T00:00:00.000Z;;confirmed;Subscribe;2025-01-02T00:00:00.000Z;192.0.2.0/24\r\n',
      [
        { ...ada, length: 8, interests: ['speech', '=sum of parts'], agreedAt: '2025-01-02T00:00:00.000Z', network: '192.0.2.0/24', wording: 'Subscribe' }, // prettier-ignore
      ],
    ],
    [
      'plain',
      'email,lang,created_at,agreed_at,consent_ip,consent\nada@example.org,de-AT,2024-01-02,2024-01-03 10:00:00,192.0.2.77,"On paper, at the spring meeting"\nbob@example.org,,,,,yes\ncyd@example.org,,,,,No\n',
      [
        { ...ada, lang: 'de', createdAt: '2024-01-02T00:00:00.000Z', agreedAt: '2024-01-03T10:00:00.000Z', network: '192.0.2.0/24', wording: 'On paper, at the spring meeting', saysHow: true }, // prettier-ignore
        { email: 'bob@example.org', status: 'active', wording: 'A list of addresses', saysHow: false, lang: null },
        { email: 'cyd@example.org', status: 'unsubscribed' },
      ],
    ],
    [
      'listmonk',
      'email,status,attributes,consent_wording\nada@example.org,enabled,{},Ticked at the fair\nbob@example.org,enabled,{},\n',
      [
        { ...ada, wording: 'Ticked at the fair', saysHow: true },
        { email: 'bob@example.org', wording: 'listmonk, enabled', saysHow: false },
      ],
    ],
    [
      'courant',
      'email,status,length,lang,interests,created_at,confirmed_at,consent,consent_wording,consent_at,consent_network\nada@example.org,paused,12,fr,,2025-01-01T00:00:00.000Z,,confirmed,Subscribe,2025-01-02T00:00:00.000Z,\n',
      [{ ...ada, status: 'paused', lang: 'fr', wording: 'Subscribe', saysHow: true }],
    ],
    ['plain', 'EMAIL\tname\nada@example.org\tAda\n', [ada]],
  ])('%s', (origin, text, rows) => {
    const list = readReaderList(text);
    expect(list).toMatchObject({ origin, problems: [] });
    expect(list.rows).toHaveLength(rows.length);
    expect(list.rows).toMatchObject(rows);
  });
});

test('what is no reader is told with its line, and the others are taken', () => {
  const text =
    'email,name\nada@example.org,Ada\n,Nobody\nbob at example.org,Bob\nADA@example.org,Ada again\ncyd@example.org\ndan@example.org,Dan\n';
  const { rows, problems } = readReaderList(text);
  expect(rows.map(({ email }) => email)).toEqual(['ada@example.org', 'dan@example.org']);
  expect(problems).toEqual([
    { line: 3, what: 'It has no address.' },
    { line: 4, what: '“bob at example.org” is no address mail can be sent to.' },
    { line: 5, what: 'It has the same address as line 2, which is taken.' },
    { line: 6, what: 'It has 1 columns of 2.' },
  ]);
});

test('a mark that says no in another language is no proof of consent, and one that says yes tells nothing of how', () => {
  const noes = ['nein', 'Non.', 'NO', '否', 'falsch', 'off', 'Declined', 'revoked'];
  const { rows } = readReaderList(`email,consent\n${noes.map((no, at) => `a${at}@example.org,${no}`).join('\n')}\n`);
  expect(rows.map(({ status, saysHow }) => [status, saysHow])).toEqual(noes.map(() => ['unsubscribed', false]));
  const yeses = ['ja', 'Oui', 'Sí', '是', 'on'];
  const willing = readReaderList(`email,consent\n${yeses.map((yes, at) => `a${at}@example.org,${yes}`).join('\n')}\n`);
  expect(willing.rows.map(({ status, saysHow }) => [status, saysHow])).toEqual(yeses.map(() => ['active', false]));
});

test('a year that the database does not know costs its date alone', () => {
  const { rows } = readReaderList('email,created_at,agreed_at\nada@example.org,+200000-01-01,+200000-01-01T00:00Z\n');
  expect(rows).toMatchObject([{ createdAt: null, agreedAt: null }]);
});

test('of an address only its network is kept, and an hour without a day is no time', () => {
  const list =
    'email,consent_ip,agreed_at\na@example.org,203.0.113.77/32,12:30\nb@example.org,2001:db8:1:2::/48,\nc@example.org,x/y,\n';
  const { rows } = readReaderList(list);
  expect(rows.map(({ network }) => network)).toEqual(['203.0.113.0/24', '2001:db8:1::/48', null]);
  expect(rows[0]!.agreedAt).toBeNull();
});

test('who never confirmed is no reader', () => {
  const { rows, problems } = readReaderList('email,status\nada@example.org,pending\nbob@example.org,active\n');
  expect(rows.map(({ email }) => email)).toEqual(['bob@example.org']);
  expect(problems).toEqual([{ line: 2, what: 'They were asked and never confirmed that they want mail.' }]);
});

test.each([
  ['', 'The list is empty.'],
  ['name,city\nAda,Kiel\n', 'No column is called "email" (or "Email Address"). The first line names the columns.'],
])('%j is no list', (text, what) => {
  expect(readReaderList(text)).toMatchObject({ rows: [], problems: [{ line: 1, what }] });
});

test('an open quotation mark spoils its own lines and is told', () => {
  const { problems } = readReaderList('email,name\nada@example.org,"Ada\nbob@example.org,Bob\n');
  expect(problems.length).toBeGreaterThan(0);
});

test.each([
  ['plain', 'plain'],
  ['a, "b"', '"a, ""b"""'],
  ['=1+1', "'=1+1"],
  ['@cmd;x', '"\'@cmd;x"'],
])('a cell of %j', (value, cell) => {
  expect(csvCell(value)).toBe(cell);
});
