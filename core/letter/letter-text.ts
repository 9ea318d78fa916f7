// The plain-text half of a letter, part by part, with the same slots as the HTML half.
import type { LetterCard, LetterFrame } from './letter-data.ts';
import type { LetterDeadline } from './letter-deadlines.ts';
import { english, type MessageKey, type Words } from '../words.ts';

/** "Read online: https://..." */
export function labelled(words: Words, key: MessageKey, link: string): string {
  return words.say('letter.labelled', { what: words.say(key), link });
}

/** Name, date, intro and contents. */
export function headText(frame: LetterFrame, words: Words = english): string {
  const { publication, dateline, introText, counts, contents, links } = frame;
  const intro = introText.map((paragraph) => `${paragraph}\n\n`).join('');
  const online = labelled(words, 'letter.readOnline', links.online);
  return `${publication}\n${dateline}\n${online}\n\n${intro}${labelled(words, 'letter.inThis', counts)}\n${contents}\n\n`;
}

/** The heading above the stories of a section; the lead has none. */
export function sectionText(
  { name, says, rows }: Pick<LetterFrame['sections'][number], 'name' | 'says' | 'rows'>,
  { lang }: Pick<Words, 'lang'> = english,
): string {
  return `${name ? `${name.toLocaleUpperCase(lang)}\n\n` : ''}${says ? `${says}\n\n` : ''}${rows}\n`;
}

/** One story. */
export function cardText(card: LetterCard, words: Words = english): string {
  const { number, title, meta, also, summary, note, reason, url } = card;
  const others = also.map((other) => `${words.say('letter.alsoLine', { what: [other.label, ...(other.url ? [other.url] : [])].join(', ') })}\n`); // prettier-ignore
  const remark = note ? `${words.say('letter.noteLine', { note })}\n` : '';
  return `${number}. ${title}\n${meta}\n${summary ? `${summary}\n` : ''}${remark}${reason}${url ? `${url}\n` : ''}${others.join('')}\n`;
}

/** One deadline. */
export function deadlineText({ title, detail, href }: LetterDeadline): string {
  return `${title}\n${detail}\n${href ? `${href}\n` : ''}\n`;
}

/** Why the reader gets this and how to change it. */
export function footText({ why, address, links }: LetterFrame, words: Words = english): string {
  const map = links.map ? `${labelled(words, 'letter.asMap', links.map)}\n\n` : '';
  const subscribe = `${words.say('letter.forwarded')} ${labelled(words, 'letter.subscribe', links.subscribe)}`;
  const own = [labelled(words, 'letter.preferences', links.preferences), labelled(words, 'letter.unsubscribe', links.unsubscribe)]; // prettier-ignore
  return `${map}-- \n${[why, ...own, subscribe, address].join('\n')}\n`;
}
