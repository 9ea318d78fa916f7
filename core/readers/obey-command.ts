// What a reader's own mail asks for -> their row, and what is said of it.
import type { Queryable } from '../db.ts';
import type { Command } from '../mail/read-command.ts';
import { insertInterests, listInterests, maxInterestLength, removeInterest } from '../store/interests.ts';
import { setPaused, type Reader } from '../store/readers.ts';
import { endSubscription } from '../store/subscriptions.ts';
import { pauseEnd } from './pause-until.ts';
import type { MailToUs } from './reader-mail.ts';
import type { MailReply } from './reply-by-mail.ts';
import { splitInterests } from './split-interests.ts';

interface Obeying {
  reader: Reader;
  command: Command;
  mail: Pick<MailToUs, 'messageId' | 'address'>;
  zone: string;
  at: Date;
}

/** Within a transaction that holds the reader's row. */
export async function obeyCommand(tx: Queryable, obeying: Obeying): Promise<MailReply> {
  const { reader, command, at } = obeying;
  if (command.is === 'leave') return leave(tx, obeying);
  if (command.is === 'interests') return changeInterests(tx, reader.id, command.list ?? '');
  if (reader.status !== 'active' && reader.status !== 'paused') return { says: 'noReader' };
  if (command.is !== 'pause') {
    await setPaused(tx, reader.id, { paused: false, at });
    return { says: 'resumed' };
  }
  return pause(tx, obeying);
}

async function pause(tx: Queryable, { reader, command, zone, at }: Obeying): Promise<MailReply> {
  const end = command.until === undefined ? null : command.until;
  const until = end === 'unread' ? 'past' : pauseEnd(end, { zone, now: at });
  if (until === 'past' || until === 'tooLong') return { says: 'whichDay' };
  await setPaused(tx, reader.id, { paused: true, until, at });
  return until === null ? { says: 'paused' } : { says: 'pausedUntil', until: until.toISOString() };
}

async function leave(
  tx: Queryable,
  { reader, command, mail: { messageId, address }, at }: Obeying,
): Promise<MailReply> {
  const wording = `By mail, "${command.word}"${messageId === null ? '' : `, Message-ID ${messageId.slice(0, 300)}`}`;
  await endSubscription(tx, { readerId: reader.id, wording, address, at });
  return { says: 'left' };
}

/** What is written is added; what has a minus in front is taken away. */
async function changeInterests(tx: Queryable, readerId: number, list: string): Promise<MailReply> {
  const typed = splitInterests(list).filter(({ length }) => length <= maxInterestLength);
  const isMinus = (words: string): boolean => '-–−'.includes(words[0]!);
  const unwanted = typed.filter(isMinus).map((words) => words.slice(1).trim().toLowerCase());
  const present = await listInterests(tx, readerId);
  for (const words of present.filter((one) => unwanted.includes(one.toLowerCase()))) await removeInterest(tx, readerId, words); // prettier-ignore
  await insertInterests(
    tx,
    readerId,
    typed.filter((words) => !isMinus(words)),
  );
  return { says: 'interests' };
}
