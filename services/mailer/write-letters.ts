// A leased delivery -> the mail it is, and what the ledger has to remember of it.
import { signClick } from '../../core/click-id.ts';
import { PermanentError } from '../../core/errors.ts';
import type { House } from '../../core/house.ts';
import { linksOf } from '../../core/links.ts';
import type { LeasedDelivery } from '../../core/store/delivery-leases.ts';
import type { ApprovedIssue } from '../../core/store/issues.ts';
import type { LoadedSettings } from '../../core/store/settings.ts';
import { assembleMessage, messageIdOf } from './assemble.ts';
import { asciiAddress } from './mime.ts';
import type { LetterFor, PersonalLetter } from './personal-letter.ts';
import { senderOf } from './sender.ts';
import type { OutgoingMail } from './transport.ts';

interface Written {
  messageId: string | null;
  storyIds: number[];
}

/** Writes letters, and remembers what it wrote until the ledger asks. */
export interface Writing {
  write: (delivery: LeasedDelivery) => OutgoingMail;
  writtenFor: (deliveryId: number) => Written;
}

/** Prepares an issue for writing its letters. */
export function createWriting(
  { config, now }: House,
  {
    issue,
    settings,
    letterFor,
    key,
  }: { issue: ApprovedIssue; settings: LoadedSettings; letterFor: LetterFor; key: Buffer },
): Writing {
  const from = senderOf(config, settings);
  const links = linksOf(config.PUBLIC_URL);
  const { publication, postalAddress } = settings;
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
