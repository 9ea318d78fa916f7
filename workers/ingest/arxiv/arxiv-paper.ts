// What any of arXiv's responses says of a paper -> one item, the same whoever was asked; pure.
import { escapeText } from '../clean/escape-text.ts';
import { isWithdrawn } from './is-withdrawn.ts';
import { doiKey } from '../../../core/addresses/keys.ts';
import type { ArxivAnnouncement } from '../../../core/store/items.ts';
import { blankItem, type ParsedItem } from '../parsed-item.ts';
import { collapseSpaces } from '../../../core/text/collapse-spaces.ts';

const idPattern = /(?:abs\/|oai:arXiv\.org:|^)(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})(?:v(\d+))?$/;

/** Texts as arXiv wrapped them, dates as they were read. */
export interface Paper {
  title: string | undefined;
  abstract: string | undefined;
  authors: string[];
  categories: string[];
  doi: string | undefined;
  comment: string | undefined;
  /** False of a response that never shows comments: what it does not say is not known then. */
  hasComments: boolean;
  published: Date | null;
  updated: Date | null;
  announced?: ArxivAnnouncement | undefined;
  /** A new version of something older: announced so, or so old. */
  isRevision?: boolean;
}

/** The id without its version, and the version, of `1706.03762v5`, an `abs/` address or an `oai:arXiv.org:` name. */
export function readPaperId(text: string | undefined): { id: string; version: number | undefined } | undefined {
  const [, id, version] = idPattern.exec(text?.trim() ?? '') ?? [];
  return id === undefined ? undefined : { id, version: version === undefined ? undefined : Number(version) };
}

/** The item of a paper: all its versions are one, whose id has none. Comments are not text, but say where the code is. */
export function paperItem({ id, version }: { id: string; version: number | undefined }, paper: Paper): ParsedItem {
  return {
    ...blankItem,
    kind: 'paper',
    id,
    titleType: 'text',
    link: `https://arxiv.org/abs/${id}`,
    title: unfoldLines(paper.title),
    content: `<p>${escapeText(unfoldLines(paper.abstract))}</p>`,
    authors: paper.authors.map(unfoldLines),
    categories: paper.categories,
    published: paper.published,
    updated: paper.updated,
    keys: [`arxiv:${id.toLowerCase()}`, ...doisOf(paper.doi)],
    links: (paper.comment ?? '').match(/\bhttps?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]}]/g) ?? [],
    ...(version === undefined ? {} : { version }),
    ...withdrawal(paper),
    ...(paper.announced === undefined ? {} : { announced: paper.announced }),
    ...(paper.isRevision || paper.announced === 'replace' ? { isRevision: true } : {}),
  };
}

function withdrawal({ abstract, comment, hasComments }: Paper): Pick<ParsedItem, 'withdrawn'> {
  const withdrawn = isWithdrawn(abstract, comment);
  return withdrawn || hasComments ? { withdrawn } : {};
}

/** arXiv wraps titles and abstracts at 80 columns. */
export function unfoldLines(text: string | undefined): string {
  return collapseSpaces(text ?? '');
}

/** A paper of several parts may name several. */
function doisOf(text: string | undefined): string[] {
  return unfoldLines(text)
    .split(' ')
    .filter((doi) => doi.startsWith('10.'))
    .map(doiKey);
}
