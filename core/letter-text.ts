// The plain-text half of a letter, part by part, with the same slots as the HTML half.
import type { LetterCard, LetterFrame } from './letter-data.ts';
import type { LetterDeadline } from './letter-deadlines.ts';

/** Name, date, intro and contents. */
export function headText({ publication, dateline, introText, counts, contents, links }: LetterFrame): string {
  return `${[publication, dateline].join('\n')}\nRead online: ${links.online}\n\n${introText.map((paragraph) => `${paragraph}\n\n`).join('')}${counts}\n${contents}\n\n\n`;
}

/** The heading above the stories of a section; the lead has none. */
export function sectionText({ name, rows }: { name: string | null; rows: string }): string {
  return `${name ? `${name.toUpperCase()}\n\n` : ''}${rows}\n`;
}

/** One story. */
export function cardText({ number, title, meta, also, summary, note, reason, url }: LetterCard): string {
  const others = also.map((other) => `Also: ${other.label}${other.url ? `, ${other.url}` : ''}\n`).join('');
  return `${number}. ${title}\n${meta}\n${summary ? `${summary}\n` : ''}${note ? `Editors’ note: ${note}\n` : ''}${reason}${url ? `${url}\n` : ''}${others}\n`;
}

/** One deadline. */
export function deadlineText({ title, detail, href }: LetterDeadline): string {
  return `${title}\n${detail}\n${href ? `${href}\n` : ''}\n`;
}

/** Why the reader gets this and how to change it. */
export function footText({ why, address, links }: LetterFrame): string {
  const map = links.map ? `The stories of this issue as a map: ${links.map}\n\n` : '';
  return `${map}-- \n${why}\nPreferences: ${links.preferences}\nUnsubscribe: ${links.unsubscribe}\nWas this forwarded to you? Subscribe: ${links.subscribe}\n${address}\n`;
}
