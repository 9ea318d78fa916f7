// `courant replay READER ISSUE`: a past letter, byte for byte as it went out, whatever was edited since.
import { writeFileSync } from 'node:fs';
import { readConfig } from '../../core/config.ts';
import { PermanentError } from '../../core/errors.ts';
import { openHouse, type House } from '../../core/house.ts';
import { approvedIssue } from '../../core/store/issues.ts';
import { missingParts } from '../../core/store/renders.ts';
import { pastLetter } from '../../core/store/written-letters.ts';
import { withDatabaseThere } from './existing-database.ts';
import { openWriting } from '../mailer/open-writing.ts';

interface Wanted {
  /** An address, or the id of a reader. */
  reader: string;
  /** The number of an issue, or its name in addresses, as 2026-w47. */
  issue: string;
}

/** Writes the mail to a file, or to standard output. */
export async function runReplay({ out, ...wanted }: Wanted & { out?: string | undefined }): Promise<void> {
  const house = await openHouse({ ...withDatabaseThere(readConfig()), LOG_LEVEL: 'silent' });
  try {
    const raw = await replayLetter(house, wanted);
    if (out === undefined) process.stdout.write(raw);
    else writeFileSync(out, raw, { mode: 0o600 });
  } finally {
    await house.close();
  }
}

/** The raw message. Throws PermanentError where it was not sent, or where what it was made of is not kept any more. */
export async function replayLetter(house: House, wanted: Wanted): Promise<Buffer> {
  const { db } = house;
  const letter = await pastLetter(db, wanted);
  if (!letter) {
    throw new PermanentError(`There is no letter of issue ${wanted.issue} to ${wanted.reader}; "courant list deliveries" shows which there are.`); // prettier-ignore
  }
  const { written, series, stories, issueId, contentHash } = letter;
  if (!written || !series) {
    throw new PermanentError('Nothing is known of how this letter was written: it was not sent, or it is older than KEEP_PICKS_DAYS.'); // prettier-ignore
  }
  const { lang = 'en' } = written;
  if (!stories || (await missingParts(db, { issueId, contentHash }, [lang])).length > 0) {
    throw new PermanentError('The picks or the compiled parts of this letter are not kept any more (KEEP_PICKS_DAYS, KEEP_RENDERS_DAYS).'); // prettier-ignore
  }
  const { seriesId, at, takes8bit, email, token, confirmedAt, deadlines = [], pair = null } = written;
  const issue = await approvedIssue(db, issueId);
  const writing = await openWriting(house, { issue, seriesId, series, now: () => at, asksPairs: true });
  const { raw } = writing.write(
    { id: letter.id, readerId: letter.readerId, attempts: 0, firstTriedAt: null, email, token, confirmedAt, lang, stories, unmet: letter.unmet, pair, deadlines }, // prettier-ignore
    { takes8bit },
  );
  return raw;
}
