// Content of an issue -> the compiled parts of its letter: head, sections, cards, foot, each with slots for one reader.
import { ownBrand, type Brand } from '../brand.ts';
import { editionBadge } from '../editions/in-edition.ts';
import { briefHtml, briefPart, briefText } from './letter-brief.ts';
import { compileContents } from './contents-parts.ts';
import { foldText } from './fold-text.ts';
import { withoutControls } from '../html-text.ts';
import { introHtml, introText } from './intro.ts';
import { alsoLabel, cardMeta } from './card-words.ts';
import { safeHref } from './safe-href.ts';
import { choiceHtml, choiceOf, choicePart, choiceText } from './letter-choice.ts';
import type { CardPicture, LetterCard, LetterFrame, LogoPicture, MapPicture } from './letter-data.ts';
import { compileDeadlines } from './deadline-parts.ts';
import type { LetterDeadline } from './letter-deadlines.ts';
import { cardText, footText, headText, sectionText } from './letter-text.ts';
import { slotsOf, type SlotName } from './letter-slots.ts';
import type { Links } from '../links.ts';
import { sectionName } from '../section-name.ts';
import { signalButtons } from '../signal-kinds.ts';
import { signalWord } from '../signal-words.ts';
import type { Card, IssueContent } from '../store/issue-content.ts';
import { summaryText } from './summary-text.ts';
import type { Templates } from '../templates.ts';
import { english, type Words } from '../words.ts';
import type { WordsLang } from '../words-langs.ts';

/** `head`, `contents-row`, `contents-unmet`, `section:KEY`, `card:STORY`, `brief:STORY`, `pair:STORY`, `deadline:PLACE:SUBJECTS`, `reason`, `brief-reason` or `foot`. The section `lead` holds the first editor's pick. */
export interface LetterPart {
  part: string;
  html: string;
  text: string;
}

/** Where a letter comes from: what it is called and where its links lead. */
export interface LetterOrigin {
  publication: string;
  links: Links;
  /** How it looks; our own look where it is left out. */
  brand?: Brand;
  /** The map of the issue as it was drawn for letters. */
  map?: MapPicture | undefined;
  /** Of cards, by story. */
  pictures?: ReadonlyMap<number, CardPicture> | undefined;
  /** Of which each reader gets those of their subjects. */
  deadlines?: readonly LetterDeadline[] | undefined;
  /** Its own words; English where they are left out. */
  words?: Words;
  /** Links lead straight to their sources and no click is counted: for proofs. */
  direct?: boolean;
}

/** Gives what stands in a slot: its mark when a letter is compiled, a value when it is rendered in one go. */
export type FillSlot = (slot: SlotName) => string;

/** What a letter is compiled from: an issue as it was approved, and the hash of that, which marks the slots. */
export interface HashedContent {
  content: IssueContent;
  contentHash: string;
}

/** Compiles what all letters of an issue share: MJML runs once, whatever the number of readers. Equal content gives equal parts. */
export async function compileFrame(
  templates: Templates,
  { content, contentHash }: HashedContent,
  origin: LetterOrigin,
): Promise<LetterPart[]> {
  const { mark } = slotsOf(contentHash);
  const frame = frameOf(content, origin, mark);
  const [head, ...rest] = (await frameHtml(templates, frame)).split(mark('section'));
  const [last, foot] = rest.pop()!.split(mark('end'));
  const reasons = ['reason', 'brief-reason'].map(async (part) => {
    const html = withoutControls(
      await templates.mailFragment(part, { because: mark('because'), accent: frame.accent }),
    );
    return { part, html, text: `${mark('because')}\n` };
  });
  return [
    { part: 'head', html: head!, text: headText(frame, origin.words) },
    ...[...rest, last!].map((html, index) => ({
      part: `section:${frameSections(content, origin)[index]!.key}`,
      html,
      text: sectionText(frame.sections[index]!, origin.words),
    })),
    ...(await Promise.all(reasons)),
    ...(await compileContents(templates, mark)),
    { part: 'foot', html: foot!, text: footText(frame, origin.words) },
    ...(await compileDeadlines(templates, origin.deadlines)),
  ];
}

/** Compiles the cards of some stories of an issue, whether the curator prepared them or they are of its pool, each also as one of two to choose from. */
export async function compileCards(
  templates: Templates,
  { content, contentHash, cards }: HashedContent & { cards: readonly Card[] },
  origin: LetterOrigin,
): Promise<LetterPart[]> {
  const { mark } = slotsOf(contentHash);
  const lead = leadOf(content)?.storyId;
  const parts = cards.map(async (card) => {
    const data = cardOf(card, { origin, fill: mark, lead: card.storyId === lead });
    const choice = choiceOf(card, {
      slug: content.slug,
      links: origin.links,
      accent: (origin.brand ?? ownBrand).accent,
      words: origin.words,
      token: mark('token'),
    });
    return [
      { part: `card:${card.storyId}`, html: await cardHtml(templates, data, origin.words?.lang), text: cardText(data, origin.words) }, // prettier-ignore
      {
        part: briefPart(card.storyId),
        html: await briefHtml(templates, data, origin.words?.lang),
        text: briefText(data),
      },
      { part: choicePart(card.storyId), html: await choiceHtml(templates, choice, origin.words?.lang), text: choiceText(choice, origin.words) }, // prettier-ignore
    ];
  });
  return (await Promise.all(parts)).flat();
}

/** The markup of a letter's frame, in lines that mail carries whatever it says. */
export async function frameHtml(templates: Templates, frame: LetterFrame): Promise<string> {
  return withoutControls(await templates.mail('letter', { ...frame, intro: frame.intro.map(foldText) }, frame.lang));
}

/** The same of one card. */
export async function cardHtml(templates: Templates, card: LetterCard, lang: WordsLang = 'en'): Promise<string> {
  const { title, meta, summary, note } = card;
  const folded = {
    title: foldText(title),
    meta: foldText(meta),
    summary: foldText(summary),
    note: note && foldText(note),
  };
  return withoutControls(await templates.mailFragment('card', { ...card, ...folded }, lang));
}

/** The pick that opens the letter: the one a curator chose, else the first. */
export function leadOf({ cards, lead }: Pick<IssueContent, 'cards'> & { lead?: number | undefined }): Card | undefined {
  const picks = cards.filter(({ role }) => role === 'pick');
  return picks.find(({ storyId }) => storyId === lead) ?? picks[0];
}

/** The sections of a letter in order: the lead, those of the issue for what everybody gets, then what was chosen for one reader, the last of it in brief. */
export function letterSections({ sections }: IssueContent, words: Words = english): { key: string; name: string }[] {
  return [
    { key: 'lead', name: words.say('section.lead') },
    ...sections.map((section) => ({ key: section.key, name: sectionName(section, words) })),
    { key: 'for-you', name: words.say('section.for-you') },
    { key: 'in-brief', name: words.say('section.in-brief') },
  ];
}

/** The same, and behind them what is asked, and the deadlines where there are any. */
export function frameSections(
  content: IssueContent,
  { deadlines = [], words = english }: LetterOrigin,
): { key: string; name: string }[] {
  const own = deadlines.length === 0 ? [] : [{ key: 'deadlines', name: words.say('letter.deadlines') }];
  return [...letterSections(content, words), { key: 'pair', name: words.say('pair.title') }, ...own];
}

/** The data of the letter's frame; exported for the proof that its parts are the whole. */
export function frameOf(content: IssueContent, origin: LetterOrigin, fill: FillSlot): LetterFrame {
  const { publication, links, map, direct, brand = ownBrand, words = english } = origin;
  return {
    lang: words.lang,
    subject: content.title,
    // What a curator wrote is for everybody; else it is the reader's own.
    preheader: content.preheader ?? fill('preheader'),
    padding,
    publication,
    dateline: datelineOf(content, words),
    introLang: content.openingLang && content.openingLang !== words.lang ? content.openingLang : null,
    intro: introHtml(content, { linkColour: brand.accent.light }),
    introText: introText(content),
    counts: fill('counts'),
    contents: fill('contents'),
    sections: frameSections(content, origin).map(({ key, name }) => ({
      begin: fill('section'),
      key,
      name: key === 'lead' ? null : name,
      says: key === 'pair' ? words.say('pair.question') : null,
      rows: fill('rows'),
    })),
    end: fill('end'),
    why: words.say('letter.why', { email: fill('email'), since: fill('since') }),
    address: fill('address'),
    trap: direct ? null : links.go(fill('go'), { storyId: 0, link: 0 }),
    links: {
      online: onlineLink(content, { links, words }),
      map: content.cards.some(({ place }) => place !== undefined) ? links.map(content.slug) : null,
      preferences: links.preferences(fill('token')),
      unsubscribe: links.unsubscribe(fill('token')),
      subscribe: links.subscribe,
      forward: forwardLink(content, { publication, links, words }),
    },
    accent: brand.accent,
    logo: logoPicture(brand, links),
    map: map ?? null,
  };
}

/** "No 12, Sat 21 Nov 2026", and of an edition who said its opening. */
function datelineOf({ number, date, saidBy }: IssueContent, words: Words): string {
  const line = words.say('letter.dateline', { n: number, date: words.date(date, 'UTC') });
  return saidBy ? `${line} \u00b7 ${editionBadge(saidBy, words)}` : line;
}

/** Where the letter is read online: in its own language, where the issue has an edition in it. */
function onlineLink(
  { slug, editions }: Pick<IssueContent, 'slug' | 'editions'>,
  { links, words }: Pick<LetterOrigin, 'links'> & { words: Words },
): string {
  return editions?.[words.lang] ? links.edition(slug, words.lang) : links.issue(slug);
}

/** The logo of a mail. */
export function logoPicture({ logo }: Brand, links: Pick<Links, 'picture'>): LogoPicture | null {
  if (!logo) return null;
  const { hash, ...shown } = logo;
  return { ...shown, src: links.picture(hash) };
}

/** Mail programs show up to some 200 characters beside a subject: a joiner that has no width, and a blank, many times. */
const padding = '\u034f\u200c\u00a0'.repeat(45);

/** What shows beside the subject before the letter is opened: what is in it for everybody, in few words. */
export function preheaderOf(content: IssueContent): string {
  if (content.preheader !== undefined) return content.preheader;
  const lead = leadOf(content);
  const others = content.cards.filter((card) => card.role === 'pick' && card !== lead);
  return preheaderText([...(lead ? [lead] : []), ...others].map(({ title }) => title));
}

/** The first three titles. */
export function preheaderText(titles: readonly string[]): string {
  return titles.slice(0, 3).join(' \u00b7 ');
}

/** A mail to a friend, begun: with the issue online and how to get the next one, and none of this reader's own links (RFC 6068). */
function forwardLink(
  content: IssueContent,
  { publication, links, words }: Pick<LetterOrigin, 'publication' | 'links'> & { words: Words },
): string {
  const { title } = content;
  const how = words.say('letter.forwardBody', { publication, link: links.subscribe });
  const body = `${title}\n${onlineLink(content, { links, words })}\n\n${how}\n`;
  return `mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(body.replaceAll('\n', '\r\n'))}`;
}

/** The data of one card; exported for the proof that a letter's parts are the whole. */
export function cardOf(
  card: Card,
  { origin, fill, lead }: { origin: LetterOrigin; fill: FillSlot; lead: boolean },
): LetterCard {
  const hrefOf = (url: string | null, link: number): string | null =>
    url === null || origin.direct ? url : origin.links.go(fill('go'), { storyId: card.storyId, link });
  const { words = english } = origin;
  return {
    lead,
    number: fill('number'),
    title: card.title,
    href: hrefOf(safeHref(card.url), 0),
    url: safeHref(card.url),
    lang: card.lang,
    foreign: card.lang !== words.lang,
    meta: cardMeta(card, words),
    also: card.also.map(({ label, url }, at) => ({
      label: alsoLabel(label, words),
      href: hrefOf(safeHref(url), at + 1),
      url: safeHref(url),
    })),
    picture: origin.pictures?.get(card.storyId) ?? null,
    summary: summaryText(card, words),
    note: card.note ?? '',
    noteLang: card.noteLang ?? null,
    reason: fill('reason'),
    buttons: signalButtons.map(({ kind: signal }) => ({
      words: signalWord(signal, 'words', words),
      href: origin.links.signal(fill('token'), card.storyId, signal),
    })),
  };
}
