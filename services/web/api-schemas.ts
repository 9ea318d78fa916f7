// What the JSON API takes and gives, as JSON Schema: answers are written by it, and /api/openapi.json tells it.

const text = { type: 'string' } as const;
const whole = { type: 'integer' } as const;
const when = { type: 'string', format: 'date-time' } as const;
const maybe = <Schema extends object>(schema: Schema) => ({ ...schema, nullable: true });
const list = <Schema extends object>(items: Schema) => ({ type: 'array', items }) as const;
const object = <Properties extends object>(properties: Properties) => ({ type: 'object', properties, required: Object.keys(properties) }); // prettier-ignore

const issueHead = {
  number: whole,
  slug: text,
  title: text,
  date: text,
  sentAt: maybe(when),
  stories: whole,
  url: text,
};
const card = object({
  story: whole,
  role: { type: 'string', enum: ['pick', 'pool'] },
  kind: text,
  title: text,
  lang: text,
  url: maybe(text),
  source: text,
  authors: list(text),
  topic: maybe(text),
  minutes: maybe(whole),
  summary: list(text),
});
const listed = object({ story: whole, kind: text, title: text, lang: text, url: maybe(text), source: text, sources: whole, authors: list(text), firstSeen: when, withdrawn: { type: 'boolean' } }); // prettier-ignore
const item = object({ id: whole, story: maybe(whole), kind: text, title: text, lang: text, url: maybe(text), sourceId: whole, source: text, authors: list(text), keys: list(text), publishedAt: when }); // prettier-ignore
const failure = object({ error: text, todo: text });

/** The parameters of each address. */
const inPath = {
  slug: { type: 'object', properties: { slug: { type: 'string', pattern: '^[\\w-]{1,40}$' } }, required: ['slug'] },
  id: { type: 'object', properties: { id: { type: 'string', pattern: '^[1-9]\\d{0,9}$' } }, required: ['id'] },
} as const;

const errors = { '4xx': { description: 'What was wrong, and what to do', ...failure } };
const answer = (description: string, properties: object) => ({ 200: { description, ...object(properties) }, ...errors }); // prettier-ignore

export const apiSchemas = {
  issues: { summary: 'Issues, newest first', response: answer('All issues that went out', { issues: list(object(issueHead)) }) }, // prettier-ignore
  issue: {
    summary: 'One issue with its stories by section',
    params: inPath.slug,
    response: answer('The issue as it was approved', { ...issueHead, intro: text, sections: list(object({ key: text, name: text, stories: list(card) })) }), // prettier-ignore
  },
  story: {
    summary: 'One story with everything it is made of',
    params: inPath.id,
    response: answer('The story', { id: whole, title: text, topicId: maybe(whole), topic: maybe(text), firstSeen: when, url: text, items: list(object({ id: whole, kind: text, title: text, lang: text, url: maybe(text), sourceId: whole, source: text, authors: list(text), text: text, publishedAt: when, segments: list(object({ startS: maybe({ type: 'number' }), text })) })) }), // prettier-ignore
  },
  topics: { summary: 'Topics of this week with their size over the weeks', response: answer('The topics', { topics: list(object({ id: whole, name: text, stories: whole, url: text })) }) }, // prettier-ignore
  topic: {
    summary: 'A topic and its newest stories; of one that ended those it had, and where they are now',
    params: inPath.id,
    response: answer('The topic', { id: whole, name: text, keywords: list(text), url: text, ended: { type: 'boolean' }, after: list(object({ id: whole, name: text, url: text })), weeks: list(object({ week: text, stories: whole, events: list(object({ id: whole, name: text, kind: text, otherId: maybe(whole), other: maybe(text) })) })), stories: list(listed) }), // prettier-ignore
  },
  items: {
    summary: 'Items in the order of their arrival, newest first; the next page is before the last id',
    querystring: {
      type: 'object',
      properties: { before: { type: 'integer', minimum: 1, maximum: 2_147_483_647 }, limit: { type: 'integer', minimum: 1, maximum: 100, default: 50 }, source: { type: 'integer', minimum: 1, maximum: 2_147_483_647 } }, // prettier-ignore
    },
    response: answer('Items', { items: list(item), next: maybe(text) }),
  },
  search: {
    summary: 'Stories by words and by meaning, best first',
    querystring: {
      type: 'object',
      properties: { q: { type: 'string', minLength: 1, maxLength: 200 }, kind: { type: 'string', enum: ['paper', 'video', 'post', 'digest'] } }, // prettier-ignore
      required: ['q'],
    },
    response: answer('What was found', { count: whole, stories: list(object({ title: text, url: text, text: text, hasWords: { type: 'boolean' }, publishedAt: when })) }), // prettier-ignore
  },
} as const;
