// `/preferences/:token/bring`: what a reader reads already, as a bibliography, numbers, a list of feeds or a name: shown, then taken as likes.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { messageOf, PermanentError } from '../../core/errors.ts';
import { isPaperKey, numberOf, titleOfKey } from '../../core/readers/paper-keys.ts';
import { readWorksInThread } from '../../core/readers/read-works-in-thread.ts';
import { maxAbstractLength, maxTitleLength, maxWorks, type WorksRead } from '../../core/readers/works.ts';
import { bringWorks, findWorks, maxBrought, takeBackWork, type BroughtWork } from '../../core/store/brought-works.ts';
import { maxRules, addRule } from '../../core/store/rules.ts';
import { sourcesAt } from '../../core/store/sources-at.ts';
import { newestStories } from '../../core/store/story-lists.ts';
import { toStorable } from '../../core/storable.ts';
import { texToText } from '../../core/tex/tex-to-text.ts';
import { seldom } from '../guard-pages.ts';
import { PageError } from '../page-error.ts';
import type { WordsLang } from '../../core/words-langs.ts';
import { readInput } from '../read-input.ts';
import { asText } from '../message.ts';
import type { Room } from '../room.ts';
import { rowId } from '../row-id.ts';
import { readerOf } from './reader-of.ts';
import { backToPage } from './said.ts';

/** A library of some thousand entries; percent-encoded it is three times as long. */
const longestText = 500_000;
const bodyLimit = 3 * longestText;
const ofName = 30;
/** Of what was not found or not read, named; a long list says that it goes on. */
const mostNamed = 10;

const many = <Field extends z.ZodType>(field: Field) =>
  z.preprocess((given) => (given === undefined ? [] : [given].flat()), z.array(field).max(maxWorks));
const broughtForm = z.object({
  text: z
    .string({ error: asText('bring.pasteRead') })
    .refine((text) => text.trim() !== '', asText('bring.pasteRead'))
    .refine((text) => text.length <= longestText, asText('bring.tooMuch')),
});
const workField = z.string().transform((text, context): BroughtWork => {
  try {
    const { title, text: abstract, key } = JSON.parse(text) as Partial<BroughtWork>;
    // Inside the field's JSON a NUL is six plain characters, which nobody has looked at yet.
    if (
      typeof title === 'string' &&
      toStorable(title) !== '' &&
      typeof abstract === 'string' &&
      (key === undefined || isPaperKey(key))
    )
      return { title: title.slice(0, maxTitleLength), text: abstract.slice(0, maxAbstractLength), key };
  } catch {
    // Said below.
  }
  context.addIssue({ code: 'custom', message: asText('bring.notAWork') });
  return z.NEVER;
});
const takenForm = z.object({ story: many(rowId()), work: many(workField), source: many(z.string().max(100)) });
const takeBackForm = z.object({ id: rowId(asText('bring.which')) });

/** What is shown for confirmation. */
interface Shown {
  stories: { id: number; title: string }[];
  works: { title: string; value: string }[];
  /** Of which only the number is known, and that are asked for. */
  papers: { title: string; value: string }[];
  sources: string[];
  /** Neither here nor with a title, nor with a number that is asked for. */
  unknown: string[];
}

/** Registers the pages. Nothing is kept before the reader has seen it and said so. */
export function bringRoom(app: FastifyInstance, { house, show, words: wordsOf }: Room): void {
  const { db, now } = house;

  app.get('/preferences/:token/bring', async (request, reply) => {
    const reader = await readerOf(db, request);
    return show(reply, 'bring', { title: wordsOf(request).say('bring.title'), isPersonal: true, reader, found: null });
  });

  app.post('/preferences/:token/bring', { bodyLimit, config: seldom }, async (request, reply) => {
    const reader = await readerOf(db, request);
    const { text } = readInput(broughtForm, request.body);
    const read = await readOrRefuse(text, wordsOf(request).lang);
    const found = await findBrought(house, read);
    const words = wordsOf(request);
    const named = (names: readonly string[]) => ({ count: names.length, names: `${words.list(names.slice(0, mostNamed))}${names.length > mostNamed ? ' …' : ''}` }); // prettier-ignore
    return show(reply, 'bring', { title: words.say('bring.title'), isPersonal: true, reader, found, unknown: named(found.unknown), refused: named(read.refused), maxBrought }); // prettier-ignore
  });

  app.post('/preferences/:token/bring/take', { bodyLimit, config: seldom }, async (request, reply) => {
    const { id: readerId, token } = await readerOf(db, request);
    const { story, work, source } = readInput(takenForm, request.body);
    await db.transaction(async (tx) => {
      await bringWorks(tx, { readerId, storyIds: story, works: work, at: now() });
      for (const words of source.slice(0, maxRules)) {
        await addRule(tx, { readerId, rule: { effect: 'always', field: 'source', words }, at: now() });
      }
    });
    if (work.some(({ key }) => key !== undefined)) await house.queue.enqueue('papers.fetch', {});
    return backToPage(reply, { token, said: 'brought' });
  });

  app.post('/preferences/:token/bring/take-back', async (request, reply) => {
    const { id: readerId, token } = await readerOf(db, request);
    await takeBackWork(db, { readerId, id: readInput(takeBackForm, request.body).id });
    return backToPage(reply, { token, said: 'taken' });
  });
}

async function readOrRefuse(text: string, lang: WordsLang): Promise<WorksRead> {
  try {
    return await readWorksInThread(text);
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    // What reads it says in English which line does not fit.
    throw new PageError(400, lang === 'en' ? messageOf(error) : { key: 'bring.unread' }, { key: 'bring.unreadTodo' });
  }
}

async function findBrought({ db, config }: Room['house'], read: WorksRead): Promise<Shown> {
  const { works, feeds, name } = read;
  const found = await findWorks(db, works);
  /** ArXiv's number before a DOI, since its abstract is always there; what has an abstract needs no other than arXiv's. */
  const askedFor = (keys: readonly string[], text = ''): string | undefined => {
    if (config.LOOK_UP_PAPERS === 'no') return undefined;
    const known = keys.filter(isPaperKey);
    return known.find((key) => key.startsWith('arxiv:')) ?? (text === '' ? known[0] : undefined);
  };
  const at = new Map(found.map((one) => [one.place, one]));
  const known = found.filter(({ storyId }) => storyId !== null);
  const byWords = works.flatMap(({ title, text, keys }, place): BroughtWork[] => {
    const here = at.get(place);
    if (here) return here.storyId === null ? [{ title: here.title, text: here.text }] : [];
    return title === '' ? [] : [{ title, text, key: askedFor(keys, text) }];
  });
  const byNumber = works.flatMap(({ title, keys }, place): BroughtWork[] => {
    const key = title === '' && !at.has(place) ? askedFor(keys) : undefined;
    return key === undefined ? [] : [{ title: titleOfKey(key), text: '', key }];
  });
  const toValue = (work: BroughtWork) => ({ title: texToText(work.title), value: JSON.stringify(work) });
  const named = name === null ? [] : await newestStories(db, { author: name }, { limit: ofName });
  const stories = [...known.map(({ storyId, title }) => ({ id: storyId!, title })), ...named];
  return {
    stories: [...new Map(stories.map(({ id, title }) => [id, { id, title: texToText(title) }])).values()],
    works: byWords.map(toValue),
    papers: byNumber.map(toValue),
    sources: feeds.length === 0 ? [] : await sourcesAt(db, feeds),
    unknown: works.flatMap(({ title, keys }, place) =>
      title === '' && !at.has(place) && askedFor(keys) === undefined ? keys.slice(0, 1).map(nameOfKey) : [],
    ),
  };
}

/** "arXiv:1706.03762", "looms.example/cloth". */
function nameOfKey(key: string): string {
  if (key.startsWith('url:')) return numberOf(key);
  return isPaperKey(key) ? titleOfKey(key) : key;
}
