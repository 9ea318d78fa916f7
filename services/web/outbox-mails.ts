// DATA_DIR/outbox/*.eml -> what a mail program would show of them.
import { open, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { DateTime } from 'luxon';

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
  const names = (await namesIn(directory)).filter((name) => name.endsWith('.eml'));
  const dated = await Promise.all(
    names.map(async (name) => ({ name, mtimeMs: (await stat(join(directory, name))).mtimeMs })),
  );
  const newest = dated.toSorted((a, b) => b.mtimeMs - a.mtimeMs || b.name.localeCompare(a.name)).slice(0, 200);
  return Promise.all(
    newest.map(async ({ name, mtimeMs }) => {
      const { to, subject } = describe(await PostalMime.parse(await firstBytes(join(directory, name), 16_384)));
      const at = DateTime.fromMillis(mtimeMs, { zone: timezone }).toFormat('ccc d LLL yyyy, HH:mm', { locale: 'en' });
      return { name, to, subject, at };
    }),
  );
}

/** One mail, or undefined when there is none of this name. */
export async function readMail(directory: string, name: string): Promise<OutboxMail | undefined> {
  const bytes = await readFile(join(directory, name)).catch(() => undefined);
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

async function firstBytes(path: string, length: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
