// Letters of some 60 KB with token and headers, beside nodemailer's MailComposer with the same content in the same run.
import MailComposer from 'nodemailer/lib/mail-composer';
import { letterSigner } from '../../../core/mail/click-id.ts';
import { hashContent } from '../../../core/content-hash.ts';
import { linksOf } from '../../../core/links.ts';
import { openTemplates } from '../../../core/templates.ts';
import type { LeasedDelivery } from '../../../core/store/delivery-leases.ts';
import { letterAssembler } from '../../../services/mailer/assemble-letter.ts';
import { messageIdOf } from '../../../services/mailer/assemble.ts';
import type { DkimKey } from '../../../services/mailer/dkim.ts';
import { prepareLetter, preparePreview } from '../../../services/mailer/personal-letter.ts';
import { createScratch, type SpliceBuffer } from '../../../services/mailer/splice.ts';
import { compileWhole } from '../../services/mailer/compile-whole.ts';
import { chooseAll, sampleContent } from '../../services/mailer/sample-issue.ts';

const imprint = { publication: 'Courant', postalAddress: '1 Example Street, Zürich', timezone: 'UTC' };
const from = { name: 'Courant', address: 'news@example.org' };
const publicUrl = 'https://news.example.org';
/** 60 KB with both halves and headers. */
const stories = 23;

export type Reader = Pick<LeasedDelivery, 'id' | 'readerId' | 'email' | 'token' | 'confirmedAt' | 'stories'> & {
  pair?: LeasedDelivery['pair'];
};

/** Readers as the ledger gives them: own tokens, own orders. */
export function readers(count: number): Reader[] {
  const content = sampleContent(stories);
  // One object for all who have it, as a ledger gives picks.
  const chosen = chooseAll(content);
  return Array.from({ length: count }, (_, at) => ({
    id: at + 1,
    readerId: at + 1,
    email: `reader${at}@example.org`,
    token: String(at).padStart(32, 'x'),
    confirmedAt: new Date('2026-10-03T10:00:00Z'),
    stories: [...chosen.slice(at % stories), ...chosen.slice(0, at % stories)],
  }));
}

/** What writes the raw message of one reader, as the mailer does; `write` has one buffer for all. */
export async function openWriter(wanted: '8bit' | 'quoted-printable', keys: readonly DkimKey[] = []) {
  const content = sampleContent(stories);
  const contentHash = hashContent(content);
  const origin = { publication: 'Courant', links: linksOf(publicUrl) };
  const issue = { content, contentHash, parts: await compileWhole(openTemplates(), content, origin) };
  const { letterFor, encodings } = prepareLetter(issue, imprint, wanted);
  const list = { name: 'Courant', host: 'news.example.org' };
  const assemble = letterAssembler({ from, subject: content.title, list, contentHash, encodings, keys });
  const sign = letterSigner(Buffer.alloc(32, 7));
  const writeInto = (scratch: SpliceBuffer, reader: Reader): { raw: Buffer; isPlain: boolean } => {
    const letter = letterFor({ ...reader, letterId: sign({ readerId: reader.readerId, issueId: 1 }) });
    const raw = assemble(scratch, letter, {
      to: reader.email,
      date: new Date(),
      messageId: messageIdOf({ row: `delivery-${reader.id}`, seed: contentHash, from }),
      unsubscribe: origin.links.unsubscribe(reader.token),
    });
    return { raw, isPlain: letter.isPlain() };
  };
  const own = createScratch();
  return { writeInto, write: (reader: Reader): Buffer => writeInto(own, reader).raw, issue };
}

/** Letters a core-second, and how many times as many as MailComposer builds of the same text. */
export async function measureAssembly() {
  const list = readers(3_000);
  const { write, issue } = await openWriter('8bit');
  const bytes = write(list[0]!).length;
  for (const reader of list) write(reader);
  const rounds = 5;
  const perSecond = perCoreSecond(list.length * rounds, () => {
    for (let turn = 0; turn < rounds; turn++) for (const reader of list) write(reader);
  });
  const asked = list.map((reader): Reader => ({
    ...reader,
    pair: [reader.stories[0]!.storyId, reader.stories[1]!.storyId],
  }));
  for (const reader of asked) write(reader);
  let [plain, withPair] = [0, 0];
  // In turns, since the speed of the machine changes.
  for (let turn = 0; turn < rounds; turn++) {
    plain += perCoreSecond(list.length, () => list.forEach(write));
    withPair += perCoreSecond(asked.length, () => asked.forEach(write));
  }
  const { html, text } = preparePreview(issue)({ ...list[0]!, letterId: 'x'.repeat(27) }, imprint);
  const composed = await composedPerCoreSecond({ html, text }, list.slice(0, 300));
  return { assemble_bytes: bytes, assemble_per_core_s: Math.round(perSecond), assemble_vs_composer: round(perSecond / composed), assemble_pair_vs_plain: round(withPair / plain), composer_per_core_s: Math.round(composed) }; // prettier-ignore
}

function perCoreSecond(count: number, work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (count * 1e6) / (user + system);
}

async function composedPerCoreSecond(halves: { html: string; text: string }, list: Reader[]): Promise<number> {
  const before = process.cpuUsage();
  for (const { email } of list) {
    const headers = { 'List-Unsubscribe': `<${publicUrl}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
    const mail = { from: 'Courant <news@example.org>', to: email, subject: 'Courant No 12', headers, ...halves };
    await new Promise<void>((resolve, reject) =>
      new MailComposer(mail).compile().build((error) => (error ? reject(error) : resolve())),
    );
  }
  const { user, system } = process.cpuUsage(before);
  return (list.length * 1e6) / (user + system);
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
