// `/subscribe`: the form with what a letter would have held; after an error the same page, with what was typed.
import type { FastifyReply } from 'fastify';
import { topicWeather } from '../../core/store/topic-weeks.ts';
import { weekOf } from '../../core/week.ts';
import { topicsToOffer } from './topics-now.ts';
import type { Room } from '../room.ts';
import { inWords } from '../message.ts';
import { PageError } from '../page-error.ts';
import { amountOffer, zoneField } from './amount.ts';
import type { NewestIssue } from './newest-issue.ts';

/** Shows the page; `failed` is what was wrong with what was typed. */
export type ShowSubscribe = (reply: FastifyReply, failed?: { error: PageError; typed: unknown }) => Promise<FastifyReply>; // prettier-ignore

/** A form as it is at first. */
export const nothingTyped = { email: '', topics: [] as string[], interests: '' };

/** Binds it to the newest issue and the topics of today. */
export function createSubscribePage(
  { house: { config, db, now }, show, words: wordsOf }: Room,
  newestIssue: NewestIssue,
): ShowSubscribe {
  return async (reply, failed) => {
    const words = wordsOf(reply.request);
    const [issue, weather] = await Promise.all([
      newestIssue(),
      topicWeather(db, weekOf(now(), config.TIMEZONE).monday),
    ]);
    const topics = topicsToOffer(weather, issue?.topics ?? []);
    const typed = failed ? typedIn(failed.typed, topics) : nothingTyped;
    const offer = amountOffer(words, config.TIMEZONE);
    return show(reply, 'subscribe', {
      title: words.say('subscribe.title'),
      here: 'subscribe',
      topics,
      peek: issue?.peek.picks([], words) ?? [],
      offer: failed ? chosen(offer, failed.typed) : offer,
      typed,
      ...(failed
        ? { status: failed.error.statusCode, error: inWords(failed.error.what, words) } // prettier-ignore
        : { keepSeconds: 60, error: null }),
    });
  };
}

function fieldsOf(sent: unknown): Record<string, unknown> {
  return typeof sent === 'object' && sent !== null ? (sent as Record<string, unknown>) : {};
}

/** The address, the topics that were ticked, and what was written beside them. */
function typedIn(sent: unknown, topics: readonly string[]): typeof nothingTyped {
  const { email, interests } = fieldsOf(sent);
  const said = [interests ?? []].flat().map(String);
  return {
    email: typeof email === 'string' ? email : '',
    topics: said.filter((one) => topics.includes(one)),
    interests: said.filter((one) => one !== '' && !topics.includes(one)).join(', '),
  };
}

/** What was chosen stays chosen. */
function chosen(offer: ReturnType<typeof amountOffer>, sent: unknown): ReturnType<typeof amountOffer> {
  const fields = fieldsOf(sent);
  const pick = <One extends { value: unknown; isSet: boolean }>(all: One[], name: string): One[] =>
    all.some(({ value }) => String(value) === fields[name])
      ? all.map((one) => ({ ...one, isSet: String(one.value) === fields[name] }))
      : all;
  // A browser had more to choose from than the page.
  const zone = zoneField.safeParse(fields.timezone).data ?? offer.usualZone;
  const zones = [...new Set([...offer.zones.map(({ value }) => value), zone])].filter((one) => one !== offer.usualZone);
  return {
    ...offer,
    steps: pick(offer.steps, 'everyIssues'),
    lengths: pick(offer.lengths, 'length'),
    langs: pick(offer.langs, 'lang'),
    zones: zones.map((value) => ({ value, isSet: value === zone })),
  };
}
