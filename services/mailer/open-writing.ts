// An approved and compiled issue -> what writes its letters: now, or as they were written once.
import { clickPurpose } from '../../core/mail/click-id.ts';
import { inEdition } from '../../core/editions/in-edition.ts';
import type { House } from '../../core/house.ts';
import { returnPurpose } from '../../core/mail/return-address.ts';
import { keyFor } from '../../core/crypto/secret-key.ts';
import type { ApprovedIssue } from '../../core/store/issues.ts';
import { withPicked } from '../../core/store/letter-content.ts';
import { loadRender, missingParts } from '../../core/store/renders.ts';
import { wordsLangs, type WordsLang } from '../../core/words-langs.ts';
import { loadSettings } from '../../core/store/settings.ts';
import type { LetterSeries } from '../../core/store/written-letters.ts';
import { hasReturn, senderOf } from './sender.ts';
import { namedKeys, signingKeys } from './signing-keys.ts';
import type { CompiledIssue } from './personal-letter.ts';
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
    ...(hasReturn(config) && { repliesByMail: true }),
    ...(personalSubject && { personalSubject }),
    timezone: config.TIMEZONE,
    lang: config.SITE_LANGUAGE,
    publicUrl: config.PUBLIC_URL,
    inboxDomain: hasReturn(config) ? config.INBOX_DOMAIN : null,
    dkim: keys.map(({ domain, selector }) => ({ domain, selector })),
  };
}

/** Opens the writing of a series of letters; `now` is the date they carry, `asksPairs` whether they ask about the pairs that were chosen. */
export async function openWriting(
  house: House,
  { issue, seriesId, series, now, asksPairs }: { issue: ApprovedIssue; seriesId: number; series: LetterSeries; now: () => Date; asksPairs: boolean }, // prettier-ignore
): Promise<Writing> {
  const { db } = house;
  return createWriting({
    issue,
    seriesId,
    series,
    now,
    asksPairs,
    compiled: await compiledIssues(house, issue),
    dkim: await namedKeys(db, series.dkim),
    clickKey: await keyFor(house, clickPurpose),
    returnKey: await keyFor(house, returnPurpose),
  });
}

/** The issue in each language in which all of it is compiled: a reader may choose another one while it goes out. */
async function compiledIssues(
  { db, config }: Pick<House, 'db' | 'config'>,
  { id: issueId, contentHash, content: approved }: ApprovedIssue,
): Promise<Map<WordsLang, CompiledIssue>> {
  const key = { issueId, contentHash };
  const incomplete = new Set((await missingParts(db, key, wordsLangs)).map(({ lang }) => lang));
  const content = await withPicked(db, key, approved);
  const rendered = [...(await loadRender(db, key))].filter(([lang]) => !incomplete.has(lang));
  const own = config.SITE_LANGUAGE;
  return new Map(rendered.map(([lang, parts]) => [lang, { lang, parts, content: inEdition(content, { lang, own }), contentHash }])); // prettier-ignore
}
