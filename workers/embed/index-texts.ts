// vectors in use -> the index of the search: words without endings, the binary vectors, the spellings of names.
import { setImmediate } from 'node:timers/promises';
import type { House } from '../../core/house.ts';
import { deletesOf, isSpelled } from '../../core/search/spellings.ts';
import { binarise } from '../../core/search/binary-index.ts';
import { configOf, searchedWords } from '../../core/search/words.ts';
import {
  saveIndexed,
  saveSpellings,
  textsToIndex,
  type IndexedText,
  type Spelling,
  type TextToIndex,
} from '../../core/store/search-texts.ts';
import { setInUse } from '../../core/store/vector-sets.ts';

/** Some 50 ms of the embedded database, which answers nobody else meanwhile. */
const batchSize = 50;

/** Indexes what has a vector and is not in the index, batch by batch; a stop or a crash leaves the rest to the next job. */
export async function indexTexts({ db }: Pick<House, 'db'>, stop: AbortSignal): Promise<number> {
  const set = await setInUse(db);
  if (!set) return 0;
  let indexed = 0;
  let after = { itemId: 0, segment: 0 };
  const known = new Set<string>();
  for (let count = batchSize; count === batchSize && !stop.aborted; indexed += count) {
    const texts = await textsToIndex(db, { model: set.model, after, limit: batchSize });
    count = texts.length;
    const last = texts.at(-1);
    if (!last) break;
    after = { itemId: last.itemId, segment: last.segment };
    await saveIndexed(db, set.model, texts.map(toIndexed));
    await saveSpellings(db, newSpellings(texts, known));
    await setImmediate();
  }
  return indexed;
}

function toIndexed({
  itemId,
  segment,
  contentHash,
  lang,
  title,
  authors,
  source,
  text,
  vector,
}: TextToIndex): IndexedText {
  const isItem = segment === 0;
  return {
    itemId,
    segment,
    contentHash,
    config: configOf(lang),
    title: isItem ? searchedWords(title).join(' ') : '',
    names: isItem ? searchedWords([...authors, source].join(' ')).join(' ') : '',
    body: searchedWords(text).join(' '),
    signs: binarise(vector),
  };
}

/** The words of names that this run has not saved yet; they are `known` from then on. */
function newSpellings(texts: readonly TextToIndex[], known: Set<string>): Spelling[] {
  const words = texts
    .filter(({ segment }) => segment === 0)
    .flatMap(({ title, authors, source }) => searchedWords([title, ...authors, source].join(' ')))
    .filter((word) => isSpelled(word) && !known.has(word));
  for (const word of words) known.add(word);
  return [...new Set(words)].map((word) => ({ word, deletes: deletesOf(word) }));
}
