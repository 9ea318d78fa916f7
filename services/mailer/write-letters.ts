// A leased delivery -> the mail it is, and what the ledger has to remember of it.
import { letterSigner } from '../../core/click-id.ts';
import type { ReturnAddress } from '../../core/return-address.ts';
import { PermanentError } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { linksOf } from '../../core/links.ts';
import type { LeasedDelivery } from '../../core/store/delivery-leases.ts';
import type { ApprovedIssue } from '../../core/store/issues.ts';
import type { LoadedSettings } from '../../core/store/settings.ts';
import { letterAssembler } from './assemble-letter.ts';
import { messageIdOf } from './assemble.ts';
import type { DkimKey } from './dkim.ts';
import type { TransferEncoding } from './encode-fragment.ts';
import { asciiAddress } from './mime.ts';
import { prepareLetter, type CompiledIssue } from './personal-letter.ts';
import { senderOf } from './sender.ts';
import { openScratch, type Scratch } from './splice.ts';
import type { Carrier, OutgoingMail } from './transport.ts';

interface Written {
  messageId: string | null;
  storyIds: number[];
}

/** Writes letters, and remembers what it wrote until the ledger asks. */
export interface Writing {
  write: (delivery: LeasedDelivery, carrier: Carrier) => OutgoingMail;
  writtenFor: (deliveryId: number) => Written;
}

interface Series {
  issue: ApprovedIssue;
  compiled: CompiledIssue;
  settings: LoadedSettings;
  /** Signs the links. */
  key: Buffer;
  /** Writes the letter's own addresses; undefined where no mail comes back. */
  returnTo: ((address: ReturnAddress) => string) | undefined;
  /** Sign the mails. */
  dkim: readonly DkimKey[];
}

/** Prepares an issue for writing its letters. */
export function createWriting(
  { config, now }: House,
  { issue, compiled, settings, key, returnTo, dkim }: Series,
): Writing {
  const from = senderOf(config, settings);
  const links = linksOf(config.PUBLIC_URL);
  const { publication, postalAddress } = settings;
  const list = { name: publication, host: new URL(config.PUBLIC_URL).hostname };
  const imprint = { publication, postalAddress, timezone: config.TIMEZONE };
  const signLetter = letterSigner(key);
  const written = new Map<number, Written>();
  // Buffers of letters that were sent; as many as there are conversations.
  const free: Scratch[] = [];
  const open = (wanted: TransferEncoding) => {
    const { letterFor, encodings } = prepareLetter(compiled, imprint, wanted);
    const { content, contentHash } = issue;
    return { letterFor, assemble: letterAssembler({ from, subject: content.title, list, contentHash, encodings, keys: dkim }) }; // prettier-ignore
  };
  const opened = new Map<TransferEncoding, ReturnType<typeof open>>();
  const writerFor = (encoding: TransferEncoding): ReturnType<typeof open> => {
    const writer = opened.get(encoding) ?? open(encoding);
    opened.set(encoding, writer);
    return writer;
  };

  return {
    write(delivery, carrier) {
      const row = `delivery-${delivery.id}`;
      const to = asciiAddress(delivery.email);
      // A relay that cannot carry eight bits would change what was signed (RFC 6376, section 5.3).
      const encoding = carrier.takes8bit && dkim.length === 0 ? '8bit' : 'quoted-printable';
      const { letterFor, assemble } = writerFor(encoding);
      const letter = letterFor({
        ...delivery,
        letterId: signLetter({ readerId: delivery.readerId, issueId: issue.id }),
      });
      if (letter.storyIds.length === 0) {
        throw new PermanentError('Nothing in this issue was chosen for this reader, and an empty letter is no mail.');
      }
      const messageId = messageIdOf({ row, seed: issue.contentHash, from });
      const scratch = free.pop() ?? openScratch();
      const unsubscribe = links.unsubscribe(delivery.token);
      const unsubscribeAddress = returnTo?.({ kind: 'unsubscribe', id: delivery.readerId });
      const raw = assemble(scratch, letter, { to, date: now(), messageId, unsubscribe, unsubscribeAddress });
      written.set(delivery.id, { messageId, storyIds: letter.storyIds });
      // Bounces come back to the sender of the envelope (RFC 5321, section 6.1): one for each letter says which (VERP).
      const sender = returnTo?.({ kind: 'bounce', id: delivery.id }) ?? from.address;
      return {
        row,
        from: sender,
        to,
        raw,
        is8bit: encoding === '8bit',
        isPlain: letter.isPlain(),
        release: () => void free.push(scratch),
      };
    },
    writtenFor(deliveryId) {
      const known = written.get(deliveryId) ?? { messageId: null, storyIds: [] };
      written.delete(deliveryId);
      return known;
    },
  };
}
