// corpus records -> tokenised papers, running texts and lemmas, as the table's training draws its pairs from them; pure.
import { tokensOf } from '../../../core/text/tokens.ts';
import { createTokenPool, type Span, type TokenPool } from './token-pool.ts';

/** A line of arxiv-*.jsonl. */
export interface PaperRecord {
  title: string;
  abstract: string;
  categories?: string[];
}

/** A line of general.jsonl: running text, or a WordNet synset whose title lists its lemmas. */
export interface TextRecord {
  id: string;
  title?: string;
  text: string;
}

interface Paper {
  title: Span;
  abstract: Span;
  category: string;
}

interface Synset {
  lemmas: Span[];
  gloss: Span;
}

export interface Corpus {
  pool: TokenPool;
  papers: Paper[];
  texts: Span[];
  titled: { title: Span; text: Span }[];
  synsets: Synset[];
}

/** A corpus to add records to. */
export function emptyCorpus(): Corpus {
  return { pool: createTokenPool(), papers: [], texts: [], titled: [], synsets: [] };
}

/** Adds a paper. */
export function addPaper({ pool, papers }: Corpus, { title, abstract, categories }: PaperRecord): void {
  papers.push({
    title: pool.add(tokensOf(title)),
    abstract: pool.add(tokensOf(abstract)),
    category: categories?.[0] ?? '',
  });
}

/** Adds a synset ("oewn-...") or a running text; only the first part ("...#0") of a text is what its title names. */
export function addText({ pool, texts, titled, synsets }: Corpus, { id, title, text }: TextRecord): void {
  if (id.startsWith('oewn-')) {
    const lemmas = (title ?? '').split(', ').map((lemma) => pool.add(tokensOf(lemma)));
    synsets.push({ lemmas, gloss: pool.add(tokensOf(text)) });
    return;
  }
  const span = pool.add(tokensOf(text));
  texts.push(span);
  if (title && id.endsWith('#0')) titled.push({ title: pool.add(tokensOf(title)), text: span });
}
