// A leased delivery -> the mail it is, and what the ledger has to remember of it.
import { letterSigner } from '../../core/mail/click-id.ts';
import { returnAddresses } from '../../core/mail/return-address.ts';
import { PermanentError } from '../../core/errors.ts';
import { choicePart } from '../../core/letter/letter-choice.ts';
import { deadlinesFor } from '../../core/letter/letter-deadlines.ts';
import { linksOf } from '../../core/links.ts';
import type { LeasedDelivery } from '../../core/store/delivery-leases.ts';
import type { ApprovedIssue } from '../../core/store/issues.ts';
import type { LetterSeries, WrittenLetter } from '../../core/store/written-letters.ts';
import { wordsIn } from '../../core/words.ts';
import type { WordsLang } from '../../core/words-langs.ts';
import { letterAssembler } from './assemble-letter.ts';
import { messageIdOf } from './assemble.ts';
import type { DkimKey } from './dkim.ts';
import type { TransferEncoding } from './encode-fragment.ts';
import type { LetterReader } from './letter-values.ts';
import { rememberValues } from './remember-values.ts';
import { asciiAddress } from './mime.ts';
import { prepareLetter, type CompiledIssue } from './personal-letter.ts';
import { personalSubject } from './personal-subject.ts';
import { createScratch, type SpliceBuffer } from './splice.ts';
import type { Carrier, OutgoingMail } from './transport.ts';

interface Written {
  messageId: string | null;
  storyIds: number[];
  /** Null when no message could be made. */
  written: WrittenLetter | null;
}

/** Writes letters, and remembers what it wrote until the ledger has it. */
export interface Writing {
  /** `deadlines` are given for a letter that is written again, else they are those of the reader's interests. A pair is asked about where its parts are compiled. */
  write: (delivery: LeasedDelivery & { deadlines?: readonly string[] }, carrier: Carrier) => OutgoingMail;
  /** Whether letters differ by interests. */
  wantsInterests: boolean;
  writtenFor: (deliveryId: number) => Written;
  forget: (deliveryIds: readonly number[]) => void;
}

interface WritingParts {
  issue: ApprovedIssue;
  /** By language; that of the publication is among them. */
  compiled: ReadonlyMap<WordsLang, CompiledIssue>;
  seriesId: number;
  series: LetterSeries;
  /** The date that letters carry. */
  now: () => Date;
  /** Whether letters ask about the pairs that were chosen. */
  asksPairs: boolean;
  /** Signs the links. */
  clickKey: Buffer;
  /** Signs the addresses that mails come back to. */
  returnKey: Buffer;
  /** Sign the mails. */
  dkim: readonly DkimKey[];
}

/** Prepares an issue for writing its letters. */
export function createWriting(parts: WritingParts): Writing {
  const { issue, compiled, seriesId, series, now, asksPairs, clickKey, returnKey, dkim } = parts;
  const ownLang = series.lang ?? 'en';
  const { from, inboxDomain } = series;
  const links = linksOf(series.publicUrl);
  const returnTo = inboxDomain === null ? undefined : returnAddresses(returnKey, inboxDomain);
  const subjectOf = (stories: LetterReader['stories'], lang: WordsLang): string | undefined =>
    series.personalSubject && personalSubject((compiled.get(lang) ?? issue).content.title, stories, wordsIn(lang));
  const signLetter = letterSigner(clickKey);
  const writerFor = openWriters(parts);
  const deadlinesIn = rememberValues((lang: WordsLang) => deadlinesFor(namesOf(compiled.get(lang))));
  const partsIn = rememberValues((lang: WordsLang) => new Set(namesOf(compiled.get(lang))));
  const pairFor = ({ pair }: LeasedDelivery, lang: WordsLang): LeasedDelivery['pair'] => {
    if (!asksPairs || !pair) return null;
    // What was compiled before letters asked anything has no parts for it.
    return ['section:pair', ...pair.map(choicePart)].every((part) => partsIn(lang).has(part)) ? pair : null;
  };
  const known = new Map<number, Written>();
  // Buffers of letters that were sent; as many as there are conversations.
  const free: SpliceBuffer[] = [];

  const write: Writing['write'] = (delivery, { takes8bit }) => {
    const { id, readerId, email, token, confirmedAt, deadlines: given } = delivery;
    const row = `delivery-${id}`;
    const to = asciiAddress(email);
    // A relay that cannot carry eight bits would change what was signed (RFC 6376, section 5.3).
    const encoding = takes8bit && dkim.length === 0 ? '8bit' : 'quoted-printable';
    const lang = delivery.lang !== null && compiled.has(delivery.lang) ? delivery.lang : ownLang;
    const deadlines = given ?? deadlinesIn(lang)(delivery.interests ?? []);
    const { letterFor, assemble } = writerFor(`${lang} ${encoding}`, lang, encoding);
    const pair = pairFor(delivery, lang);
    const letter = letterFor({ ...delivery, pair, deadlines, letterId: signLetter({ readerId, issueId: issue.id }) });
    const { storyIds } = letter;
    if (storyIds.length === 0) {
      throw new PermanentError('Nothing in this issue was chosen for this reader, and an empty letter is no mail.');
    }
    const [at, messageId] = [now(), messageIdOf({ row, seed: issue.contentHash, from })];
    const scratch = free.pop() ?? createScratch();
    const unsubscribeAddress = returnTo?.({ kind: 'unsubscribe', id: readerId });
    const replyTo = series.repliesByMail && returnTo?.({ kind: 'reply', id: readerId });
    const raw = assemble(scratch, letter, { replyTo, to, date: at, messageId, subject: subjectOf(delivery.stories, lang), unsubscribe: links.unsubscribe(token), unsubscribeAddress }); // prettier-ignore
    known.set(id, { messageId, storyIds, written: { seriesId, at, takes8bit, email, token, confirmedAt, ...(deadlines.length > 0 && { deadlines }), ...(pair && { pair }), ...(lang !== 'en' && { lang }) } }); // prettier-ignore
    // Bounces come back to the sender of the envelope (RFC 5321, section 6.1): one for each letter says which (VERP).
    const sender = returnTo?.({ kind: 'bounce', id }) ?? from.address;
    return { row, from: sender, to, raw, is8bit: encoding === '8bit', isPlain: letter.isPlain(), release: () => void free.push(scratch) }; // prettier-ignore
  };

  return {
    write,
    wantsInterests: [...compiled.values()].some((one) => namesOf(one).some((part) => part.startsWith('deadline:'))),
    writtenFor: (deliveryId) => known.get(deliveryId) ?? { messageId: null, storyIds: [], written: null },
    forget: (deliveryIds) => deliveryIds.forEach((id) => known.delete(id)),
  };
}

function namesOf(compiled: CompiledIssue | undefined): string[] {
  return compiled?.parts.map(({ part }) => part) ?? [];
}

/** What prepares and assembles, by language and by how letters travel; opened with the first one. */
function openWriters({ issue, compiled, series, dkim }: WritingParts) {
  const { from, publication, postalAddress, timezone, publicUrl } = series;
  // A reader's own address passes on to the person what is for a person.
  const replyTo = series.repliesByMail ? '' : (series.replyTo ?? '');
  const list = { name: publication, host: new URL(publicUrl).hostname };
  const { contentHash } = issue;
  return rememberValues((_key: string, lang: WordsLang, wanted: TransferEncoding) => {
    const own = compiled.get(lang);
    if (!own) throw new Error(`issue ${issue.id} is not compiled in "${lang}"`);
    const { letterFor, encodings } = prepareLetter(own, { publication, postalAddress, timezone }, wanted);
    return { letterFor, assemble: letterAssembler({ from, replyTo, subject: own.content.title, list, contentHash, encodings, keys: dkim }) }; // prettier-ignore
  });
}
