// Pictures of items in letters: fetched once, made small, served by us; what is none, or cannot be had, is left out.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { linksOf } from '../../../core/links.ts';
import { sql } from '../../../core/db.ts';
import { cardPictures } from '../../../core/store/fetched-pictures.ts';
import { loadRender } from '../../../core/store/renders.ts';
import type { Card } from '../../../core/store/issue-content.ts';
import { buildApp } from '../../../services/app.ts';
import { compileCards } from '../../../core/letter/letter.ts';
import { openTemplates } from '../../../core/templates.ts';
import { fetchPictures } from '../../../workers/render/fetch-pictures.ts';
import { renderHandlers } from '../../../workers/render/handlers.ts';
import { fitPicture } from '../../../workers/render/fit-picture.ts';
import { testDatabase } from '../../database.ts';
import { sampleContent } from '../../services/mailer/sample-issue.ts';
import { scheduleSample, sendAt, testHouse } from '../../services/mailer/sending-fixture.ts';

const never = new AbortController().signal;
const links = linksOf('https://news.example.org');
const paint = (width: number, height: number) => sharp({ create: { width, height, channels: 4, background: { r: 200, g: 40, b: 40, alpha: 0.5 } } }); // prettier-ignore

let web: Server;
let host: string;
let asked: string[];
beforeAll(async () => {
  const photo = await paint(2400, 1200)
    .jpeg()
    .withExif({ IFD0: { Copyright: 'a secret place' } })
    .toBuffer();
  const small = await paint(40, 40).png().toBuffer();
  const bodies: Record<string, Buffer> = {
    '/photo.jpg': photo,
    '/icon.png': small,
    '/drawing.svg': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="600" height="400"><rect width="600" height="400"/></svg>'), // prettier-ignore
    '/page.html': Buffer.from('<html>no picture</html>'),
  };
  asked = [];
  web = createServer((request, response) => {
    asked.push(request.url!);
    const body = bodies[request.url!.split('?')[0]!];
    response.writeHead(body ? 200 : 404).end(body);
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(web.address() as AddressInfo).port}`;
});
afterAll(() => web.close());

test('a card has the picture that a curator described, from our own host, with its size and words', async () => {
  const db = await testDatabase();
  const { house } = testHouse(db, { ALLOW_ADDRESSES: host });
  const content = sampleContent(6);
  const pictured = (at: number, path: string, imageAlt?: string): Card => ({ ...content.cards[at]!, imageUrl: `http://${host}${path}`, ...(imageAlt && { imageAlt }) }); // prettier-ignore
  const cards = [
    pictured(0, '/photo.jpg', 'Two "robots" & a cup'),
    pictured(1, '/photo.jpg'),
    pictured(2, '/icon.png', 'An icon'),
    pictured(3, '/drawing.svg', 'A drawing'),
    pictured(4, '/page.html', 'A page'),
    pictured(5, '/lost.jpg', 'Lost'),
  ];
  await fetchPictures(house, { cards, triedBefore: sendAt, stop: never });
  const pictures = await cardPictures(db, { cards, links });
  expect([...pictures.keys()]).toEqual([cards[0]!.storyId]);
  const picture = pictures.get(cards[0]!.storyId)!;
  expect(picture).toMatchObject({ width: 592, height: 296, alt: 'Two "robots" & a cup' });
  // What sites show when somebody shares the story is the same picture, as it is stored.
  expect(picture.kept).toMatchObject({ type: 'jpg', width: 1184, height: 592, alt: 'Two "robots" & a cup' });
  // Nobody described the second one: nobody asks for it.
  expect(asked.filter((path) => path === '/photo.jpg')).toHaveLength(1);

  const [part] = await compileCards(openTemplates(), { content, contentHash: 'a'.repeat(64), cards: [cards[0]!] }, { publication: 'C', links, pictures }); // prettier-ignore
  expect(part!.html).toContain(`src="${picture.src}" width="592" height="296"\nalt="Two &#34;robots&#34; &amp; a cup"`);
  expect(part!.html).not.toContain(host);

  const app = await buildApp(house, { rooms: ['web'] });
  const answer = await app.inject({ url: new URL(picture.src).pathname, headers: { host: 'localhost' } });
  expect(answer.headers['content-type']).toBe('image/jpeg');
  expect(answer.rawPayload.includes('a secret place')).toBe(false);
  expect(await sharp(answer.rawPayload).metadata()).toMatchObject({ format: 'jpeg', width: 1184, height: 592 });
  const asPng = await app.inject({ url: new URL(picture.src).pathname.replace('.jpg', '.png'), headers: { host: 'localhost' } }); // prettier-ignore
  expect(asPng.statusCode).toBe(404);
  await app.close();
});

test('many are fetched side by side, and few enough for any line', async () => {
  const db = await testDatabase();
  let [open, most] = [0, 0];
  const held: (() => void)[] = [];
  // It answers nobody who comes alone.
  const slow = createServer((_request, response) => {
    most = Math.max(most, ++open);
    held.push(() => response.writeHead(404).end());
    response.on('close', () => open--);
    if (open >= 2) for (const answer of held.splice(0)) answer();
  });
  await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
  const at = `127.0.0.1:${(slow.address() as AddressInfo).port}`;
  const { house } = testHouse(db, { ALLOW_ADDRESSES: at });
  const cards = sampleContent(10).cards.map((card, place): Card => ({ ...card, imageUrl: `http://${at}/${place}`, imageAlt: 'A cup' })); // prettier-ignore
  await fetchPictures(house, { cards, triedBefore: sendAt, stop: never });
  expect((await cardPictures(db, { cards, links })).size).toBe(0);
  expect(most).toBeGreaterThanOrEqual(2);
  expect(most).toBeLessThanOrEqual(4);
  slow.close();
});

test('what was had is not asked for again, what could not be had only later', async () => {
  const db = await testDatabase();
  const { house } = testHouse(db, { ALLOW_ADDRESSES: host });
  const [had, lost] = sampleContent(2).cards.map((card, at): Card => ({ ...card, imageUrl: `http://${host}/${at === 0 ? 'photo.jpg' : 'lost.jpg'}?again`, imageAlt: 'A cup' })); // prettier-ignore
  const times = async (triedBefore: Date): Promise<number[]> => {
    await fetchPictures(house, { cards: [had!, lost!], triedBefore, stop: never });
    return ['/photo.jpg?again', '/lost.jpg?again'].map((path) => asked.filter((one) => one === path).length);
  };
  expect(await times(new Date(sendAt.getTime() - 600_000))).toEqual([1, 1]);
  expect(await times(new Date(sendAt.getTime() - 600_000))).toEqual([1, 1]);
  expect(await times(sendAt)).toEqual([1, 2]);
});

test('a picture is fetched once, in however many languages its letters are written', async () => {
  const db = await testDatabase();
  const content = sampleContent(4);
  const cards = content.cards.map((card, at): Card => at === 0 ? { ...card, imageUrl: `http://${host}/photo.jpg?once`, imageAlt: 'A cup' } : card); // prettier-ignore
  const { issueId, contentHash } = await scheduleSample(db, { readers: 2, content: { ...content, cards } });
  await db.run(sql`update readers set lang = case id when 1 then 'zh' else 'de' end`);
  const { house } = testHouse(db, { ALLOW_ADDRESSES: host });
  await renderHandlers(house)['issue.render']!({ issueId }, never);
  const byLang = await loadRender(db, { issueId, contentHash });
  expect([...byLang.keys()].toSorted()).toEqual(['de', 'en', 'zh']);
  for (const parts of byLang.values())
    expect(parts.find(({ part }) => part === `card:${cards[0]!.storyId}`)!.html).toContain('/pictures/');
  expect(asked.filter((path) => path === '/photo.jpg?once')).toHaveLength(1);
});

test.each<[string, [number, number], [number, number]]>([
  ['a small one stays as it is', [300, 200], [300, 200]],
  ['a wide one is as wide as the letter', [3000, 600], [592, 119]],
  ['a tall one is no taller than a screen', [600, 2400], [120, 480]],
])('%s', async (_what, [width, height], [shownWidth, shownHeight]) => {
  const fitted = await fitPicture(await paint(width, height).png().toBuffer());
  expect([fitted.width, fitted.height]).toEqual([shownWidth, shownHeight]);
});

test('one that would fill the memory is refused before it is decoded', async () => {
  // 60 million pixels of one colour in 200 KB.
  const large = await sharp({ create: { width: 10_000, height: 6_000, channels: 3, background: '#fff' } }).png().toBuffer(); // prettier-ignore
  await expect(fitPicture(large)).rejects.toThrow('no picture that can be read');
});
