// A letter put together from parts is, byte for byte, the one that MJML makes for its reader alone.
import { hash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ownAccent } from '../../../core/brand.ts';
import { hashContent } from '../../../core/content-hash.ts';
import { foldText } from '../../../core/letter/fold-text.ts';
import { briefHtml, briefText } from '../../../core/letter/letter-brief.ts';
import { choiceHtml, choiceOf, choiceText } from '../../../core/letter/letter-choice.ts';
import { cardHtml, cardOf, frameHtml, frameOf, frameSections, leadOf, letterSections, preheaderText, type FillSlot } from '../../../core/letter/letter.ts'; // prettier-ignore
import { cardText, footText, headText, sectionText } from '../../../core/letter/letter-text.ts';
import { linksOf } from '../../../core/links.ts';
import { pickLine, unmetWords } from '../../../core/letter/pick-words.ts';
import type { Card, IssueContent } from '../../../core/store/issue-content.ts';
import { shortTitle } from '../../../core/short-title.ts';
import { openTemplates } from '../../../core/templates.ts';
import { letterAssembler } from '../../../services/mailer/assemble-letter.ts';
import type { TransferEncoding } from '../../../services/mailer/encode-fragment.ts';
import type { LetterReader } from '../../../services/mailer/letter-values.ts';
import { prepareLetter } from '../../../services/mailer/personal-letter.ts';
import type { ChosenStory } from '../../../services/mailer/reading-order.ts';
import { createScratch } from '../../../services/mailer/splice.ts';
import { dotStuffed } from '../../../services/mailer/gated-message.ts';
import { compileWhole } from './compile-whole.ts';
import { chooseAll, sampleContent } from './sample-issue.ts';

const templates = openTemplates();
const links = linksOf('https://news.example.org');
const map = {
  src: links.picture('a'.repeat(64)),
  width: 592,
  height: 320,
  alt: 'Map of 25 stories',
  legend: '1 speech & sound',
};
const origin = { publication: 'Courant', links, map };
const imprint = { publication: 'Courant', postalAddress: '1 Example Street,\nZürich', timezone: 'UTC' };
const series = { from: { name: 'Courant', address: 'news@example.org' }, subject: 'An issue', list: { name: 'Courant', host: 'news.example.org' }, keys: [] }; // prettier-ignore
const envelope = { to: 'ada@example.org', date: new Date('2026-11-21T07:00:00Z'), messageId: '<1@example.org>', unsubscribe: 'https://news.example.org/unsubscribe/x' }; // prettier-ignore

interface Shown {
  card: Card;
  story: ChosenStory;
  number: number;
}

/** Which stories stand where, found without the mailer's own code: by section of the issue, then what is the reader's. */
function sectionsOf(content: IssueContent, stories: readonly ChosenStory[]) {
  const lead = leadOf(content)!.storyId;
  let number = 0;
  const own = stories.filter(({ storyId, kind }) => kind === 'personal' && storyId !== lead);
  const briefs = own.length < 6 ? [] : own.slice(own.length - Math.floor(own.length / 3));
  return letterSections(content)
    .map(({ key, name }) => ({
      key,
      name,
      shown: stories
        .filter((one) => {
          const { section } = content.cards.find(({ storyId }) => storyId === one.storyId)!;
          const personal = briefs.includes(one) ? 'in-brief' : 'for-you';
          return key === (one.storyId === lead ? 'lead' : one.kind === 'personal' ? personal : section);
        })
        .map((story): Shown => {
          const card = content.cards.find(({ storyId }) => storyId === story.storyId)!;
          return { card, story, number: ++number };
        }),
    }))
    .filter(({ shown }) => shown.length > 0);
}

/** The two halves by the long way: liquid and MJML over everything, for this one reader. */
async function renderedInOneGo(content: IssueContent, reader: LetterReader): Promise<Record<'html' | 'text', string>> {
  const sections = sectionsOf(content, reader.stories);
  const all = sections.flatMap(({ shown }) => shown);
  const unmet = unmetWords(reader.unmet!);
  const isOwn = (key: string): boolean => key === 'for-you' || key === 'in-brief';
  const ofOwn = (own: boolean) => sections.flatMap(({ key, shown }) => (isOwn(key) === own ? shown : []));
  const contents = contentsOf(ofOwn(false), ofOwn(true), sections[0]!.key);
  const inBrief = sections.find(({ key }) => key === 'in-brief')?.shown ?? [];
  // Of a story in brief there is its title alone.
  const read = all.map((one) => (inBrief.includes(one) ? { title: one.card.title, summary: [] } : one.card));
  const valuesFor = (fold: (text: string) => string): Record<string, string> => ({
    section: '',
    rows: '',
    end: '',
    token: reader.token,
    go: reader.letterId!,
    email: fold(reader.email),
    since: fold(reader.confirmedAt ? 'Courant and confirmed it on Sat 3 Oct 2026.' : 'Courant.'),
    address: fold(imprint.postalAddress),
    preheader: fold(preheaderText((sections.find(({ key }) => key === 'for-you') ?? sections[0]!).shown.map(({ card }) => card.title))), // prettier-ignore
    counts: fold(`${all.length} ${all.length === 1 ? 'story' : 'stories'}, ${minutesOf(read)} to read`), // prettier-ignore
  });
  const frameFor = (values: Record<string, string>) => {
    const frame = frameOf(content, origin, (slot) => values[slot]!);
    const keys = frameSections(content, origin).map(({ key }) => key);
    const shown = [...sections.map(({ key }) => key), ...(reader.pair ? ['pair'] : [])];
    return { ...frame, sections: frame.sections.filter((_section, at) => shown.includes(keys[at]!)) };
  };
  const dataFor = ({ card, number }: Shown, values: Record<string, string>, reason: string) => {
    const own: Record<string, string> = { ...values, number: String(number), reason };
    const fill: FillSlot = (slot) => own[slot]!;
    return cardOf(card, { origin, fill, lead: card === leadOf(content) });
  };
  const rowMarkup = contents.map((row) => templates.mailFragment('contents-row', { ...row, what: foldText(row.what) }));
  const unmetMarkup = unmet === '' ? '' : await templates.mailFragment('contents-unmet', { what: foldText(unmet) });
  const htmlValues = { ...valuesFor(foldText), contents: (await Promise.all(rowMarkup)).join('') + unmetMarkup };
  const htmlRows = await Promise.all(
    sections.map(async ({ key, shown }) => {
      const isBrief = key === 'in-brief';
      const rows = shown.map(async (one) => {
        const because = pickLine(one.story);
        const reason =
          because === null
            ? ''
            : await templates.mailFragment(isBrief ? 'brief-reason' : 'reason', {
                because: foldText(because),
                accent: ownAccent,
              });
        return (isBrief ? briefHtml : cardHtml)(templates, dataFor(one, htmlValues, reason));
      });
      return (await Promise.all(rows)).join('');
    }),
  );
  const choices = (reader.pair ?? []).map((id) => choiceOf(content.cards.find(({ storyId }) => storyId === id)!, { slug: content.slug, links, accent: ownAccent, token: reader.token })); // prettier-ignore
  if (choices.length > 0) htmlRows.push((await Promise.all(choices.map((one) => choiceHtml(templates, one)))).join(''));
  const htmlFrame = frameFor(htmlValues);
  const html = await frameHtml(templates, { ...htmlFrame, sections: htmlFrame.sections.map((one, at) => ({ ...one, rows: htmlRows[at]! })) }); // prettier-ignore
  const lines = contents
    .map(({ name, what, count }) => `${name} (${count})${what === '' ? '' : `: ${what}`}\n`)
    .join('');
  const textValues = { ...valuesFor((text) => text), contents: lines + (unmet === '' ? '' : `${unmet}\n`) };
  const textFrame = frameFor(textValues);
  const textRows = sections.map(
    ({ key, shown }) =>
    shown.map((one) => (key === 'in-brief' ? briefText : cardText)(dataFor(one, textValues, pickLine(one.story) === null ? '' : `${pickLine(one.story)}\n`))).join(''), // prettier-ignore
  );
  if (choices.length > 0) textRows.push(choices.map((one) => choiceText(one)).join(''));
  const text = [headText(textFrame), ...textFrame.sections.map((one, at) => sectionText({ ...one, rows: textRows[at]! })), footText(textFrame)].join(''); // prettier-ignore
  return { html, text };
}

/** English words at 230 a minute, of the sample with Chinese characters at 255. */
function minutesOf(cards: readonly Pick<Card, 'title' | 'summary' | 'note'>[]): string {
  const text = [content.intro, ...cards.flatMap(({ title, summary, note }) => [title, ...summary, note ?? ''])].join(
    ' ',
  );
  const han = text.match(/[一-鿿]/g)?.length ?? 0;
  const latin = text
    .replace(/[一-鿿]/g, ' ')
    .split(/\s+/)
    .filter((one) => /[\p{L}\p{N}]/u.test(one)).length;
  const minutes = Math.max(1, Math.round(latin / 230 + han / 255));
  return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
}

/** What the contents say: of everybody's stories the first titles, of the reader's own the interests that they were chosen for. */
function contentsOf(shared: readonly Shown[], own: readonly Shown[], anchor: string) {
  const titles = shared.map(({ card }) => shortTitle(card.title));
  const shown = titles.filter((_title, at) => at === 0 || titles.slice(0, at + 1).join(' · ').length <= 100);
  const named = own.flatMap(({ story: { reason } }) => (reason && 'words' in reason && reason.code !== 'written' ? [reason.words] : [])); // prettier-ignore
  const interests = [...new Set(named)].map((one) => ({ one, n: named.filter((other) => other === one).length }));
  const what = interests.toSorted((left, right) => right.n - left.n).slice(0, 3).map(({ one, n }) => `${one}\u00a0${n}`).join(' · '); // prettier-ignore
  return [
    { anchor, name: 'From the editors', what: shown.join(' · '), count: shared.length },
    { anchor: 'for-you', name: 'For you', what, count: own.length },
  ].filter(({ count }) => count > 0);
}

/** The bytes of the two halves as they go over the wire, by the rules of RFC 2045 for quoted-printable. */
function halvesOf(raw: Buffer): Record<'html' | 'text', Buffer> {
  const boundary = `--=_${hash('sha256', contentHash).slice(0, 32)}`;
  const [, text, html] = raw.toString('latin1').split(boundary);
  const bodyOf = (part: string): Buffer => {
    const at = part.indexOf('\r\n\r\n');
    const body = part.slice(at + 4, -2);
    if (!part.slice(0, at).includes('quoted-printable')) return Buffer.from(body, 'latin1');
    const decoded = body.replaceAll('=\r\n', '').replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))); // prettier-ignore
    return Buffer.from(decoded, 'latin1');
  };
  return { text: bodyOf(text!), html: bodyOf(html!) };
}

// A place, so that the letter has a map.
const content = {
  ...sampleContent(),
  cards: sampleContent().cards.map((card) => ({ ...card, place: { x: 0, y: 0 } })),
};
const contentHash = hashContent(content);
const compiled = { content, contentHash, parts: await compileWhole(templates, content, origin) };
const words = fc.constantFrom(
  'speech',
  '<b>low-rank</b> & “adapters”',
  '.dot',
  '思维链',
  'word '.repeat(90).trim(),
  '= =3D',
);
const story = (one: ChosenStory) =>
  fc
    .record({ words, updated: fc.boolean(), isKept: fc.boolean() })
    .map(({ words: named, updated, isKept }): ChosenStory =>
      one.kind === 'editor' || isKept
        ? { ...one, updated }
        : { ...one, updated, reason: { code: 'close', words: named } },
    );
const anyReader = fc.record({
  stories: fc.shuffledSubarray(chooseAll(content), { minLength: 1 }).chain((all) => fc.tuple(...all.map(story))),
  token: fc.stringMatching(/^[\w-]{1,40}$/),
  letterId: fc.stringMatching(/^[\w-]{27}$/),
  email: fc.constantFrom('ada@example.org', "o'hara+a=b@example.org", `${'x'.repeat(64)}@example.org`),
  confirmedAt: fc.constantFrom(new Date('2026-10-03T10:00:00Z'), null),
  pair: fc.option(fc.shuffledSubarray(content.cards.map(({ storyId }) => storyId), { minLength: 2, maxLength: 2 }).map(([left, right]) => [left!, right!] as const)), // prettier-ignore
  unmet: fc.subarray(['knitting', 'medieval law & order']),
});

test.each(['8bit', 'quoted-printable'] as const)(
  'the letter on the wire is the one rendered whole, byte for byte: %s',
  async (wanted: TransferEncoding) => {
    const { letterFor, encodings } = prepareLetter(compiled, imprint, wanted);
    expect(encodings).toEqual({ html: wanted, text: wanted });
    const assemble = letterAssembler({ ...series, contentHash, encodings });
    const scratch = createScratch();
    await fc.assert(
      fc.asyncProperty(anyReader, async (reader) => {
        const letter = letterFor(reader);
        const raw = assemble(scratch, letter, envelope);
        expect(letter.isPlain() && dotStuffed(raw) !== raw).toBe(false);
        const halves = halvesOf(raw);
        const whole = await renderedInOneGo(content, reader);
        expect(halves.html.toString()).toBe(whole.html.replaceAll('\n', '\r\n'));
        expect(halves.text.toString()).toBe(whole.text.replaceAll('\n', '\r\n'));
      }),
      { numRuns: 12, seed: 20_261_121 },
    );
  },
);
