// How dates are written, as patterns with named parts: what `read-date.ts` knows them by; pure.

const standardTime = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d`;
const standardZone = String.raw`[+-](?:0\d|1[01])`;
const standardMonth = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec';
/**
 * What nearly every feed writes, in the forms that engines read alike: ten times quicker than finding out. Days beyond
 * the 28th are looked at, since to an engine 30 February is the 2 March.
 */
export const standardDate = new RegExp(
  String.raw`^(?:[1-9]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T${standardTime}(?:\.\d{1,3})?(?:Z|${standardZone}:[0-5]\d)` +
    String.raw`|(?:[A-Z][a-z]{2}, )?(?:0?[1-9]|1\d|2[0-8]) (?:${standardMonth}) [1-9]\d{3} ${standardTime} (?:GMT|${standardZone}[0-5]\d))$`,
);

const word = String.raw`(?<month>\p{L}[\p{L}\p{M}]+)`;
const ordinal = String.raw`(?:st|nd|rd|th|er|re|[ºª°.])?`;
const day = String.raw`(?<day>\d{1,2})`;
const year = String.raw`(?<year>\d{4})`;
/** What a written date begins with, behind its weekday: those that are met most come first. */
export const dateShapes = [
  String.raw`${year}\s?[-/.]\s?(?<monthNumber>\d{1,2})\s?[-/.]\s?${day}(?!\d)`,
  String.raw`${year}(?<monthNumber>\d{2})${day}(?=$|[T\s]|\d{4}(?:\d{2})?(?!\d))`,
  String.raw`${year}-?(?<monthNumber>\d{2})(?!\d|-\d)`,
  String.raw`${day}${ordinal},?[\s./-]*(?:de\s|of\s|d['’])?\s*${word}[\s.,/-]*(?:del?\s|of\s)?\s*(?<year>\d{2,4})(?!\d|:)`,
  String.raw`${word}[\s.,-]*${day}${ordinal},?\s*[\s,-]\s*${year}(?!\d)`,
  String.raw`${word}\.?\s+${day},?\s+(?<clock>\d{1,2}:\d{2}(?::\d{2})?(?:\s+[\p{L}/]+|\s+[+-]\d{4})?)\s+${year}(?!\d)`,
  String.raw`${year}[\s.-]+${word}[\s.-]+${day}(?!\d)`,
  String.raw`(?<first>\d{1,2})(?<mark>\s?[-/.]\s?|\s)(?<second>\d{1,2})\k<mark>(?<year>\d{4}|\d{2})(?!\d|:)`,
  String.raw`${word}[\s.,]+${year}(?=$|\s\D)`,
].map((shape) => new RegExp(`^${shape}`, 'u'));

/** The time behind a date, after a word or two such as "at". */
export const clockShape = new RegExp(
  String.raw`^(?:[\s,.@–-]*(?:\p{L}{1,4}\.?\s+){0,2}|T)(?<hour>\d{1,2})` +
    String.raw`(?:\s?[:.hH]\s?(?<minute>\d{1,2})(?:[:.](?<second>\d{1,2})(?:[.,](?<fraction>\d+))?)?|:$|(?=\s*[apAP]\.?[mM]))` +
    String.raw`(?:\s*(?<half>[apAP])\.?\s?[mM]\b\.?)?`,
  'u',
);
/** As in 20261121T101500. */
export const denseClockShape = /^T?(?<hour>\d{2})(?:(?<minute>\d{2})(?<second>\d{2})?(?:[.,](?<fraction>\d+))?)?(?!\d)/;
