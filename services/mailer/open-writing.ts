// An approved and compiled issue -> what writes its letters: now, or as they were written once.
import { clickPurpose } from '../../core/click-id.ts';
import type { House } from '../../core/house.ts';
import { returnPurpose } from '../../core/return-address.ts';
import { keyFor } from '../../core/secret-key.ts';
import type { ApprovedIssue } from '../../core/store/issues.ts';
import { withPicked } from '../../core/store/letter-content.ts';
import { loadRender } from '../../core/store/renders.ts';
import { loadSettings } from '../../core/store/settings.ts';
import type { LetterSeries } from '../../core/store/written-letters.ts';
import { hasReturn, senderOf } from './sender.ts';
import { namedKeys, signingKeys } from './signing-keys.ts';
import { createWriting, type Writing } from './write-letters.ts';

/** What letters are made of that are written now. */
export async function seriesOfToday({ config, db }: House): Promise<LetterSeries> {
  const settings = await loadSettings(db);
  const from = senderOf(config, settings);
  const { publication, postalAddress, footer, replyTo, personalSubject } = settings;
  const keys = await signingKeys(db, from);
  return {
    from,
    publication,
    postalAddress: [footer, postalAddress].filter(Boolean).join('\n'),
    ...(replyTo && { replyTo }),
    ...(personalSubject && { personalSubject }),
    timezone: config.TIMEZONE,
    publicUrl: config.PUBLIC_URL,
    inboxDomain: hasReturn(config) ? config.INBOX_DOMAIN : null,
    dkim: keys.map(({ domain, selector }) => ({ domain, selector })),
  };
}

/** Opens the writing of a series of letters; `now` is the date they carry. */
export async function openWriting(
  house: House,
  { issue, seriesId, series, now }: { issue: ApprovedIssue; seriesId: number; series: LetterSeries; now: () => Date },
): Promise<Writing> {
  const { db } = house;
  const { id: issueId, contentHash } = issue;
  return createWriting({
    issue,
    seriesId,
    series,
    now,
    compiled: {
      parts: await loadRender(db, { issueId, contentHash }),
      content: await withPicked(db, { issueId, contentHash }, issue.content),
      contentHash,
    },
    dkim: await namedKeys(db, series.dkim),
    clickKey: await keyFor(house, clickPurpose),
    returnKey: await keyFor(house, returnPurpose),
  });
}
