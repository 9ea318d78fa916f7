// What is read in a thread: the same as in place, errors as they were, and an end to what takes too much.
import { expect, test } from 'vitest';
import { PermanentError, TemporaryError } from '../../../core/errors.ts';
import type { NewItem } from '../../../core/store/items.ts';
import { readDocument, type DocumentToRead, type ReadingPart } from '../../../workers/ingest/read-document.ts';
import { readInThread } from '../../../workers/ingest/read-in-thread.ts';

const url = 'https://blog.example/feed';
const { signal } = new AbortController();

function answer(text: string, more: Partial<DocumentToRead> = {}): DocumentToRead {
  const door = { url, now: new Date('2026-11-21T12:00:00Z') };
  const body = new TextEncoder().encode(text);
  return { kind: 'feed', body, contentType: undefined, url, isFirst: true, missed: [], context: door, ...more };
}

function feedOf(count: number): string {
  const items = Array.from(
    { length: count },
    (_, at) => `<item><guid>g${at}</guid><title>Über ${at}</title><link>/p/${at}</link></item>`,
  );
  return `<rss version="2.0"><channel><title>A &amp;amp; B</title>${items.join('')}</channel></rss>`;
}

test('a feed of more batches than may be ahead comes whole, in order, as it would in place', async () => {
  const { batches, ...head } = await readInThread(answer(feedOf(1500)), signal);
  const items: NewItem[] = [];
  for await (const batch of batches) items.push(...batch);
  const parts: ReadingPart[] = [];
  for await (const part of readDocument(answer(feedOf(1500)))) parts.push(part);
  expect({ head }).toEqual(parts[0]);
  expect(head).toMatchObject({ title: 'A & B', count: 1500 });
  expect(items).toEqual(parts.flatMap((part) => ('items' in part ? part.items : [])));
});

const emptyPage =
  '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"><opensearch:totalResults>7</opensearch:totalResults></feed>';

test.each([
  { what: 'what is no feed', given: answer('hello'), error: PermanentError, words: 'this is not a feed' },
  {
    what: 'what is no folder',
    given: answer('', { kind: 'folder', url: 'file:///nowhere/at/all' }),
    error: PermanentError,
    words: 'nowhere',
  },
  { what: 'an empty page', given: answer(emptyPage, { kind: 'arxiv' }), error: TemporaryError, words: 'empty page' },
])('$what is refused by the same class of error', async ({ given, error, words }) => {
  const refused = readInThread(given, signal);
  await expect(refused).rejects.toBeInstanceOf(error);
  await expect(refused).rejects.toThrow(words);
});

test('a reading that is stopped ends', async () => {
  const stop = new AbortController();
  const { batches } = await readInThread(answer(feedOf(5000)), stop.signal);
  const read = async () => {
    for await (const batch of batches) if (batch.length > 0) stop.abort();
  };
  await expect(read()).rejects.toThrow(/abort/i);
});
