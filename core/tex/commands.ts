// A command of TeX -> what it prints, by its name; one that nobody knows loses its backslash.
import {
  isBraced,
  isSpace,
  readArgument,
  readName,
  readOption,
  readRaw,
  skipSpaces,
  type TexCursor,
} from './tex-cursor.ts';
import { accent, blackboard, isAccent, lower, raise } from './scripts.ts';
import { functions, greek, relations, signs } from './symbols.ts';
import { readUnits } from './units.ts';

/** Stands where something was left out. */
export const dropped = '\0';

type Read = (cursor: TexCursor) => string;

const argument: Read = (cursor) => readArgument(cursor);
const words: Read = (cursor) => readArgument(cursor, false);
/** Drops so many arguments, and options before them. */
const without =
  (count: number): Read =>
  (cursor) => {
    readOption(cursor);
    for (let at = 0; at < count && isBraced(cursor); at++) readRaw(cursor);
    return '';
  };
/** Changes the face of what follows to the end of its group; the space after its name is none. */
const changeFace: Read = (cursor) => {
  skipSpaces(cursor);
  return '';
};
const each = (names: string, read: Read): [string, Read][] => names.split(' ').map((name) => [name, read]);

/** In parentheses where it is more than one thing. */
function unit(text: string): string {
  return /^[^\s+\-/=±≤≥<>→,]*$/.test(text) ? text : `(${text})`;
}

function readFraction(cursor: TexCursor): string {
  const above = unit(readArgument(cursor).trim());
  return `${above}/${unit(readArgument(cursor).trim())}`;
}

function readRoot(cursor: TexCursor): string {
  const degree = readOption(cursor)?.trim();
  const sign =
    degree === undefined || degree === '' ? '√' : ({ 2: '√', 3: '∛', 4: '∜' }[degree] ?? `${raise(degree)}√`);
  return sign + unit(readArgument(cursor).trim());
}

/** Formulas of chemistry, as mhchem reads them: digits after a symbol are counts. */
function readFormulaOfSubstance(cursor: TexCursor): string {
  const raw = readArgument(cursor, false);
  return raw
    .replace(/(?<=[A-Za-z)\]])\d+/g, lower)
    .replace(/\^\{?(\d*[+-])\}?/g, (_, charge: string) => raise(charge))
    .replace(/<=>|<->/g, '⇌')
    .replace(/->/g, '→');
}

function readCharacter(cursor: TexCursor): string {
  const raw = readRaw(cursor)?.trim() ?? '';
  const code = /^(?:x|")/i.test(raw) ? Number.parseInt(raw.slice(1), 16) : Number.parseInt(raw, 10);
  return code > 31 && code <= 0x10ffff && !(code >= 0x7f && code < 0xa0) && !(code >= 0xd800 && code < 0xe000)
    ? String.fromCodePoint(code)
    : '';
}

const second: Read = (cursor) => {
  readOption(cursor);
  readRaw(cursor);
  return readArgument(cursor);
};
const parenthesised: Read = (cursor) => (isBraced(cursor) ? ` (${words(cursor)})` : words(cursor));
const space: Read = () => ' ';

const readers = new Map<string, Read>([
  ...each(
    'emph textbf textit textsc textrm textup textsl textmd text mbox hbox textnormal uline underline sout st enquote fbox url path nolinkurl',
    words,
  ),
  ...each(
    'texttt textsf textcyrillic MakeUppercase uppercase MakeLowercase lowercase ensuremath title textcite hl boxed framebox makebox',
    words,
  ),
  ...each(
    'mathrm mathbf mathit mathcal mathsf mathtt mathscr mathfrak mathbin mathrel mathop mathord mathnormal boldsymbol bm pmb operatorname',
    argument,
  ),
  ...each(
    'operatornamewithlimits smash overbrace underbrace overrightarrow overleftarrow cancel bcancel xcancel mathclap ac acp acs acl acf gls glspl Gls ac',
    argument,
  ),
  ...each('mathbb Bbb mathbbm mathds', (cursor) => blackboard(readArgument(cursor))),
  ...each(
    'rm bf it tt sf sc sl em cal mit frak boldmath unboldmath bfseries itshape scshape ttfamily sffamily rmfamily upshape normalfont',
    changeFace,
  ),
  ...each(
    'tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge displaystyle textstyle scriptstyle scriptscriptstyle',
    changeFace,
  ),
  ...each('left right middle big Big bigg Bigg bigl bigr bigm Bigl Bigr Bigm biggl biggr Biggl Biggr', readDelimiter),
  ...each(
    'limits nolimits nonumber noindent xspace protect allowbreak relax centering par bigskip medskip smallskip expandafter newline linebreak',
    changeFace,
  ),
  ...each(
    'label vspace hspace phantom hphantom vphantom cite citep citet citealp citealt citeauthor citeyear parencite autocite ref eqref cref Cref autoref',
    dropReference,
  ),
  ...each(
    'footnotemark thanks color pagecolor hypersetup usepackage bibliography bibliographystyle nocite index begin end',
    without(1),
  ),
  ...each('definecolor fontsize setlength rule newcommand renewcommand', without(2)),
  ...each('textcolor colorbox href hyperref hyperlink raisebox scalebox parbox', second),
  ...each('kern mkern hskip mskip vskip', dropLength),
  ...each('frac dfrac tfrac cfrac nicefrac sfrac', readFraction),
  ...each('binom tbinom dbinom', (cursor) => `(${readArgument(cursor)} choose ${readArgument(cursor)})`),
  ...each('overset underset stackrel', readStack),
  ...each('xrightarrow xleftarrow', (cursor) => (readOption(cursor), ` →${raise(readArgument(cursor))} `)),
  ...each('textsuperscript sp', (cursor) => raise(words(cursor))),
  ...each('textsubscript sb', (cursor) => lower(words(cursor))),
  ...each('ce ch cee', readFormulaOfSubstance),
  ...each('SI qty', (cursor) => `${readArgument(cursor)} ${readUnits(readRaw(cursor) ?? '')}`),
  ...each('si unit', (cursor) => readUnits(readRaw(cursor) ?? '')),
  ...each(
    'SIrange qtyrange',
    (cursor) => `${argument(cursor)}–${argument(cursor)} ${readUnits(readRaw(cursor) ?? '')}`,
  ),
  ...each('num numrange ang', argument),
  ...each('pmod', (cursor) => ` (mod ${readArgument(cursor)})`),
  ...each('footnote', parenthesised),
  ...each('over', () => '/'),
  ...each('atop choose', space),
  ...each('item', () => ' • '),
  ...each('ket', (cursor) => `|${argument(cursor)}⟩`),
  ...each('bra', (cursor) => `⟨${argument(cursor)}|`),
  ...each('braket', (cursor) => `⟨${argument(cursor)}⟩`),
  ...each('abs', (cursor) => `|${argument(cursor)}|`),
  ...each('norm', (cursor) => `‖${argument(cursor)}‖`),
  ...each('sqrt', readRoot),
  ...each('unicode char', readCharacter),
  ...each('romannumeral', (cursor) => readRaw(cursor) ?? ''),
  ...each('not', (cursor) => `${readArgument(cursor)}\u0338`.normalize('NFC')),
  ...each('verb lstinline', readVerbatim),
  ...each('quad qquad enspace enskip thinspace medspace thickspace space textvisiblespace hfill', space),
  ...each('ie', () => 'i.e.'),
  ...each('eg', () => 'e.g.'),
  ...each('etal', () => 'et al.'),
  ...each('etc', () => 'etc.'),
]);

/** What a command prints whose backslash was read; `before` is what was printed so far. */
export function readCommand(cursor: TexCursor, before: string): string {
  const start = cursor.at;
  const name = readName(cursor);
  if (!/[A-Za-z]/.test(name)) return readSign(cursor, name, before);
  if (isAccent(name) && name.length === 1) return readLetterAccent(cursor, name, start);
  if (isAccent(name)) return accent(name, readArgument(cursor));
  const symbol = greek.get(name) ?? signs.get(name);
  if (symbol !== undefined && (name.length > 1 || cursor.isMath || !/\w/.test(cursor.text[start + 1] ?? ''))) {
    return symbol + afterWord(cursor);
  }
  const relation = relations.get(name);
  if (relation !== undefined) return spaced(relation, cursor, before);
  if (functions.has(name)) return functionName(name, cursor, before);
  const read = readers.get(name);
  return read ? read(cursor) : readUnknown(cursor, name, start);
}

/** "\LaTeX{}" and "\o{}" end in an empty group so that a space follows. */
function afterWord(cursor: TexCursor): string {
  if (cursor.text.startsWith('{}', cursor.at)) cursor.at += 2;
  return '';
}

/** With space on both sides when it has some behind, where TeX reads none. */
function spaced(relation: string, cursor: TexCursor, before: string): string {
  const needsSpace = isSpace(cursor.text[cursor.at]) && /[^\s(,[{=<>≤≥~]$/.test(before.slice(-1));
  return (needsSpace ? ' ' : '') + relation;
}

function functionName(name: string, cursor: TexCursor, before: string): string {
  const next = cursor.text[cursor.at] ?? '';
  return (/[\p{L}\p{N})]$/u.test(before.slice(-2)) ? ' ' : '') + name + (/[\p{L}\p{N}\\]/u.test(next) ? ' ' : '');
}

/** A backslash and something else than a letter. */
function readSign(cursor: TexCursor, sign: string, before: string): string {
  if (sign === '') return '\\';
  if (!cursor.isMath && isAccent(sign)) return readSignAccent(cursor, sign, before);
  if ('%&#$_{}@'.includes(sign)) return sign;
  if (sign === '|') return '‖';
  if (sign === '!' || sign === '/' || (sign === '-' && !cursor.isMath)) return '';
  if (sign === '\\') {
    // A path of Windows, or a line that ends.
    if (!cursor.isMath && !isSpace(cursor.text[cursor.at]) && cursor.text[cursor.at] !== '[') return '\\\\';
    readOption(cursor);
    return ' ';
  }
  if (',:;> \n~'.includes(sign)) return ' ';
  return '()[]'.includes(sign) ? '' : `\\${sign}`;
}

/** "Erd\H{o}s", "\v s"; arXiv made "\b{eta}" of "\beta". */
function readLetterAccent(cursor: TexCursor, name: string, start: number): string {
  const { text, at } = cursor;
  const raw = isBraced(cursor) ? text.slice(at + 1, cursor.partners[at]) : '';
  const torn = greek.get(name + raw);
  if (torn !== undefined && raw !== '') {
    readRaw(cursor);
    return torn;
  }
  if (raw !== '' && raw.length <= 4) return accent(name, readArgument(cursor, false));
  if ('cvH'.includes(name) && text[at] === ' ' && /[A-Za-z]/.test(text[at + 1] ?? ''))
    return accent(name, readArgument(cursor));
  cursor.at = start + 1;
  return `\\${name}`;
}

/** "G\"odel", "Caf\'e"; but "don\'t" and "\"so\"" are somebody's escaped quotation marks. */
function readSignAccent(cursor: TexCursor, sign: string, before: string): string {
  const { text, at } = cursor;
  const letter = isBraced(cursor)
    ? text.slice(at + 1, cursor.partners[at])
    : /^(?:\\?[A-Za-z])/.exec(text.slice(at, at + 2))?.[0];
  if (letter === undefined || letter.length > 2 || letter === '')
    return sign === '=' || sign === '.' ? `\\${sign}` : sign;
  const isElided =
    sign === "'" && /[\p{L}]$/u.test(before.slice(-2)) && /^(?:s|t|m|d|re|ve|ll)\b/.test(text.slice(at, at + 3));
  const isQuote = sign === '"' && !/^\\?[aeiouyAEIOUYij]/.test(letter);
  if (isElided || isQuote) return sign;
  return accent(sign, readArgument(cursor, false));
}

function readDelimiter(cursor: TexCursor): string {
  if (cursor.text[cursor.at] === '.') cursor.at++;
  return '';
}

function dropReference(cursor: TexCursor): string {
  readOption(cursor);
  readOption(cursor);
  readRaw(cursor);
  return cursor.isMath ? '' : dropped;
}

function dropLength(cursor: TexCursor): string {
  const length = /^\s{0,3}-?[\d.]{1,20}\s?(?:em|ex|pt|mu|cm|mm|in|px)?/.exec(
    cursor.text.slice(cursor.at, cursor.at + 40),
  );
  cursor.at += length?.[0].length ?? 0;
  return '';
}

function readStack(cursor: TexCursor): string {
  const above = readArgument(cursor).trim();
  return readArgument(cursor) + raise(above);
}

function readVerbatim(cursor: TexCursor): string {
  if (isBraced(cursor)) return readRaw(cursor)!;
  const { text, at } = cursor;
  const end = text.slice(at + 1, at + 500).indexOf(text[at] ?? ' ');
  if (end === -1) return '';
  cursor.at = at + end + 2;
  return text.slice(at + 1, at + 1 + end);
}

/** A macro of the author: most stand for a word, those with an argument for its face. A path or a pattern (`C:\temp`, `\d+`) is no TeX. */
function readUnknown(cursor: TexCursor, name: string, start: number): string {
  const { text } = cursor;
  if (!cursor.isMath && (name.length === 1 || /[\w:.\\/]/.test(text[start - 2] ?? ' '))) {
    if (!isBraced(cursor)) return text.slice(start - 1, cursor.at);
  }
  if (text.startsWith('{}', cursor.at)) {
    cursor.at += 2;
    return name;
  }
  if (!isBraced(cursor)) return name;
  const inner = readArgument(cursor);
  return /^[a-z]{2}/.test(name) && inner.length > 1 ? inner : name + inner;
}
