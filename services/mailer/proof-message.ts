// The letter of a proof -> the message it would be, whole and unsigned, for who looks at messages.
import type { House } from '../../core/house.ts';
import type { Links } from '../../core/links.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { letterAssembler } from './assemble-letter.ts';
import { messageIdOf } from './assemble.ts';
import { quotedPrintable } from './mime.ts';
import { senderOf } from './sender.ts';
import { append, createScratch } from './splice.ts';

interface Proof {
  html: string;
  text: string;
  subject: string;
  contentHash: string;
}

/** With the headers of a letter; throws PermanentError when a mail server is set but no sender. */
export async function proofMessage(
  { config, db, now }: Pick<House, 'config' | 'db' | 'now'>,
  links: Links,
  { html, text, subject, contentHash }: Proof,
): Promise<Buffer> {
  const settings = await loadSettings(db);
  const from = senderOf(config, settings);
  const list = { name: settings.publication, host: new URL(config.PUBLIC_URL).hostname };
  const encodings = { html: 'quoted-printable', text: 'quoted-printable' } as const;
  const halves = { html: Buffer.from(quotedPrintable(html)), text: Buffer.from(quotedPrintable(text)) };
  const assemble = letterAssembler({
    from,
    replyTo: settings.replyTo,
    subject,
    list,
    contentHash,
    encodings,
    keys: [],
  });
  return assemble(
    createScratch(),
    { storyIds: [], write: (half, into) => append(into, halves[half]), isPlain: () => true },
    {
      to: 'somebody@reader.example',
      date: now(),
      messageId: messageIdOf({ row: 'delivery-0', seed: contentHash, from }),
      unsubscribe: links.unsubscribe('0'.repeat(32)),
    },
  );
}
