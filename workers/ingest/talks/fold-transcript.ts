// An English transcript with the punctuation of the Chinese site that published it -> English paragraphs; pure.

/** Lines a document has at least before its punctuation can be called a habit. */
const leastLines = 10;
/** Words after which a paragraph ends with the next sentence. */
const paragraphWords = 80;

const asciiMarks: Record<string, string> = {
  '。': '.',
  '，': ',',
  '、': ',',
  '？': '?',
  '！': '!',
  '：': ':',
  '；': ';',
  '（': '(',
  '）': ')',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
};

/**
 * Folds the noise of a transcript that is English and has a Chinese full stop after its lines: the marks become ASCII,
 * lines become sentences and those paragraphs, images go, headings stay. Any other text comes back as it is.
 */
export function foldTranscript(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const spoken = lines.filter((line) => line !== '' && !isHeading(line) && !isImage(line));
  if (!looksFolded(spoken)) return text;
  const keepsMarks = hasRealMarks(spoken);
  const blocks: string[] = [];
  let open: string[] = [];
  const close = (): void => {
    if (open.length > 0) blocks.push(...paragraphsOf(open, keepsMarks));
    open = [];
  };
  for (const line of lines) {
    if (isHeading(line) || isImage(line)) close();
    if (isHeading(line)) blocks.push(line);
    else if (!isImage(line) && /[\p{L}\p{N}]/u.test(line)) open.push(line);
  }
  close();
  return `${blocks.join('\n\n')}\n`;
}

function isHeading(line: string): boolean {
  return /^#{1,6}\s/.test(line);
}

function isImage(line: string): boolean {
  return /^!\[[^\]]*\]\([^)]*\)$/.test(line);
}

/** English, and more than a third of its lines end as only Chinese does. */
function looksFolded(lines: readonly string[]): boolean {
  const ended = lines.filter((line) => line.endsWith('。')).length;
  if (lines.length < leastLines || ended < lines.length / 3) return false;
  const text = lines.join(' ');
  return count(text, /\p{Script=Han}/gu) * 20 < count(text, /[a-z]/gi);
}

/** Captions by machine have neither capitals nor marks: there each mark stands for a line's end. */
function hasRealMarks(lines: readonly string[]): boolean {
  return lines.filter((line) => /^[A-Z]/.test(line)).length > lines.length / 4;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** Lines -> paragraphs of 80 words or a little more, which end where a sentence does. */
function paragraphsOf(lines: readonly string[], keepsMarks: boolean): string[] {
  const paragraphs: string[] = [];
  let open = '';
  lines.forEach((line, at) => {
    const next = lines[at + 1];
    const plain = keepsMarks ? withAsciiMarks(line, next) : withoutMarks(line);
    open = `${open} ${plain}`.trim();
    const isLong = open.split(' ').length >= paragraphWords;
    if (next !== undefined && !(isLong && (!keepsMarks || /[.?!]"?$/.test(open)))) return;
    paragraphs.push(open);
    open = '';
  });
  return paragraphs;
}

/** A full stop before a line that goes on in small letters was only the line's end. */
function withAsciiMarks(line: string, next: string | undefined): string {
  const goesOn = next !== undefined && /^[a-z]/.test(next) && line.endsWith('。');
  return tidyMarks(
    (goesOn ? line.slice(0, -1) : line).replace(/[。，、？！：；（）“”‘’]/g, (mark) => asciiMarks[mark]!),
  );
}

function withoutMarks(line: string): string {
  return tidyMarks(line.replace(/[。，、]/g, ' ').replace(/[？！：；（）“”‘’]/g, (mark) => asciiMarks[mark]!));
}

function tidyMarks(line: string): string {
  return line
    .replace(/[\p{Extended_Pictographic}\ufe0f]+\.?/gu, (found) => (/^[\d#*]/.test(found) ? found : ' '))
    .replace(/\s+/g, ' ')
    .replace(/ ([.,?!:;])/g, '$1')
    .replace(/([a-z],)(?=[a-z\d])/gi, '$1 ')
    .replace(/([.?!])\1{0,99}\.(?!\.)/g, '$1')
    .trim();
}
