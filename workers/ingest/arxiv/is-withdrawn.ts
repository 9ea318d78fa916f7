// What authors write where they take a paper back -> whether they did; pure.

const paper =
  '(?:paper|submission|article|manuscript|preprint|work|e-?print|document|draft|entry|note|letter|report|thesis|version)';
const took = '(?:withdrawn|retracted)';
/** Removing is what arXiv does, and says so of itself. */
const removed = String.raw`removed\s+(?:by\s+arXiv|from\s+arXiv)`;
/** "This paper, which claimed X, has ...", "this paper has been superseded by Y and is ...", "this paper needs to be ...". */
const aside = String.raw`(?:\s+\([^()]{0,80}\)|,[^,]{1,120},|\s+(?:has\s+been|was|is)\s+superseded\s+by\s[^,;]{1,80}?\s+and)?`;
/** From a conference it may be withdrawn and still stand here. */
const here = String.raw`(?!\s+from\s+(?!(?:the\s+)?(?:arxiv|repository|public)))`;

/** "This paper has been withdrawn by the author", "the submission is now withdrawn". */
const bySubject = (which: string): RegExp =>
  new RegExp(
    String.raw`^${which}\s+(?:\w+\s+)?${paper}${aside}\s+(?:has|have|had|was|is|are|needs?)\s+(?:now\s+|hereby\s+|been\s+|being\s+|since\s+|temporarily\s+|to\s+be\s+){0,3}(?:${took}\b${here}|${removed})`,
    'i',
  );
const anyPaper = bySubject('(?:this|the|our)');
const thisPaper = bySubject('(?:this|our)');
/** "The authors have withdrawn this paper", "We withdraw this submission". */
const byAuthors = new RegExp(
  String.raw`^(?:(?:the\s+)?(?:\w+\s+)?authors?|we|i)\s+(?:(?:have|has|had|hereby|wish|would|like|decided|to|choose|chose)\s+){0,5}(?:withdrawn?|withdrew|retract(?:ed)?)\s+(?:this|the|our|their|my)\s+(?:\w+\s+)?${paper}\b${here}`,
  'i',
);
/** "Withdrawn", "Paper withdrawn by the author due to an error", "Retracted: see the comment". */
const bare = new RegExp(
  String.raw`^(?:v\d:?\s+)?(?:(?:this|the)\s+)?(?:${paper}\s+)?(?:has\s+been\s+)?${took}(?:\s*$|[.:;!)\]]|,?\s+\(?(?:by|due|because|since|as|at|on|for|pending|owing|after|until|temporarily|see|superseded)\b)`,
  'i',
);

/**
 * Whether the abstract begins so, or says of this very paper in a sentence of its own that it was withdrawn, or the
 * comment does; not whether a paper is about withdrawal. Linear in the length of both.
 */
export function isWithdrawn(abstract: string | undefined, comment?: string): boolean {
  const [first = '', ...others] = sentencesOf(abstract);
  return (
    [anyPaper, byAuthors, bare].some((pattern) => pattern.test(first)) ||
    others.some((sentence) => thisPaper.test(sentence) || (/\bthis\b/i.test(sentence) && byAuthors.test(sentence))) ||
    sentencesOf(comment).some((sentence) => [anyPaper, byAuthors, bare].some((pattern) => pattern.test(sentence)))
  );
}

/** Without brackets, stars and "arXiv admin note:" in front. */
function sentencesOf(text: string | undefined): string[] {
  return (text ?? '')
    .slice(0, 10_000)
    .replace(/\s+/g, ' ')
    .split(
      /(?<=[.;!?\]])\s|\s-\s|,\s(?=(?:paper\s)?(?:withdrawn|retracted)(?:$|\s(?:by|due|because)))|\s\((?=(?:withdrawn|retracted))/i,
    )
    .map((sentence) => sentence.replace(/^[\s[({*"'-]+/, '').replace(/^(?:arxiv admin )?note:\s*/i, ''))
    .filter((sentence) => sentence !== '');
}
