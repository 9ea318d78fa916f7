// The bytes of a mail as they follow the server's 354: its last ones wait until the ledger knows.
import { Readable } from 'node:stream';
import { messageOf } from '../../core/errors.ts';

/** Held back until `begin` is done: the line end without which no final dot is one. */
const tailBytes = 2;

interface Gate {
  begin: () => Promise<boolean>;
  onRead: () => void;
  onEnd: () => void;
  onRefused: (why: string) => void;
}

/** The message as nodemailer reads it, after the 354; its last bytes wait for `begin`. */
export function gatedMessage(raw: Buffer, { begin, onRead, onEnd, onRefused }: Gate): Readable {
  const head = raw.subarray(0, raw.length - tailBytes);
  let wasAsked = false;
  const stream = new Readable({
    read() {
      if (wasAsked) return;
      wasAsked = true;
      onRead();
      stream.push(head);
      void finish();
    },
  });
  async function finish(): Promise<void> {
    const isOurs = await begin().catch((error: unknown) => `not written down: ${messageOf(error)}`);
    if (stream.destroyed) return;
    if (isOurs !== true) return onRefused(isOurs || 'another process took it over');
    onEnd();
    stream.push(raw.subarray(head.length));
    stream.push(null);
  }
  return stream;
}
