// A due issue -> one letter to each of its readers, by the ledger.
import { clickPurpose, signClick } from '../../core/click-id.ts';
import { PermanentError } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { linksOf } from '../../core/links.ts';
import { keyFor } from '../../core/secret-key.ts';
import {
  expireLeases,
  hasUnranked,
  keepLedger,
  leaseDeliveries,
  planDeliveries,
  settleDeliveries,
  suppressStopped,
  type LeasedDelivery,
} from '../../core/store/deliveries.ts';
import { approvedIssue, finishSending, startSending, type ApprovedIssue } from '../../core/store/issues.ts';
import { withPicked } from '../../core/store/letter-content.ts';
import { loadRender, missingParts } from '../../core/store/renders.ts';
import { loadSettings, type Settings } from '../../core/store/settings.ts';
import { takeBackApprovals } from '../../core/store/withdrawals.ts';
import { assembleMessage, messageIdOf } from './assemble.ts';
import { deliver } from './deliver.ts';
import { asciiAddress } from './mime.ts';
import { createPace } from './pace.ts';
import { prepareLetter, type LetterFor, type PersonalLetter } from './personal-letter.ts';
import { senderOf } from './sender.ts';
import { openTransport, type OutgoingMail, type Transport } from './transport.ts';

/** Sends what is due of an issue; when it is not compiled or ranked yet, enqueues that and leaves it to the next job. */
export async function sendIssue(house: House, issueId: number, stop: AbortSignal): Promise<void> {
  const { db, queue, now, log, config } = house;
  if ((await takeBackApprovals(db, now())).includes(issueId)) return;
  const issue = await approvedIssue(db, issueId);
  if (!(await startSending(db, { issueId, now: now() }))) return;
  const { contentHash } = issue;
  const before = issue.sendAt ?? now();
  if (await hasUnranked(db, { issueId, contentHash, before })) return queue.enqueue('issue.rank', { issueId });
  const missing = await missingParts(db, { issueId, contentHash });
  if (missing.frame || missing.storyIds.length > 0) return queue.enqueue('issue.render', { issueId });
  const parts = await loadRender(db, { issueId, contentHash });
  const content = await withPicked(db, { issueId, contentHash }, issue.content);
  const settings = await loadSettings(db);
  const writing = createWriting(house, {
    issue,
    settings,
    letterFor: prepareLetter({ parts, content, contentHash }),
    key: await keyFor(house, clickPurpose),
  });

  const started = now();
  await expireLeases(db, { issueId, now: started });
  await planDeliveries(db, { issueId, contentHash, before, now: started, stop });
  if (stop.aborted) return;
  await suppressStopped(db, { issueId, now: started });
  await keepLedger(db, { issueId, now: started });
  const transport = openTransport(config);
  try {
    await deliverLetters(house, { issue, writing, transport, stop });
  } finally {
    transport.close();
    await suppressStopped(db, { issueId, now: now() });
    await finishSending(db, { issueId, now: now() });
    log.info({
      event: 'issue.mailed',
      issueId,
      ...(await keepLedger(db, { issueId, now: now() })),
      ms: now().getTime() - started.getTime(),
    });
  }
}

/** How old the ledger on the desk is at most while an issue goes out. */
const keepLedgerEveryMs = 15_000;

async function deliverLetters(
  house: House,
  {
    issue,
    writing,
    transport,
    stop,
  }: { issue: ApprovedIssue; writing: Writing; transport: Transport; stop: AbortSignal },
): Promise<void> {
  const { db, now, config } = house;
  const { id: issueId, contentHash } = issue;
  let keptAt = now().getTime();
  await deliver<LeasedDelivery>({
    ledger: {
      lease: (limit) => leaseDeliveries(db, { issueId, contentHash, now: now(), limit }),
      async settle(tried) {
        const rows = tried.map(({ row: { id, attempts }, attempt }) => ({
          id,
          attempts,
          attempt,
          ...writing.writtenFor(id),
        }));
        await settleDeliveries(db, { issueId, now: now(), tried: rows });
        if (now().getTime() - keptAt < keepLedgerEveryMs) return;
        await keepLedger(db, { issueId, now: now() });
        keptAt = now().getTime();
      },
    },
    write: writing.write,
    transport,
    pace: createPace(house, 'letter', stop),
    perSecond: config.MAIL_PER_SECOND,
    stop,
  });
}

interface Written {
  messageId: string | null;
  storyIds: number[];
}

/** Writes letters, and remembers what it wrote until the ledger asks. */
interface Writing {
  write: (delivery: LeasedDelivery) => OutgoingMail;
  writtenFor: (deliveryId: number) => Written;
}

function createWriting(
  { config, now }: House,
  { issue, settings, letterFor, key }: { issue: ApprovedIssue; settings: Settings; letterFor: LetterFor; key: Buffer },
): Writing {
  const from = senderOf(config, settings);
  const links = linksOf(config.PUBLIC_URL);
  const { publication = 'Courant', postalAddress = '' } = settings;
  const written = new Map<number, Written>();
  const list = { name: publication, host: new URL(config.PUBLIC_URL).hostname };

  function assemble(reader: LeasedDelivery, letter: PersonalLetter, id: string): Buffer {
    const unsubscribe = links.unsubscribe(reader.token);
    const { html, text } = letter;
    const to = asciiAddress(reader.email);
    return assembleMessage({
      id,
      from,
      to,
      subject: issue.content.title,
      date: now(),
      html,
      text,
      list: { ...list, unsubscribe },
    });
  }

  return {
    write(delivery) {
      const row = `delivery-${delivery.id}`;
      const clickId = (storyId: number): string =>
        signClick(key, { readerId: delivery.readerId, issueId: issue.id, storyId });
      const letter = letterFor({ ...delivery, clickId }, { publication, postalAddress, timezone: config.TIMEZONE });
      if (letter.storyIds.length === 0) {
        throw new PermanentError('Nothing in this issue was chosen for this reader, and an empty letter is no mail.');
      }
      const messageId = messageIdOf({ row, seed: issue.contentHash, from });
      const raw = assemble(delivery, letter, messageId);
      written.set(delivery.id, { messageId, storyIds: letter.storyIds });
      return { row, from: from.address, to: asciiAddress(delivery.email), raw };
    },
    writtenFor(deliveryId) {
      const known = written.get(deliveryId) ?? { messageId: null, storyIds: [] };
      written.delete(deliveryId);
      return known;
    },
  };
}
