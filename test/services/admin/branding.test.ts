// The accent and the logo of a publication: set by an owner, checked where they are typed, worn by pages, letters and mails.
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { accentOf, grounds, ownAccent, whyNoAccent } from '../../../core/brand.ts';
import { contrast } from '../../../core/contrast.ts';
import { listAudit } from '../../../core/store/curators.ts';
import { loadSettings } from '../../../core/store/settings.ts';
import { seedIssue } from '../seed-issue.ts';
import { openDesk, type Desk } from './open-desk.ts';

const picture = (width: number, height: number, background: string) =>
  sharp({ create: { width, height, channels: 4, background: '#00000000' } })
    .composite([{ input: { create: { width: width / 2, height: height / 2, channels: 4, background } } }])
    .png()
    .toBuffer();

/** As a browser sends a form with a file. */
async function upload(desk: Desk, bytes: Buffer | string, name = 'logo.png') {
  const csrf = /name="_csrf" value="([^"]+)"/.exec((await desk.get('/desk/settings')).body)?.[1] ?? '';
  const form = new FormData();
  form.append('_csrf', csrf);
  form.append('logo', new Blob([bytes]), name);
  const request = new Request('http://courant.test/', { method: 'POST', body: form });
  const headers = { cookie: desk.cookie(), 'content-type': request.headers.get('content-type')! };
  return desk.app.inject({ method: 'POST', url: '/desk/settings/logo', headers, payload: Buffer.from(await request.arrayBuffer()) }); // prettier-ignore
}

describe('an accent', () => {
  test.each(['#1f5fa8', '#000000', '#6a1b9a', '#0b6e4f', '#7a5c00', '#b4371f', '#8a0030'])(
    '%s is read in light and in dark, as words and as what buttons stand on',
    (colour) => {
      expect(whyNoAccent(colour)).toBeUndefined();
      const { light, lightSoft, dark, darkSoft } = accentOf(colour);
      for (const ground of [grounds.light, grounds.lightTint, lightSoft]) expect(contrast(light, ground)).toBeGreaterThanOrEqual(4.5); // prettier-ignore
      for (const ground of [grounds.dark, grounds.darkTint, darkSoft]) expect(contrast(dark, ground)).toBeGreaterThanOrEqual(4.5); // prettier-ignore
    },
  );

  test.each(['#ffcc00', '#ffffff', '#00bcd4', '#ff7043'])('%s is too pale, and what would do is said', (colour) => {
    const said = whyNoAccent(colour)!;
    expect(said).toContain(`${colour} is too pale`);
    const [offered] = /#[0-9a-f]{6} would do/.exec(said)!;
    expect(whyNoAccent(offered.slice(0, 7))).toBeUndefined();
  });

  test('is worn by pages, the letter and mails, and given up for ours again', async () => {
    const desk = await openDesk('owner');
    await seedIssue(desk.db);
    expect((await desk.get('/')).body).not.toContain('/accent/');
    expect((await desk.send('/desk/settings/accent', { accent: ' 1F5FA8 ' })).headers.location).toBe('/desk/settings?said=looks'); // prettier-ignore
    for (const page of ['/', '/topics', '/desk'])
      expect((await desk.get(page)).body).toContain('href="/accent/1f5fa8.css"');
    const { dark } = accentOf('#1f5fa8');
    expect((await desk.get('/accent/1f5fa8.css')).body).toContain(`--accent:#1f5fa8`);
    expect((await desk.get('/accent/1f5fa8.css')).body).toContain(dark);
    const letter = (await desk.get('/desk/issues/1/letter')).body;
    expect(letter).toContain('color:#1f5fa8');
    expect(letter).toContain(dark);
    expect(letter).not.toContain(ownAccent.light);
    await desk.send('/desk/sign-in', { email: 'olga@desk.example' });
    const [mail] = await desk.mail();
    expect(mail!.html).toContain('#1f5fa8');
    expect(mail!.html).not.toContain(ownAccent.light);
    expect((await listAudit(desk.db, 'settings'))[0]).toMatchObject({ action: 'change the accent', before: { accent: '' }, after: { accent: '#1f5fa8' } }); // prettier-ignore
    await desk.send('/desk/settings/accent', { accent: '' });
    expect((await desk.get('/')).body).not.toContain('/accent/');
    expect((await desk.get('/desk/issues/1/letter')).body).toContain(ownAccent.light);
  });

  test.each([
    ['#ffcc00', 'is too pale for words'],
    ['blue', 'A colour is a # and six digits'],
    ['#12345', 'A colour is a # and six digits'],
    ['#1f5fa8;}', 'A colour is a # and six digits'],
  ])('%j is told at its field, and nothing is saved', async (accent, said) => {
    const desk = await openDesk('owner');
    const answer = await desk.send('/desk/settings/accent', { accent });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain(said);
    expect(answer.body).toMatch(/id="accent"[^>]*aria-invalid="true"/);
    expect((await loadSettings(desk.db)).accent).toBe('');
  });

  test.each(['ffcc00', '1F5FA8', 'zzzzzz', '1f5fa8x'])('there is no sheet of %s', async (hex) => {
    const { app } = await openDesk();
    expect((await app.inject({ url: `/accent/${hex}.css` })).statusCode).toBe(404);
  });
});

describe('a logo', () => {
  test('is written anew, stands for the name on pages and in mails, and is taken away', async () => {
    const desk = await openDesk('owner');
    await seedIssue(desk.db);
    expect((await upload(desk, await picture(1200, 400, '#123456'))).headers.location).toBe(
      '/desk/settings?said=looks',
    );
    const { logo } = await loadSettings(desk.db);
    // What is seen of it is 600 by 200; it is shown 64 high at most.
    expect(logo).toMatchObject({ width: 192, height: 64, needsPlate: true });
    const src = `/pictures/${logo!.hash}.png`;
    const kept = await desk.get(src);
    expect(await sharp(kept.rawPayload).metadata()).toMatchObject({ format: 'png', width: 384, height: 128 });
    for (const page of ['/', '/topics', '/desk']) expect((await desk.get(page)).body).toContain(`src="${src}" width="192" height="64" alt="Courant">`); // prettier-ignore
    const letter = (await desk.get('/desk/issues/1/letter')).body;
    expect(letter).toContain(`src="http://courant.test${src}"`);
    expect(letter).toMatch(/<img[^>]*alt="Courant"[^>]*background:#fffdf8/);
    await desk.send('/desk/sign-in', { email: 'olga@desk.example' });
    expect((await desk.mail())[0]!.html).toContain(`src="http://courant.test${src}"`);
    await desk.send('/desk/settings/logo/remove');
    expect((await loadSettings(desk.db)).logo).toBeNull();
    expect((await desk.get('/')).body).not.toContain('<img class="logo');
    expect((await desk.get(src)).statusCode).toBe(200);
  });

  test('in JPEG and WebP does as well, and one that stands out in the dark needs no plate', async () => {
    const desk = await openDesk('owner');
    for (const format of ['jpeg', 'webp'] as const) {
      const bytes = await sharp(await picture(400, 100, '#e8622c')).flatten({ background: '#ffffff' }).toFormat(format).toBuffer(); // prettier-ignore
      expect((await upload(desk, bytes, `logo.${format}`)).statusCode).toBe(303);
      expect((await loadSettings(desk.db)).logo).toMatchObject({ needsPlate: false });
    }
  });

  test.each([
    ['nothing', '', 'Choose a picture'],
    ['a page', '<!doctype html><script>1</script>', 'This is no picture'],
    ['a drawing with a script', '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script><rect width="9" height="9"/></svg>', 'This is SVG'], // prettier-ignore
    ['more than a megabyte', 'x'.repeat(1_000_005), 'more than 1 MB'],
    ['half a picture', undefined, 'This is no picture'],
  ])('that is %s is told at its field, and nothing is saved', async (_what, bytes, said) => {
    const desk = await openDesk('owner');
    const half = (await picture(300, 100, '#123456')).subarray(0, 120);
    const answer = await upload(desk, bytes ?? half);
    expect([answer.statusCode, answer.body.includes(said)]).toEqual([400, true]);
    expect(answer.body).toMatch(/id="logo"[^>]*aria-invalid="true"/);
    expect((await loadSettings(desk.db)).logo).toBeNull();
  });

  test('that unfolds to a billion points, is seen by nobody, or is too pale for the paper, is refused', async () => {
    const desk = await openDesk('owner');
    const bomb = await sharp({ create: { width: 16_000, height: 16_000, channels: 3, background: '#000' }, limitInputPixels: false }).png({ compressionLevel: 9 }).toBuffer(); // prettier-ignore
    expect(bomb.length).toBeLessThan(1_000_000);
    expect((await upload(desk, bomb)).body).toContain('16 million points');
    expect((await upload(desk, await picture(200, 100, '#00000000'))).statusCode).toBe(400);
    const pale = await sharp(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><circle cx="100" cy="50" r="45" fill="#ffee99"/></svg>')).png().toBuffer(); // prettier-ignore
    expect((await upload(desk, pale)).body).toContain('too pale');
  });

  test('comes from an owner with a token of their form', async () => {
    const editor = await openDesk('editor');
    expect((await upload(editor, await picture(200, 100, '#123456'))).statusCode).toBe(403);
    const owner = await openDesk('owner');
    const body = '--x\r\ncontent-disposition: form-data; name="logo"; filename="a.png"\r\n\r\nabc\r\n--x--\r\n';
    const headers = { cookie: owner.cookie(), 'content-type': 'multipart/form-data; boundary=x' };
    expect((await owner.app.inject({ method: 'POST', url: '/desk/settings/logo', headers, payload: body })).statusCode).toBe(403); // prettier-ignore
    // Cut off, without a boundary, with another one: a form that did not arrive, and no failure of ours.
    for (const [type, sent] of [
      ['multipart/form-data; boundary=x', body.slice(0, 60)],
      ['multipart/form-data', body],
      ['multipart/form-data; boundary=y', body],
    ] as const) {
      const broken = await owner.app.inject({ method: 'POST', url: '/desk/settings/logo', headers: { ...headers, 'content-type': type }, payload: sent }); // prettier-ignore
      expect([type, broken.statusCode >= 400 && broken.statusCode < 500]).toEqual([type, true]);
    }
    // No other form takes a file.
    expect((await owner.app.inject({ method: 'POST', url: '/desk/settings', headers, payload: body })).statusCode).toBe(415); // prettier-ignore
  });
});
