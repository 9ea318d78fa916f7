// What strangers asked for -> planned notices -> single mails, by the same ledger rules as letters.
import { asciiHtml } from '../../core/letter/ascii-html.ts';
import { PermanentError, TemporaryError } from '../../core/errors.ts';
import { foldMarkup } from '../../core/letter/fold-text.ts';
import type { House } from '../../core/house.ts';
import {
  beginNotices,
  countDueNotices,
  holdNotices,
  leaseNotices,
  renewNotices,
  settleNotices,
  type LeasedNotice,
} from '../../core/store/notices.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { createInHand } from './in-hand.ts';
import { assembleMessage, messageIdOf } from './assemble.ts';
import { noticeComposer, type NoticeMail } from '../../core/mail/compose-notice.ts';
import { domainOf } from '../../core/mail/mail-address.ts';
import type { DkimKey } from './dkim.ts';
import { deliver } from './deliver.ts';
import type { MailLedger } from './mail-ledger.ts';
import { asciiAddress, quotedPrintable, type Mailbox } from './mime.ts';
import { nameRun } from './name-run.ts';
import { createPace } from './pace.ts';
import { senderOf } from './sender.ts';
import { signingKeys } from './signing-keys.ts';
import { watchServer, type TriedMail } from './server-watch.ts';
import { takeAsks } from './take-asks.ts';
import { openTransport, type OutgoingMail } from './transport.ts';

/** A notice with its mail; without one nobody is there any more to get it. */
type WrittenNotice = LeasedNotice & { mail: NoticeMail | undefined };

/** Decides what comes of what was asked, then sends every notice that is due. */
export async function sendNotices(house: House, stop: AbortSignal): Promise<void> {
  const { config, db, log, now } = house;
  await takeAsks(house, stop);
  if ((await countDueNotices(db, now())) === 0) return;
  const from = senderOf(config, await loadSettings(db));
  const keys = await signingKeys(db, from);
  const { tried, trouble } = await deliver<WrittenNotice>({
    ledger: noticeLedger(house),
    write: (notice) => writeNotice(notice, { from, date: now(), keys }),
    transport: openTransport(config),
    pace: createPace(house, 'notice', stop),
    watch: watchServer<WrittenNotice>({ domainOf: domainOfNotice, isTyped: true }),
    domainOf: domainOfNotice,
    onVerdict: async () => undefined,
    now,
    stop,
  });
  log.info({ event: 'notices.mailed', tried });
  if (trouble) throw trouble.isForAPerson ? new PermanentError(trouble.words) : new TemporaryError(trouble.words);
}

const domainOfNotice = ({ email }: LeasedNotice): string => domainOf(email);

function noticeLedger(house: House): MailLedger<WrittenNotice> {
  const { db, now } = house;
  const holder = nameRun();
  const triedOf = (tried: TriedMail<WrittenNotice>[]) =>
    tried.map(({ row: { id, attempts, firstTriedAt }, attempt }) => ({
      id,
      attempts,
      firstTriedAt,
      attempt,
    }));
  const inHand = createInHand<LeasedNotice>();
  return {
    async lease(limit) {
      const leased = inHand.take(await leaseNotices(db, { now: now(), limit, holder }));
      try {
        return await write(house, { leased, holder });
      } catch (error) {
        inHand.letGo(leased.map(({ id }) => id));
        throw error;
      }
    },
    renew: () => renewNotices(db, holder),
    async mark({ settles, begins }) {
      inHand.letGo(settles.map(({ row }) => row.id));
      if (settles.length > 0) await settleNotices(db, { now: now(), holder, tried: triedOf(settles) });
      if (begins.length === 0) return new Set();
      const ids = new Set(await beginNotices(db, { ids: begins.map(({ id }) => id), holder }));
      return new Set(begins.filter(({ id }) => ids.has(id)));
    },
    hold(tried) {
      inHand.letGo(tried.map(({ row }) => row.id));
      return holdNotices(db, { now: now(), holder, tried: triedOf(tried) });
    },
  };
}

/** Writes the mails of what was leased; when that fails, no server heard of any, and all are planned again. */
async function write(
  house: House,
  { leased, holder }: { leased: LeasedNotice[]; holder: string },
): Promise<WrittenNotice[]> {
  const compose = noticeComposer(house);
  try {
    return await Promise.all(leased.map(async (notice) => ({ ...notice, mail: await compose(notice) })));
  } catch (error) {
    const attempt = { outcome: 'unsent', reply: 'not written' } as const;
    const tried = leased.map(({ id, attempts, firstTriedAt }) => ({ id, attempts, firstTriedAt, attempt }));
    await settleNotices(house.db, { now: house.now(), holder, tried });
    throw error;
  }
}

function writeNotice(
  { id, kind, email, mail }: WrittenNotice,
  { from, date, keys }: { from: Mailbox; date: Date; keys: readonly DkimKey[] },
): OutgoingMail {
  if (!mail) throw new PermanentError('Nobody has this address any more, or no mail may go there.');
  const { subject, html, text, replyTo, inReplyTo } = mail;
  // In the outbox it is a file of this name, by which `/outbox` knows what it must not show.
  const row = `${kind}-${id}`;
  const to = asciiAddress(email);
  const message = {
    id: messageIdOf({ row, seed: subject, from }),
    from,
    to,
    ...(replyTo && { replyTo: asciiAddress(replyTo) }),
    ...(inReplyTo && { inReplyTo }),
    subject,
    date,
    html: Buffer.from(foldMarkup(asciiHtml(html)).replaceAll('\n', '\r\n'), 'latin1'),
    text: Buffer.from(quotedPrintable(text)),
  };
  return { row, from: from.address, to, raw: assembleMessage(message, keys) };
}
