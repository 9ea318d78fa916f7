// An issue and what is known around it -> what stands against its approval, check by check; pure.
import { hashContent } from '../content-hash.ts';
import { preheaderCharacters, subjectCharacters } from '../letter/shown-characters.ts';
import type { Card, IssueContent } from '../store/issue-content.ts';
import type { AxeFinding } from './ask-axe.ts';
import { tokenize } from '../text/stemmed-terms.ts';
import { checkEditions } from './check-editions.ts';
import { checkLanguage } from './check-language.ts';
import { checkLinks, checkUntried } from './check-links.ts';
import type { ProgramFinding, GateFacts, MeasuredLetter, SpamScore } from './gate-facts.ts';
import { hasTexDebris } from './tex-debris.ts';
import { ok, type Verdict } from './verdict.ts';
import { plural } from '../plural.ts';

export const checkNames = ['stories', 'links', 'untried', 'repeated', 'sentences', 'subject', 'preheader', 'alt', 'contrast', 'names', 'axe', 'size', 'unsubscribe', 'address', 'sender', 'spam', 'withdrawn', 'tex', 'language', 'editions'] as const; // prettier-ignore
export type CheckName = (typeof checkNames)[number];

export interface Finding {
  name: CheckName;
  /** Red stops an approval, amber asks for a reason. */
  level: 'red' | 'amber' | 'ok' | 'waiting';
  says: string;
  /** The stories it is about, at most as many as a page names. */
  stories: { storyId: number; title: string; detail: string | null; spare: readonly string[]; lang: string | null }[];
  /** The edition it is about, the first of several; a story may say another. */
  lang: string | null;
  /** A hash of everything that was found: reasons hold for that alone. */
  finding: string;
}

/** Gmail cuts a letter off at 102 KB (1,024 bytes each); a few are kept for what sending adds. */
const mostBytes = 100_000;
const mostNamed = 5;

/** Every check in order, what is well too. */
export function checkIssue(facts: GateFacts): Finding[] {
  const titles = new Map(facts.content.cards.map(({ storyId, title }) => [storyId, title]));
  return checkNames.map((name) => {
    const { level, says, about = [], details, spare, langs, lang = null, facts: found = null } = checks[name](facts);
    const stories = [...new Set(about)].map((storyId) => ({
      storyId,
      title: titles.get(storyId) ?? `story ${storyId}`,
      detail: details?.get(storyId) ?? null,
    }));
    const finding = hashContent([name, level, level === 'ok' ? null : [says, stories, found]]).slice(0, 16);
    const named = stories
      .slice(0, mostNamed)
      .map((story) => ({ ...story, spare: spare?.get(story.storyId) ?? [], lang: langs?.get(story.storyId) ?? null }));
    return { name, level, says, stories: named, lang, finding };
  });
}

const checks: Record<CheckName, (facts: GateFacts) => Verdict> = {
  stories: checkStories,
  links: checkLinks,
  untried: checkUntried,
  repeated: ({ repeated }) =>
    repeated.length === 0
      ? ok('No story of the last four issues')
      : { level: 'red', says: `${plural(repeated.length, 'story was', 'stories were')} in one of the last four issues, and nothing of it changed`, about: repeated.map(({ storyId }) => storyId) }, // prettier-ignore
  sentences: checkSentences,
  subject: checkSubject,
  preheader: ({ preheader }) => {
    const { length } = preheader.trim();
    if (length >= preheaderCharacters.least && length <= preheaderCharacters.most)
      return ok('The preheader says what is in it');
    return { level: 'amber', says: length === 0 ? 'No preheader: mail readers show whatever comes first' : `The preheader has ${length} characters; mail readers show some 100`, facts: preheader }; // prettier-ignore
  },
  alt: ({ letter }) => ofLetter(letter, 'alternative texts', ({ imagesWithoutAlt }) =>
    imagesWithoutAlt === 0 ? ok('Every picture has an alternative text') : { level: 'red', says: `${plural(imagesWithoutAlt, 'picture has', 'pictures have')} no alternative text` }), // prettier-ignore
  contrast: ({ letter }) => ofLetter(letter, 'contrast', ({ pale = [] }) =>
    pale.length === 0 ? ok('Every word stands out from its ground') : { level: 'red', says: `${plural(pale.length, 'text is', 'texts are')} too pale: ${pale[0]}`, facts: pale }), // prettier-ignore
  names: ({ letter }) => ofLetter(letter, 'names', ({ nameless = [] }) =>
    nameless.length === 0 ? ok('Every link says where it leads') : { level: 'red', says: `${plural(nameless.length, 'link has', 'links have')} no words: ${nameless[0]}`, facts: nameless }), // prettier-ignore
  axe: ({ axe }) => ofAsked(axe, { what: 'axe-core', whatFor: 'whether everybody can use letter and page' }, tellAxe),
  size: ({ letter }) => ofLetter(letter, 'size', ({ bytes }) => {
    const says = `Longest letter ${Math.ceil(bytes / 1000)} KB of ${mostBytes / 1000} KB`;
    return bytes < mostBytes ? ok(says) : { level: 'red', says: `${says}: mail readers cut it off. Write less, or pick fewer` };
  }), // prettier-ignore
  unsubscribe: ({ letter }) => ofLetter(letter, 'way out', ({ hasUnsubscribe }) =>
    hasUnsubscribe ? ok('The letter says how to leave') : { level: 'red', says: 'The letter has no link to unsubscribe' }), // prettier-ignore
  address: ({ postalAddress }) =>
    postalAddress.trim() === '' ? { level: 'amber', says: 'No postal address in the footer; many countries ask for one' } : ok('The postal address is in the footer'), // prettier-ignore
  sender: ({ sender }) => {
    if (sender === undefined) return ok('No mail server is set, so nobody was asked whether the sender is who it says');
    if (sender === null) return { level: 'waiting', says: 'DNS is being asked about the sender: SPF, DKIM, DMARC' };
    return sender.length === 0 ? ok('The sender is who it says: SPF, DKIM, DMARC') : { level: 'amber', says: `Mail servers may not believe the sender: ${sender.join(' ')}`, facts: sender }; // prettier-ignore
  },
  spam: ({ spam }) => ofAsked(spam, { what: 'SpamAssassin', whatFor: 'whether it looks like spam' }, tellSpam),
  withdrawn: ({ withdrawn }) =>
    withdrawn.length === 0 ? ok('No withdrawn paper') : { level: 'red', says: `${plural(withdrawn.length, 'story has', 'stories have')} a paper that its authors withdrew`, about: withdrawn }, // prettier-ignore
  tex: ({ content }) =>
    ofCards(content, (card) => [card.title, ...card.summary].some(hasTexDebris), {
      fine: 'No TeX is left in a title or a summary',
      says: (n) => `TeX is left in ${plural(n, 'story', 'stories')}`,
    }),
  language: checkLanguage,
  editions: checkEditions,
};

function ofLetter(letter: MeasuredLetter | null, what: string, judge: (letter: MeasuredLetter) => Verdict): Verdict {
  return letter ? judge(letter) : { level: 'waiting', says: `The letter is being looked through: ${what}` };
}

/** What the cards of a content that are `meant` ask; what is `fine` is said when there are none. */
function ofCards(
  { cards }: IssueContent,
  isMeant: (card: Card) => boolean,
  { fine, says }: { fine: string; says: (n: number) => string },
): Verdict {
  const about = cards.filter(isMeant).map(({ storyId }) => storyId);
  return about.length === 0 ? ok(fine) : { level: 'amber', says: says(about.length), about };
}

function checkSentences({ unfounded, content: { cards } }: GateFacts): Verdict {
  if (unfounded.length > 0) {
    const says = `${plural(unfounded.length, 'sentence of a summary stands', 'sentences of summaries stand')} in no source and ${unfounded.length === 1 ? 'is' : 'are'} not marked as the editor's`;
    return { level: 'red', says, about: unfounded.map(({ storyId }) => storyId), facts: unfounded };
  }
  // A link alone may be meant, as of a post without text; nobody means it of a pick without knowing.
  const bare = cards.filter(({ role, summary, note }) => role === 'pick' && summary.length === 0 && !note);
  if (bare.length === 0) return ok('Every sentence stands in its source');
  return { level: 'amber', says: `${plural(bare.length, 'pick has', 'picks have')} no summary`, about: bare.map(({ storyId }) => storyId) }; // prettier-ignore
}

function checkStories({ content: { cards, sections, pool } }: GateFacts): Verdict {
  if (cards.length === 0) return { level: 'red', says: 'No story: nothing can be sent' };
  const empty = sections.filter(({ key }) => !cards.some(({ section }) => section === key));
  if (empty.length > 0 && !pool)
    return { level: 'red', says: `Nothing in ${empty.map(({ name }) => name).join(', ')}` };
  const picks = cards.filter(({ role }) => role === 'pick').length;
  if (picks === 0)
    return { level: 'amber', says: 'No pick: the letter has no lead, and nobody gets what the editors chose' };
  return ok(`${plural(picks, 'pick', 'picks')}, no empty section`);
}

/** What another program said, or why it said nothing: that it is not there is no fault of the issue. */
function ofAsked<Found>(
  asked: ProgramFinding<Found> | null | undefined,
  { what, whatFor }: { what: string; whatFor: string },
  judge: (found: Found) => Verdict,
): Verdict {
  if (asked === undefined) return ok(`Nobody asked ${what} ${whatFor}`);
  if (asked === null) return { level: 'waiting', says: `${what} is being asked ${whatFor}` };
  if ('absent' in asked) return ok(asked.absent);
  if ('failed' in asked) return { level: 'amber', says: `${what} could not be asked: ${asked.failed}` };
  return judge(asked.found);
}

function tellAxe(found: readonly AxeFinding[]): Verdict {
  if (found.length === 0) return ok('axe-core finds nothing against the letter and its page');
  const some = found.slice(0, mostNamed).map(({ where, asks, first, count: n }) => `${asks} (${where}, ${plural(n, 'time', 'times')}: ${first})`); // prettier-ignore
  return { level: 'amber', says: `axe-core finds ${plural(found.length, 'fault', 'faults')}: ${some.join('; ')}`, facts: found }; // prettier-ignore
}

function tellSpam({ score, limit, rules }: SpamScore): Verdict {
  const says = `SpamAssassin gives it ${score.toFixed(1)} points`;
  if (score < limit) return ok(`${says}; from ${limit} on it would ask`);
  return { level: 'amber', says: `${says} of ${limit}: ${rules.slice(0, mostNamed).join('; ')}`, facts: rules };
}

/** Of 300 titles they take 5 ms to read. */
const terms = new WeakMap<object, string[]>();

function titleTerms(card: Card): string[] {
  const found = terms.get(card) ?? tokenize(card.title);
  terms.set(card, found);
  return found;
}

/** Says what is in it: has a term of some title; and is neither too short nor too long to be read. */
function checkSubject({ content: { title, cards } }: GateFacts): Verdict {
  const { length } = title;
  const said = new Set(tokenize(title));
  if (!cards.some((card) => titleTerms(card).some((term) => said.has(term)))) return { level: 'amber', says: 'The subject names nothing that is in the issue', facts: title }; // prettier-ignore
  if (length < subjectCharacters.least || length > subjectCharacters.most) {
    return { level: 'amber', says: `The subject has ${length} characters; mail readers show some 60`, facts: title };
  }
  return ok('The subject says what is in it');
}
