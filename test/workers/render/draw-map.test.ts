// The map of an issue as a picture: the same bytes for the same cards, served at an address made of them.
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { savePicture } from '../../../core/store/pictures.ts';
import { buildApp } from '../../../services/app.ts';
import { drawMap } from '../../../workers/render/draw-map.ts';
import { testDatabase } from '../../database.ts';
import { sampleContent } from '../../services/mailer/sample-issue.ts';
import { testHouse } from '../../services/mailer/sending-fixture.ts';

const cards = sampleContent().cards.map((card, at) => ({
  ...card,
  topic: at < 9 ? 'language models' : at < 15 ? 'speech & sound' : null,
  place: { x: Math.cos(at), y: Math.sin(at * 2) },
}));

test('every story is a point, picks stand out, and the largest topics have a number', async () => {
  const drawn = (await drawMap(cards))!;
  expect(drawn).toMatchObject({ width: 592, height: 320, stories: 25, topics: ['language models', 'speech & sound'] });
  expect((await drawMap(cards))!.png.equals(drawn.png)).toBe(true);
  const { data, info } = await sharp(drawn.png).raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([1184, 640]);
  const seen = { pick: 0, point: 0 };
  for (let at = 0; at < data.length; at += info.channels) {
    const [red, green, alpha] = [data[at]!, data[at + 1]!, info.channels === 4 ? data[at + 3]! : 255];
    if (alpha < 200) continue;
    if (red > 180 && green < 110) seen.pick++;
    else seen.point++;
  }
  expect(seen.pick).toBeGreaterThan(9 * 100);
  expect(seen.point).toBeGreaterThan(16 * 80);
  // A mail of some ten kilobytes more where pictures are shown.
  expect(drawn.png.length).toBeLessThan(20_000);
});

test('an issue without places has none', async () => {
  expect(await drawMap(sampleContent().cards)).toBeUndefined();
});

test('a picture is served for good at the hash of its bytes, and nothing else is', async () => {
  const db = await testDatabase();
  const { png } = (await drawMap(cards))!;
  const name = await savePicture(db, { bytes: png, at: new Date() });
  expect(await savePicture(db, { bytes: png, at: new Date() })).toBe(name);
  const app = await buildApp(testHouse(db, {}).house, { rooms: ['web'] });
  const get = (url: string) => app.inject({ url, headers: { host: 'localhost' } });
  const answer = await get(`/pictures/${name}.png`);
  expect(answer.headers).toMatchObject({ 'content-type': 'image/png', 'cache-control': 'public, max-age=31536000, immutable' }); // prettier-ignore
  expect(answer.rawPayload.equals(png)).toBe(true);
  for (const other of [`${'0'.repeat(64)}.png`, `${name}.svg`, `..%2F${name}.png`, name])
    expect((await get(`/pictures/${other}`)).statusCode).toBe(404);
  await app.close();
});
