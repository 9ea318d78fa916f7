// Planned notices -> single mails, by the same ledger rules as letters.
import { asciiHtml } from '../../core/ascii-html.ts';
import type { House } from '../../core/house.ts';
import { countDueNotices, leaseNotices, settleNotices, type LeasedNotice } from '../../core/store/notices.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { assembleMessage, messageIdOf } from './assemble.ts';
import { deliver } from './deliver.ts';
import { asciiAddress, foldHtml, quotedPrintable, type Mailbox } from './mime.ts';
import { senderOf } from './sender.ts';
import { openTransport, type OutgoingMail } from './transport.ts';

/** Sends every notice that is due. */
export async function sendNotices({ config, db, log, now }: House, stop: AbortSignal): Promise<void> {
  if ((await countDueNotices(db, now())) === 0) return;
  const from = senderOf(config, await loadSettings(db));
  const transport = openTransport(config);
  try {
    const tried = await deliver<LeasedNotice>({
      ledger: {
        lease: (limit) => leaseNotices(db, { now: now(), limit }),
        settle: (attempts) =>
          settleNotices(db, {
            now: now(),
            tried: attempts.map(({ row, attempt }) => ({ id: row.id, attempts: row.attempts, attempt })),
          }),
      },
      write: (notice) => writeNotice(notice, { from, date: now() }),
      transport,
      perSecond: config.MAIL_PER_SECOND,
      stop,
    });
    log.info({ event: 'notices.mailed', tried });
  } finally {
    transport.close();
  }
}

function writeNotice(
  { id, email, subject, html, text }: LeasedNotice,
  { from, date }: { from: Mailbox; date: Date },
): OutgoingMail {
  const row = `notice-${id}`;
  const to = asciiAddress(email);
  const raw = assembleMessage({
    id: messageIdOf({ row, seed: subject, from }),
    from,
    to,
    subject,
    date,
    html: Buffer.from(foldHtml(asciiHtml(html)).replaceAll('\n', '\r\n'), 'latin1'),
    text: Buffer.from(quotedPrintable(text)),
  });
  return { row, from: from.address, to, raw };
}
