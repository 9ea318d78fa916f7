// The picture that other sites show of an issue: whole whatever its headline is, without boxes, drawn once.
import { pino } from 'pino';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { accentOf, ownBrand } from '../../../core/brand.ts';
import { sql } from '../../../core/db.ts';
import { createDraft } from '../../../core/store/issues.ts';
import { saveSharePictures } from '../../../core/store/share-pictures.ts';
import { toJson } from '../../../core/storable.ts';
import { wordsIn } from '../../../core/words.ts';
import { drawShare } from '../../../workers/render/draw-share.ts';
import { renderHandlers } from '../../../workers/render/handlers.ts';
import { canSet, hasInk, setText, sideOf } from '../../../workers/render/set-text.ts';
import { savePicture } from '../../../core/store/pictures.ts';
import { sampleContent } from '../../services/mailer/sample-issue.ts';
import { openApp } from '../../services/open-app.ts';
import { markSent, seedSentIssue } from '../../services/seed-issue.ts';

const never = new AbortController().signal;
const origin = { publication: 'Courant', brand: ownBrand, words: wordsIn('en') };
const style = { size: 54, lineHeight: 63, colour: '#1c1b1a', width: 1056, lines: 3 };

function withHeadline(title: string) {
  const content = sampleContent(3);
  return { ...content, cards: content.cards.map((card, at) => (at === 0 ? { ...card, title } : card)) };
}

/** The share of a part of the picture that is not paper, in thousandths. */
async function inkIn(png: Buffer, area: { left: number; top: number; width: number; height: number }): Promise<number> {
  const { data } = await sharp(png).extract(area).flatten().greyscale().raw().toBuffer({ resolveWithObject: true });
  return Math.round((data.filter((grey) => grey < 200).length / data.length) * 1000);
}

test.each([
  ['a short one', 'Whisper'],
  ['a long one', 'What recurrent networks can do, in the words of those who were there, '.repeat(8)],
  ['one word that never ends', `https://example.org/${'averylongaddress'.repeat(30)}`],
  ['markup', '<b>bold</b> & "quotes" <img src=x onerror=alert(1)>'],
  ['Chinese without a space', '大型语言模型中的思维链提示,以及它们如何在没有监督的情况下学习'.repeat(6)],
  ['Hebrew with Latin in it', 'מודלים גדולים של שפה: מה הם יודעים על LoRA ועל העולם? '.repeat(6)],
  ['Arabic', 'النماذج اللغوية الكبيرة وما تعرفه عن العالم من حولنا في هذا الأسبوع '.repeat(6)],
  ['what no typeface has', '\u{10fff0}\u{10fff1}\u{10fff2}'],
])('%s stays within its column and leaves the line below it free', async (_what, title) => {
  const { png, width, height, alt } = await drawShare(withHeadline(title), origin);
  expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 1200, height: 630 });
  expect({ width, height }).toEqual({ width: 1200, height: 630 });
  expect(alt).toBe(`Courant, No 12 · Sat 21 Nov 2026: ${title}`);
  for (const left of [0, 1130]) expect(await inkIn(png, { left, top: 0, width: 70, height: 610 })).toBe(0);
  expect(await inkIn(png, { left: 0, top: 528, width: 1200, height: 20 })).toBe(0);
  const shown = await inkIn(png, { left: 72, top: 252, width: 1056, height: 270 });
  // A headline that would be boxes is left out.
  expect(shown > 5).toBe(await canSet(title));
  expect(png.length).toBeLessThan(60_000);
});

test('what does not fit is cut behind a word at the third line, and what fits is not', async () => {
  const long = await setText('seven small words are on this line, '.repeat(20), [style]);
  expect(long.height).toBeGreaterThan(2 * style.lineHeight);
  expect(long.height).toBeLessThanOrEqual(3 * style.lineHeight);
  expect(long.shown).toBeGreaterThan(90);
  expect(long.shown).toBeLessThan(180);
  const short = 'It fits on one line';
  expect((await setText(short, [style])).shown).toBe(short.length);
});

test('a code that nobody has a shape for is told from letters that look like its box', async () => {
  expect(await canSet('\u{10fff0}')).toBe(false);
  expect(await canSet('Größe, naïve, 100 % <ok>')).toBe(true);
  // Characters that are frames themselves, on a machine that has a Chinese typeface.
  expect(await canSet('口国囗田')).toBe(await canSet('的'));
  expect(['LoRA על', '«مرحبا» LoRA', '大型', '12 Größen'].map(sideOf)).toEqual(['left', 'right', 'left', 'left']);
});

test.each(['\u2800', '\u2800 \u2800', '\u00a0', '\u3000', '\u200d', '\u2063', '\u3164', ' ', ''])('what nobody sees (%j) is left out, as headline and as name', async (blank) => {
  const headless = await drawShare(withHeadline(blank), origin);
  expect(headless.alt).toBe('Courant, No 12 · Sat 21 Nov 2026');
  expect(await inkIn(headless.png, { left: 72, top: 252, width: 1056, height: 270 })).toBe(0);
  const nameless = await drawShare(withHeadline('Whisper'), { ...origin, publication: blank });
  expect(nameless.alt).toBe('No 12 · Sat 21 Nov 2026: Whisper');
  expect(await inkIn(nameless.png, { left: 72, top: 60, width: 1056, height: 100 })).toBe(0);
  expect(await inkIn(nameless.png, { left: 72, top: 252, width: 1056, height: 270 })).toBeGreaterThan(5);
}); // prettier-ignore

test('what nobody sees is known for it while other pictures are drawn beside it', async () => {
  const other = (): Promise<Buffer> => sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } }).raw().toBuffer();
  const rounds = Array.from({ length: 1000 }, async () => (await Promise.all([hasInk('\u2800'), other(), other(), other()]))[0]);
  expect(new Set(await Promise.all(rounds))).toEqual(new Set([false]));
}); // prettier-ignore

test('issues whose pictures fail hold up none behind them, are logged, and are tried again an hour later', async () => {
  const { db, house, clock } = await openApp();
  const oldest = await seedSentIssue(db);
  const broken: number[] = [];
  for (const n of [48, 49, 50, 51, 52, 53]) {
    const id = await createDraft(db, { week: `2027-01-${n - 37}`, slug: `2027-w${n}`, titleOf: (number) => `Issue ${number}`, intro: 'One.', stories: [{ storyId: 1, section: 'publications', role: 'pick', summary: ['One.'] }] });
    await markSent(db, id!);
    broken.unshift(id!);
  }
  const right = await db.rows<{ id: number; content: unknown }>(sql`select id, content from issues`);
  await db.run(sql`update issues set content = '{}' where id <> ${oldest}`);
  const lines: { event: string; issueId: number }[] = [];
  const log = pino({}, { write: (line) => void lines.push(JSON.parse(line)) });
  const draw = renderHandlers({ ...house, log })['issues.picture']!;
  const pictured = async () => (await db.rows<{ issueId: number }>(sql`select issue_id from share_pictures order by issue_id desc`)).map(({ issueId }) => issueId);
  await draw({}, never);
  expect(await pictured()).toEqual([oldest]);
  const failed = () => lines.filter(({ event }) => event === 'picture.failed').map(({ issueId }) => issueId);
  expect(failed()).toEqual(broken);
  for (const { id, content } of right) await db.run(sql`update issues set content = ${toJson(content)}::jsonb where id = ${id}`);
  await draw({}, never);
  expect([await pictured(), failed().length]).toEqual([[oldest], 6]);
  clock.now = new Date(clock.now.getTime() + 3_600_000);
  await draw({}, never);
  expect(await pictured()).toEqual([...broken, oldest]);
}); // prettier-ignore

test('the accent of the publication is on it', async () => {
  const { png } = await drawShare(withHeadline('Blue'), { ...origin, brand: { accent: accentOf('#1f5fa8') } });
  const { data } = await sharp(png).flatten().extract({ left: 600, top: 625, width: 1, height: 1 }).raw().toBuffer({ resolveWithObject: true }); // prettier-ignore
  expect([...data]).toEqual([0x1f, 0x5f, 0xa8]);
});

test('an issue gets its picture once, when it went out; its page, its stories and the first page say so', async () => {
  const { app, db, house } = await openApp();
  const issueId = await seedSentIssue(db);
  await db.run(sql`update issues set status = 'scheduled'`);
  const draw = () => renderHandlers(house)['issues.picture']!({}, never);
  const rows = () =>
    db.rows<{ picture: string; contentHash: string }>(sql`select picture, content_hash from share_pictures`);
  await draw();
  expect(await rows()).toEqual([]);
  await db.run(sql`update issues set status = 'sent'`);
  expect((await app.inject('/issues/2026-w47')).body).not.toContain('og:image');
  await draw();
  const [row, ...others] = await rows();
  expect(others).toEqual([]);
  // A name that was set later leaves what was shared as it was.
  await db.run(sql`insert into settings (name, value) values ('publication', '"Another"')`);
  await draw();
  expect(await rows()).toEqual([row]);

  const src = `http://courant.test/pictures/${row!.picture}.png`;
  for (const path of ['/issues/2026-w47', '/', '/stories/1']) {
    const { body } = await app.inject(path);
    expect(body).toContain(`<meta property="og:image" content="${src}">`);
    expect(body).toContain('<meta property="og:image:width" content="1200">');
    expect(body).toContain('<meta property="og:image:height" content="630">');
    expect(body).toContain('<meta property="og:image:alt" content="Courant, No 1 · Sat 21 Nov 2026: Attention pays">');
    expect(body).toContain('<meta name="twitter:card" content="summary_large_image">');
  }
  const served = await app.inject(new URL(src).pathname);
  expect(served.headers).toMatchObject({ 'content-type': 'image/png', 'cache-control': 'public, max-age=31536000, immutable' }); // prettier-ignore
  expect(served.headers['cross-origin-resource-policy']).toBe('cross-origin');

  const own = { picture: await savePicture(db, { bytes: Buffer.from('jpeg'), at: new Date() }), type: 'jpg' as const, width: 900, height: 500, alt: 'A "robot"' }; // prettier-ignore
  await saveSharePictures(db, { issueId, contentHash: row!.contentHash }, new Map([[1, own]]));
  const story = (await app.inject('/stories/1')).body;
  expect(story).toContain(`<meta property="og:image" content="http://courant.test/pictures/${own.picture}.jpg">`);
  expect(story).toContain('<meta property="og:image:alt" content="A &#34;robot&#34;">');
  expect((await app.inject('/stories/2')).body).toContain(`content="${src}"`);
});
