// DATA_DIR/outbox/*.eml -> what a mail program would show of them.
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { firstBytes, openInside } from '../../core/files/open-inside.ts';
import { readableTime } from '../../core/week.ts';

/**
 * The mails that are shown: letters, and what readers confirm with. Whoever sees the outbox is not the curator whose
 * sign-in link lies there as well, so anything else has to be taken from the folder itself.
 */
export const shownMail = /^(?:delivery|confirm)-\d{1,10}\.eml$/;

/** A letter has at most 102 KB, since Gmail clips it there. */
const mostBytes = 1_000_000;

export interface OutboxLine {
  name: string;
  to: string;
  subject: string;
  at: string;
}

export interface OutboxMail {
  name: string;
  from: string;
  to: string;
  subject: string;
  headers: { key: string; value: string }[];
  html: string;
  text: string;
  kilobytes: number;
}

/** The newest 200 mails. Only the first 16 KB of each are read: headers come first. */
export async function listMails(directory: string, timezone: string): Promise<OutboxLine[]> {
  const names = (await namesIn(directory)).filter((name) => shownMail.test(name));
  const dated = await Promise.all(names.map(async (name) => ({ name, mtimeMs: await modifiedAt(directory, name) })));
  const newest = dated.toSorted((a, b) => b.mtimeMs - a.mtimeMs || b.name.localeCompare(a.name)).slice(0, 200);
  const lines = await Promise.all(
    newest.map(async ({ name, mtimeMs }) => {
      const bytes = await bytesOf(directory, name, 16_384);
      if (!bytes) return [];
      const { to, subject } = describe(await PostalMime.parse(bytes));
      const at = readableTime(new Date(mtimeMs), timezone);
      return [{ name, to, subject, at }];
    }),
  );
  return lines.flat();
}

/** One mail, or undefined when there is none of this name. */
export async function readMail(directory: string, name: string): Promise<OutboxMail | undefined> {
  const bytes = await bytesOf(directory, name, mostBytes);
  if (!bytes) return undefined;
  const mail = await PostalMime.parse(bytes);
  return {
    name,
    ...describe(mail),
    headers: mail.headers.map(({ originalKey, key, value }) => ({ key: originalKey ?? key, value })),
    html: mail.html ?? '',
    text: mail.text ?? '',
    kilobytes: Math.ceil(bytes.length / 1024),
  };
}

type ParsedMail = Awaited<ReturnType<typeof PostalMime.parse>>;

function describe({ from, to, subject }: ParsedMail): { from: string; to: string; subject: string } {
  const named = (one: ParsedMail['from']): string =>
    one?.name ? `${one.name} <${one.address}>` : (one?.address ?? '');
  return { from: named(from), to: (to ?? []).map(named).join(', '), subject: subject ?? '(no subject)' };
}

async function namesIn(directory: string): Promise<string[]> {
  // Before the first mail there is no directory, which is an empty outbox.
  return readdir(directory).catch(() => []);
}

async function modifiedAt(directory: string, name: string): Promise<number> {
  const found = await lstat(join(directory, name)).catch(() => undefined);
  return found?.mtimeMs ?? 0;
}

async function bytesOf(directory: string, name: string, length: number): Promise<Uint8Array | undefined> {
  const file = await openInside(directory, join(directory, name)).catch(() => undefined);
  if (!file) return undefined;
  try {
    return await firstBytes(file, length);
  } finally {
    await file.close();
  }
}
