// the bytes of a mail -> the post it brings, or what it asks to be confirmed; pure.
import { asksToConfirm, parseMail, type ParsedMail } from '../../core/mail/parse-mail.ts';
import { cleanHtml } from './clean/clean-html.ts';
import { escapeText } from './clean/escape-text.ts';
import { blankItem, type ParsedItem } from './parsed-item.ts';
import { blockOf, countWords, readBlocks, type Block } from './clean/read-blocks.ts';
import { readDate } from './dates/read-date.ts';
import { unwrapTracking } from './clean/tracking-link.ts';

/** A post, or a letter that asks whether somebody wants the newsletter: a person has to answer it. */
export type ReadNewsletter = { item: ParsedItem } | { confirm: string | null; subject: string };

const startsAsLink = /^https?:\/\//i;
const forwardedSubject = /^(?:(?:fwd?|wg|tr|rv|i|enc)\s*:\s*)+/i;
const forwardedMark =
  /^(?:-{2,} ?)?(?:forwarded message|original message|weitergeleitete nachricht|urspr\u00fcngliche nachricht|message transf\u00e9r\u00e9|mensaje reenviado)(?: ?-{2,})?:?$|^begin forwarded message:?$/i;
const forwardedField =
  /^(?:from|sent|date|subject|to|cc|reply-to|von|gesendet|datum|betreff|an|de|envoy\u00e9|objet|\u00e0|asunto|fecha|para)\s?: ?(.*)$/i;
const dateField = /^(?:sent|date|gesendet|datum|envoy\u00e9|fecha)\s?:/i;

/** What every reader gets, and says nothing of the week. A block of it is short. */
const boilerplate =
  /unsubscribe|manage (?:your )?(?:preferences|subscription)|(?:update|email|mail) preferences|view (?:it |this )?(?:email |message |issue )?(?:in|on) |(?:view|read|open) (?:it )?(?:online|in (?:your )?browser)|in (?:your )?browser|you(?:'|\u2019)?(?:re| are) (?:receiving|getting)|you received this|was sent to|sent (?:this )?to you|forwarded (?:this|to you)|add us to your|no longer (?:want|wish)|privacy policy|all rights reserved|\u00a9 ?\d{4}|copyright|advertise (?:with|in)|share this|refer a friend|abbestellen|abmelden|im browser|se d\u00e9sabonner|se d\u00e9sinscrire|dans (?:votre|le) navigateur/i;
const mostOfBoilerplate = 45;
const ends = /unsubscribe|abbestellen|abmelden|se d\u00e9sabonner|se d\u00e9sinscrire/i;
const greets = /^(?:hi|hello|hey|dear|good (?:morning|evening)|hallo|liebe[rs]?|bonjour|hola)\b[^.!?:]{0,40}[,!]?$/i;
const online = /(?:view|read|open|see).{0,20}(?:online|browser|web)|im browser|dans (?:votre|le) navigateur/i;

/** Reads a mail that came to a secret address; what names the reader (addresses, links that count clicks, greetings) is left out. */
export async function readNewsletter({ raw }: { raw: Uint8Array }): Promise<ReadNewsletter> {
  const outer = await parseMail(raw);
  const inner = outer.attached && (await parseMail(outer.attached));
  const mail = inner ?? outer;
  const subject = mail.subject.replace(forwardedSubject, '').trim();
  const blocks = readBlocks(cleanHtml(bodyOf(mail), 'https://mail.invalid/'));
  if (asksToConfirm(subject)) return { subject, confirm: confirmationLink(blocks) };
  const isForwarded = forwardedSubject.test(mail.subject);
  const { rest, date } = isForwarded ? withoutForwarding(blocks) : { rest: blocks, date: null };
  const reader = { addresses: [...outer.to, ...mail.to, ...(isForwarded || inner ? [{ address: outer.from ?? '' }] : [])].map(({ address }) => address).filter(Boolean) }; // prettier-ignore
  const kept = withoutBoilerplate(rest);
  const ownPage = rest.flatMap(({ links }) => links).find(({ words }) => online.test(words));
  const link = [mail.archivedAt, ownPage?.url].flatMap((url) => (url ? (unwrapTracking(url, reader) ?? []) : []))[0];
  return {
    item: {
      ...blankItem,
      id: mail.messageId,
      title: subject,
      titleType: 'text',
      link: link ?? null,
      content: kept.map((block) => htmlOf(block, reader)).join(''),
      authors: mail.fromName && !isForwarded ? [mail.fromName] : [],
      published: date ?? mail.date ?? outer.date,
    },
  };
}

/** A mail without HTML is lines, of which empty ones part paragraphs. */
function bodyOf({ html, text }: ParsedMail): string {
  if (html) return html;
  const paragraphs = (text ?? '')
    .split(/\n\s*\n/)
    .map((one) => `<p>${escapeText(one).split(/\r?\n/).map(linked).join('<br>')}</p>`);
  return paragraphs.join('');
}

function linked(line: string): string {
  return line.replace(/https?:\/\/[^\s<>"')\]]+/g, (url) => `<a href="${url}">${url}</a>`);
}

function confirmationLink(blocks: readonly Block[]): string | null {
  const links = blocks.flatMap((block) => block.links);
  const named = links.find(
    ({ words }) => /confirm|verify|activate|yes|subscribe|best\u00e4tig|ja|oui/i.test(words) && !ends.test(words),
  );
  return (named ?? links[0])?.url ?? null;
}

/** What stands behind the head that a mail program writes over what it forwards, and the date in it. */
function withoutForwarding(blocks: readonly Block[]): { rest: readonly Block[]; date: Date | null } {
  const mark = blocks.findIndex(({ words }) => forwardedMark.test(withoutDashes(words)));
  let at = mark < 0 ? 0 : mark + 1;
  let date: Date | null = null;
  for (; at < blocks.length && forwardedField.test(blocks[at]!.words); at++) {
    const { words } = blocks[at]!;
    if (dateField.test(words)) date = readDate(forwardedField.exec(words)![1]) ?? date;
  }
  return { rest: blocks.slice(at), date };
}

function withoutDashes(words: string): string {
  let [start, end] = [0, words.length];
  while (words[start] === '-') start++;
  while (end > start && words[end - 1] === '-') end--;
  return words.slice(start, end).trim();
}

function withoutBoilerplate(blocks: readonly Block[]): readonly Block[] {
  const half = Math.floor(blocks.length / 2);
  const end = blocks.findIndex(
    ({ words }, at) => at >= half && ends.test(words) && countWords(words) <= mostOfBoilerplate,
  );
  const upToEnd = end < 0 ? blocks : blocks.slice(0, end);
  return upToEnd.filter(
    ({ words }, at) =>
      !(boilerplate.test(words) && countWords(words) <= mostOfBoilerplate) && !(at < 4 && greets.test(words)),
  );
}

function htmlOf({ parts, isHeading }: Block, reader: { addresses: readonly string[] }): string {
  const kept = parts.map(({ words, url }) => {
    const target = url === undefined ? undefined : unwrapTracking(url, reader);
    const spoken =
      url !== undefined && startsAsLink.test(words.trim()) ? (target ?? '').replace(startsAsLink, '') : words;
    const text = reader.addresses.reduce((left, address) => left.replaceAll(address, ''), spoken);
    return target === undefined ? { words: text } : { words: text, url: target };
  });
  const inside = blockOf(kept, isHeading)
    .parts.map(({ words, url }) =>
      url === undefined ? escapeText(words) : `<a href="${escapeText(url)}">${escapeText(words)}</a>`,
    )
    .join('');
  return isHeading ? `<h3>${inside}</h3>` : `<p>${inside}</p>`;
}
