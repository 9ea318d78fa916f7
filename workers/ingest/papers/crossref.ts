// What Crossref says of a work (`/works/DOI`) -> one item; pure.
import { z } from 'zod';
import { doiKey } from '../../../core/addresses/keys.ts';
import { PermanentError } from '../../../core/errors.ts';
import { numberOf } from '../../../core/readers/paper-keys.ts';
import { decodeText } from '../clean/decode.ts';
import { toStorable } from '../../../core/storable.ts';
import { blankItem, type ParsedItem } from '../parsed-item.ts';

/** What is missing or of another shape is left out; publishers fill these in, and not all alike. */
const texts = z.array(z.string()).catch([]);
const dateParts = z
  .object({ 'date-parts': z.array(z.array(z.number().nullable())) })
  .optional()
  .catch(undefined);
const name = z.object({ given: z.string().optional(), family: z.string().optional(), name: z.string().optional() }).catch({}); // prettier-ignore
const message = z.object({
  DOI: z.string().catch(''),
  title: texts,
  subtitle: texts,
  /** In JATS. */
  abstract: z.string().optional().catch(undefined),
  author: z.array(name).catch([]),
  subject: texts,
  published: dateParts,
  issued: dateParts,
});

/** Parses a response; undefined for a work without a title. Throws PermanentError for what is no response of Crossref's. */
export function readCrossrefWork({
  body,
  contentType,
  key,
}: {
  body: Uint8Array;
  contentType: string | undefined;
  /** As it was asked for: a DOI may be another name of the work. */
  key: string;
}): ParsedItem | undefined {
  const work = parse(decodeText(body, contentType));
  const title = [work.title[0] ?? '', work.subtitle[0] ?? ''].filter((part) => part.trim() !== '').join(': ');
  if (title === '') return undefined;
  return {
    ...blankItem,
    kind: 'paper',
    id: key,
    title,
    // Crossref takes face markup and entities in titles.
    titleType: 'html',
    // Half a character is no part of an address.
    link: `https://doi.org/${encodeURI(toStorable(work.DOI || numberOf(key)))}`,
    content: jatsToHtml(work.abstract ?? ''),
    authors: work.author.map(({ given, family, name: whole }) => whole ?? [given, family].filter(Boolean).join(' ')),
    categories: work.subject,
    published: dateOf(work.published ?? work.issued),
    keys: [...new Set([key, ...(work.DOI === '' ? [] : [doiKey(work.DOI)])])],
  };
}

function parse(text: string): z.infer<typeof message> {
  try {
    return z.object({ message }).parse(JSON.parse(text)).message;
  } catch (cause) {
    throw new PermanentError('Crossref answered with something that is no work; look at CROSSREF_API_URL', { cause });
  }
}

/** What JATS calls otherwise than HTML; paragraphs and scripts are called alike. */
const elements = new Map([['italic', 'i'], ['bold', 'b'], ['title', 'h4'], ['list', 'ul'], ['list-item', 'li'], ['p', 'p'], ['sub', 'sub'], ['sup', 'sup']]); // prettier-ignore

/** An abstract in JATS as HTML; above most stands "Abstract", and elements that HTML has not are left out. */
function jatsToHtml(jats: string): string {
  return jats
    .replace(/<jats:title>[^<]{0,40}<\/jats:title>/, '')
    .replace(/<(\/?)jats:([a-z-]+)(?:[\s/][^<>]*)?>/g, (_, slash: string, called: string) => {
      const element = elements.get(called);
      return element === undefined ? '' : `<${slash}${element}>`;
    });
}

/** From the first printed books to the last year of four digits: what says otherwise was mistyped. */
const years = { first: 1_450, last: 9_999 };

/** [[2019]], [[2019, 6]] and [[2019, 6, 2]]; [[null]] where nothing is known. */
function dateOf(given: z.infer<typeof dateParts>): Date | null {
  const [year, month, day] = given?.['date-parts'][0] ?? [];
  if (!year || year < years.first || year > years.last) return null;
  const at = new Date(Date.UTC(year, (month ?? 1) - 1, day ?? 1));
  // The thirteen-millionth month is none.
  return Number.isNaN(at.getTime()) || at.getUTCFullYear() > years.last ? null : at;
}
