// A command of TeX -> what it prints, by its name; one that nobody knows loses its backslash.
import { isBraced, isSpace, readArgument, readName, readOption, readRaw, skipSpaces, type Reader } from './reader.ts';
import { accent, blackboard, isAccent, lower, raise } from './scripts.ts';
import { functions, greek, relations, signs } from './symbols.ts';
import { readUnits } from './units.ts';

/** Stands where something was left out. */
export const dropped = '\0';

type Read = (reader: Reader) => string;

const argument: Read = (reader) => readArgument(reader);
const words: Read = (reader) => readArgument(reader, false);
/** Drops so many arguments, and options before them. */
const without =
  (count: number): Read =>
  (reader) => {
    readOption(reader);
    for (let at = 0; at < count && isBraced(reader); at++) readRaw(reader);
    return '';
  };
/** Changes the face of what follows to the end of its group; the space after its name is none. */
const changeFace: Read = (reader) => {
  skipSpaces(reader);
  return '';
};
const each = (names: string, read: Read): [string, Read][] => names.split(' ').map((name) => [name, read]);

/** In parentheses where it is more than one thing. */
function unit(text: string): string {
  return /^[^\s+\-/=±≤≥<>→,]*$/.test(text) ? text : `(${text})`;
}

function readFraction(reader: Reader): string {
  const above = unit(readArgument(reader).trim());
  return `${above}/${unit(readArgument(reader).trim())}`;
}

function readRoot(reader: Reader): string {
  const degree = readOption(reader)?.trim();
  const sign =
    degree === undefined || degree === '' ? '√' : ({ 2: '√', 3: '∛', 4: '∜' }[degree] ?? `${raise(degree)}√`);
  return sign + unit(readArgument(reader).trim());
}

/** Formulas of chemistry, as mhchem reads them: digits after a symbol are counts. */
function readFormulaOfSubstance(reader: Reader): string {
  const raw = readArgument(reader, false);
  return raw
    .replace(/(?<=[A-Za-z)\]])\d+/g, lower)
    .replace(/\^\{?(\d*[+-])\}?/g, (_, charge: string) => raise(charge))
    .replace(/<=>|<->/g, '⇌')
    .replace(/->/g, '→');
}

function readCharacter(reader: Reader): string {
  const raw = readRaw(reader)?.trim() ?? '';
  const code = /^(?:x|")/i.test(raw) ? Number.parseInt(raw.slice(1), 16) : Number.parseInt(raw, 10);
  return code > 31 && code <= 0x10ffff && !(code >= 0x7f && code < 0xa0) && !(code >= 0xd800 && code < 0xe000)
    ? String.fromCodePoint(code)
    : '';
}

const second: Read = (reader) => {
  readOption(reader);
  readRaw(reader);
  return readArgument(reader);
};
const parenthesised: Read = (reader) => (isBraced(reader) ? ` (${words(reader)})` : words(reader));
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
  ...each('mathbb Bbb mathbbm mathds', (reader) => blackboard(readArgument(reader))),
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
  ...each('binom tbinom dbinom', (reader) => `(${readArgument(reader)} choose ${readArgument(reader)})`),
  ...each('overset underset stackrel', readStack),
  ...each('xrightarrow xleftarrow', (reader) => (readOption(reader), ` →${raise(readArgument(reader))} `)),
  ...each('textsuperscript sp', (reader) => raise(words(reader))),
  ...each('textsubscript sb', (reader) => lower(words(reader))),
  ...each('ce ch cee', readFormulaOfSubstance),
  ...each('SI qty', (reader) => `${readArgument(reader)} ${readUnits(readRaw(reader) ?? '')}`),
  ...each('si unit', (reader) => readUnits(readRaw(reader) ?? '')),
  ...each(
    'SIrange qtyrange',
    (reader) => `${argument(reader)}–${argument(reader)} ${readUnits(readRaw(reader) ?? '')}`,
  ),
  ...each('num numrange ang', argument),
  ...each('pmod', (reader) => ` (mod ${readArgument(reader)})`),
  ...each('footnote', parenthesised),
  ...each('over', () => '/'),
  ...each('atop choose', space),
  ...each('item', () => ' • '),
  ...each('ket', (reader) => `|${argument(reader)}⟩`),
  ...each('bra', (reader) => `⟨${argument(reader)}|`),
  ...each('braket', (reader) => `⟨${argument(reader)}⟩`),
  ...each('abs', (reader) => `|${argument(reader)}|`),
  ...each('norm', (reader) => `‖${argument(reader)}‖`),
  ...each('sqrt', readRoot),
  ...each('unicode char', readCharacter),
  ...each('romannumeral', (reader) => readRaw(reader) ?? ''),
  ...each('not', (reader) => `${readArgument(reader)}\u0338`.normalize('NFC')),
  ...each('verb lstinline', readVerbatim),
  ...each('quad qquad enspace enskip thinspace medspace thickspace space textvisiblespace hfill', space),
  ...each('ie', () => 'i.e.'),
  ...each('eg', () => 'e.g.'),
  ...each('etal', () => 'et al.'),
  ...each('etc', () => 'etc.'),
]);

/** What a command prints whose backslash was read; `before` is what was printed so far. */
export function readCommand(reader: Reader, before: string): string {
  const start = reader.at;
  const name = readName(reader);
  if (!/[A-Za-z]/.test(name)) return readSign(reader, name, before);
  if (isAccent(name) && name.length === 1) return readLetterAccent(reader, name, start);
  if (isAccent(name)) return accent(name, readArgument(reader));
  const symbol = greek.get(name) ?? signs.get(name);
  if (symbol !== undefined && (name.length > 1 || reader.isMath || !/\w/.test(reader.text[start + 1] ?? ''))) {
    return symbol + afterWord(reader);
  }
  const relation = relations.get(name);
  if (relation !== undefined) return spaced(relation, reader, before);
  if (functions.has(name)) return functionName(name, reader, before);
  const read = readers.get(name);
  return read ? read(reader) : readUnknown(reader, name, start);
}

/** "\LaTeX{}" and "\o{}" end in an empty group so that a space follows. */
function afterWord(reader: Reader): string {
  if (reader.text.startsWith('{}', reader.at)) reader.at += 2;
  return '';
}

/** With space on both sides when it has some behind, where TeX reads none. */
function spaced(relation: string, reader: Reader, before: string): string {
  const needsSpace = isSpace(reader.text[reader.at]) && /[^\s(,[{=<>≤≥~]$/.test(before.slice(-1));
  return (needsSpace ? ' ' : '') + relation;
}

function functionName(name: string, reader: Reader, before: string): string {
  const next = reader.text[reader.at] ?? '';
  return (/[\p{L}\p{N})]$/u.test(before.slice(-2)) ? ' ' : '') + name + (/[\p{L}\p{N}\\]/u.test(next) ? ' ' : '');
}

/** A backslash and something else than a letter. */
function readSign(reader: Reader, sign: string, before: string): string {
  if (sign === '') return '\\';
  if (!reader.isMath && isAccent(sign)) return readSignAccent(reader, sign, before);
  if ('%&#$_{}@'.includes(sign)) return sign;
  if (sign === '|') return '‖';
  if (sign === '!' || sign === '/' || (sign === '-' && !reader.isMath)) return '';
  if (sign === '\\') {
    // A path of Windows, or a line that ends.
    if (!reader.isMath && !isSpace(reader.text[reader.at]) && reader.text[reader.at] !== '[') return '\\\\';
    readOption(reader);
    return ' ';
  }
  if (',:;> \n~'.includes(sign)) return ' ';
  return '()[]'.includes(sign) ? '' : `\\${sign}`;
}

/** "Erd\H{o}s", "\v s"; arXiv made "\b{eta}" of "\beta". */
function readLetterAccent(reader: Reader, name: string, start: number): string {
  const { text, at } = reader;
  const raw = isBraced(reader) ? text.slice(at + 1, reader.partners[at]) : '';
  const torn = greek.get(name + raw);
  if (torn !== undefined && raw !== '') {
    readRaw(reader);
    return torn;
  }
  if (raw !== '' && raw.length <= 4) return accent(name, readArgument(reader, false));
  if ('cvH'.includes(name) && text[at] === ' ' && /[A-Za-z]/.test(text[at + 1] ?? ''))
    return accent(name, readArgument(reader));
  reader.at = start + 1;
  return `\\${name}`;
}

/** "G\"odel", "Caf\'e"; but "don\'t" and "\"so\"" are somebody's escaped quotation marks. */
function readSignAccent(reader: Reader, sign: string, before: string): string {
  const { text, at } = reader;
  const letter = isBraced(reader)
    ? text.slice(at + 1, reader.partners[at])
    : /^(?:\\?[A-Za-z])/.exec(text.slice(at, at + 2))?.[0];
  if (letter === undefined || letter.length > 2 || letter === '')
    return sign === '=' || sign === '.' ? `\\${sign}` : sign;
  const isElided =
    sign === "'" && /[\p{L}]$/u.test(before.slice(-2)) && /^(?:s|t|m|d|re|ve|ll)\b/.test(text.slice(at, at + 3));
  const isQuote = sign === '"' && !/^\\?[aeiouyAEIOUYij]/.test(letter);
  if (isElided || isQuote) return sign;
  return accent(sign, readArgument(reader, false));
}

function readDelimiter(reader: Reader): string {
  if (reader.text[reader.at] === '.') reader.at++;
  return '';
}

function dropReference(reader: Reader): string {
  readOption(reader);
  readOption(reader);
  readRaw(reader);
  return reader.isMath ? '' : dropped;
}

function dropLength(reader: Reader): string {
  const length = /^\s{0,3}-?[\d.]{1,20}\s?(?:em|ex|pt|mu|cm|mm|in|px)?/.exec(
    reader.text.slice(reader.at, reader.at + 40),
  );
  reader.at += length?.[0].length ?? 0;
  return '';
}

function readStack(reader: Reader): string {
  const above = readArgument(reader).trim();
  return readArgument(reader) + raise(above);
}

function readVerbatim(reader: Reader): string {
  if (isBraced(reader)) return readRaw(reader)!;
  const { text, at } = reader;
  const end = text.slice(at + 1, at + 500).indexOf(text[at] ?? ' ');
  if (end === -1) return '';
  reader.at = at + end + 2;
  return text.slice(at + 1, at + 1 + end);
}

/** A macro of the author: most stand for a word, those with an argument for its face. A path or a pattern (`C:\temp`, `\d+`) is no TeX. */
function readUnknown(reader: Reader, name: string, start: number): string {
  const { text } = reader;
  if (!reader.isMath && (name.length === 1 || /[\w:.\\/]/.test(text[start - 2] ?? ' '))) {
    if (!isBraced(reader)) return text.slice(start - 1, reader.at);
  }
  if (text.startsWith('{}', reader.at)) {
    reader.at += 2;
    return name;
  }
  if (!isBraced(reader)) return name;
  const inner = readArgument(reader);
  return /^[a-z]{2}/.test(name) && inner.length > 1 ? inner : name + inner;
}
