// The links of an issue and how they answered -> what the gate says of them; pure.
import { itemKindNames } from '../item-kinds.ts';
import { safeHref } from '../letter/safe-href.ts';
import type { LinkCheck } from '../store/gate.ts';
import type { Card } from '../store/issue-content.ts';
import type { GateFacts } from './gate-facts.ts';
import { ok, type Verdict } from './verdict.ts';
import { plural } from '../plural.ts';

/** Of 300 cards they take 10 ms to read, and the page of a draft asks twice. */
const links = new WeakMap<object, string[]>();

/** The addresses of a card that a letter links to. */
export function addressesOfCard(card: Pick<Card, 'url' | 'also'>): string[] {
  const { url, also } = card;
  const found = links.get(card) ?? [...new Set([url, ...also.map((other) => other.url)].flatMap((one) => safeHref(one) ?? []))]; // prettier-ignore
  links.set(card, found);
  return found;
}

interface CardLink {
  card: Card;
  url: string;
  check: LinkCheck | undefined;
}

function allLinks({ content, links: known }: GateFacts): CardLink[] {
  return content.cards.flatMap((card) => addressesOfCard(card).map((url) => ({ card, url, check: known.get(url) })));
}

/** Red: what is gone, by its address and by which item of its story it is. */
export function checkLinks(facts: GateFacts): Verdict {
  const all = allLinks(facts);
  const broken = all.filter(({ check }) => check?.state === 'broken');
  if (broken.length === 0) return ok(`None of ${plural(all.length, 'link', 'links')} is known to be gone`);
  const says = `${plural(broken.length, 'link does', 'links do')} not answer`;
  return { level: 'red', says, about: storiesOf(broken), details: tell(broken), spare: spareOf(broken) };
}

/** By story what is gone of it, where something is left. */
function spareOf(broken: readonly CardLink[]): Map<number, string[]> {
  const urlsOf = (card: Card): string[] => broken.filter((link) => link.card === card).map(({ url }) => url);
  const some = broken.filter(({ card }) => addressesOfCard(card).length > urlsOf(card).length);
  return new Map(some.map(({ card }) => [card.storyId, urlsOf(card)]));
}

/** Amber: what no letter may carry, what could not be tried, and what was not tried yet. */
export function checkUntried(facts: GateFacts): Verdict {
  const all = allLinks(facts);
  const without = facts.content.cards.filter(({ url }) => safeHref(url) === null).map(({ storyId }) => storyId);
  const unsure = all.filter(({ check }) => check?.state === 'unsure');
  const unasked = all.filter(({ check }) => check === undefined).length;
  // What many have in common, such as that links are not asked here or that sites are away, is no fault of any one.
  const kinds = [...new Set(unsure.map(whatFailed))];
  const alike = kinds
    .map((kind) => ({ found: unsure.filter((link) => whatFailed(link) === kind) }))
    .filter(({ found }) => found.length > mostAlike)
    .toSorted((a, b) => b.found.length - a.found.length);
  const named = unsure.filter((link) => !alike.some(({ found }) => found.includes(link)));
  const [one, more] = alike.length > 0 ? ['other link', 'other links'] : ['link', 'links'];
  const says = [
    ...(without.length > 0 ? [`${plural(without.length, 'story has', 'stories have')} no link that a letter may carry`] : []), // prettier-ignore
    ...alike.map(({ found }) => `${plural(found.length, 'link', 'links')} could not be tried: ${tellAlike(found)}`),
    ...(named.length > 0 ? [`${plural(named.length, one, more)} could not be tried`] : []), // prettier-ignore
    ...(unasked > 0 ? [`${plural(unasked, 'link was', 'links were')} not tried yet`] : []),
  ];
  if (says.length === 0) return ok(`All ${all.length} links were tried`);
  return { level: 'amber', says: says.join('; '), about: [...without, ...storiesOf(named)], details: tell(named) };
}

/** More links with one and the same reason are not named one by one, whatever else is wrong with others. */
const mostAlike = 3;

/** Why a link could not be tried, whichever site it is on. */
function whatFailed({ url, check }: CardLink): string {
  return (check?.why ?? '').replaceAll(new URL(url).hostname, '');
}

/** "papers.example gave no answer; the same of 2 other sites" */
function tellAlike(found: readonly CardLink[]): string {
  const whys = new Set(found.map(({ check }) => check!.why));
  return `${found[0]!.check!.why}${whys.size > 1 ? `; the same of ${plural(whys.size - 1, 'other site', 'other sites')}` : ''}`;
}

function storiesOf(found: readonly CardLink[]): number[] {
  return found.map(({ card }) => card.storyId);
}

/** "talk on Talks, https://v.example/9, v.example answered 404" */
function tell(found: readonly CardLink[]): Map<number, string> {
  const details = new Map<number, string[]>();
  for (const { card, url, check } of found) {
    const item =
      card.also.find((other) => safeHref(other.url) === url)?.label ?? `${itemKindNames[card.kind]} on ${card.source}`;
    const said = [item, url, check?.why].filter(Boolean).join(', ');
    details.set(card.storyId, [...(details.get(card.storyId) ?? []), said]);
  }
  return new Map([...details].map(([storyId, said]) => [storyId, said.join('; ')]));
}
