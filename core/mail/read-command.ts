// One line of a mail -> what its writer wants, where the whole line says so; pure.
import { wordsLangs, type WordsLang } from '../words-langs.ts';
import { commandTails, commandWords, forWords, greetings, numberWords, offerWords, politeWords, spanWords, untilWords, requestWords, yearWords, type CommandName } from './command-words.ts'; // prettier-ignore
import { foldWords } from './fold-words.ts';
import { isWrittenAsDay, readDay, type WrittenDay } from './read-day.ts';

/** When a pause ends: by itself on a day or after a while, when the reader says so (null), or nobody can tell. */
export type PauseEnd =
  null | { on: WrittenDay } | { after: Partial<Record<keyof typeof spanWords, number>> } | 'unread';

export interface Command {
  is: CommandName;
  /** The word that was written, from our own table. */
  word: string;
  lang: WordsLang;
  until?: PauseEnd;
  /** Of "interests: a, b" and "subscribe: a, b" what stands behind the colon, as it was typed. */
  list?: string;
}

interface Phrase extends Pick<Command, 'is' | 'lang'> {
  words: string;
}

/** The longest first: "unsubscribe me" before "unsubscribe". */
const phrases: readonly Phrase[] = (Object.keys(commandWords) as CommandName[])
  .flatMap((is) => wordsLangs.flatMap((lang) => commandWords[is][lang].map((words) => ({ is, lang, words }))))
  .toSorted((a, b) => b.words.length - a.words.length);

/** "from Courant", "von Courant". */
const namePrepositions = ['from', 'to', 'von', 'vom', 'de', 'du', 'a'];

/** A sentence is no command; the longest one is a list of interests. */
const longestCommand = 80;

/**
 * Undefined for a line that says something else, such as a sentence with one of the words in it. `publication` is what the
 * newsletter is called, which may stand behind a command: "unsubscribe courant".
 */
export function readCommand(line: string, publication = ''): Command | undefined {
  const list = behindColon(line);
  const folded = withoutManners(foldWords(line));
  for (const { is, lang, words } of phrases) {
    if (!folded.startsWith(words) || (is === 'help' && isOffer(line))) continue;
    const rest = folded.slice(words.length);
    const command = { is, lang, word: words };
    if (list !== undefined && rest.trim().startsWith(':') && (is === 'interests' || is === 'subscribe')) return { ...command, list }; // prettier-ignore
    if (folded.length > longestCommand || (rest !== '' && isLatin(words) && !' :'.includes(rest[0]!))) continue;
    if (is === 'pause') {
      const until = readPauseEnd(rest.trim());
      if (until !== undefined) return { ...command, until };
    } else if (is !== 'interests' && withoutEnds(rest.trim(), { behind: [...tailsOf(publication), ...politeWords, ...tails] }) === '') return command; // prettier-ignore
  }
  return undefined;
}

function isOffer(line: string): boolean {
  const bare = withoutEnds(foldWords(line), { before: [...politeWords, ...greetings], behind: [] });
  return offerWords.some((words) => bare.startsWith(`${words} `));
}

/** The longest first: "vom newsletter" before "newsletter". */
const tails = commandTails.toSorted((a, b) => b.length - a.length);

function tailsOf(publication: string): string[] {
  const name = foldWords(publication);
  return name === '' ? [] : [...namePrepositions.map((word) => `${word} ${name}`), name];
}

function behindColon(line: string): string | undefined {
  const at = Array.from(line).findIndex((character) => character === ':' || character === '\uff1a');
  return at < 0 ? undefined : Array.from(line).slice(at + 1).join('').trim(); // prettier-ignore
}

/** "Please pause, thanks!" is "pause". */
function withoutManners(folded: string): string {
  return folded === '?'
    ? folded
    : withoutEnds(folded, { before: [...requestWords, ...politeWords, ...greetings], behind: politeWords });
}

/** Takes words off the ends, and punctuation that stands there, until none is left. */
function withoutEnds(
  text: string,
  { before = [], behind }: { before?: readonly string[]; behind: readonly string[] },
): string {
  let rest = text;
  for (let last = ''; last !== rest;) {
    last = rest;
    while (rest !== '' && '.,!;。、…'.includes(rest.at(-1)!)) rest = rest.slice(0, -1).trim();
    while (rest !== '' && ',!。、'.includes(rest[0]!)) rest = rest.slice(1).trim();
    const end = behind.find((word) => rest === word || rest.endsWith(` ${word}`) || rest.endsWith(`,${word}`) || (!isLatin(word) && rest.endsWith(word))); // prettier-ignore
    if (end !== undefined) rest = rest.slice(0, rest.length - end.length).trim();
    const start = before.find((word) => rest === word || (rest.startsWith(word) && (!isLatin(word) || ' ,'.includes(rest[word.length]!)))); // prettier-ignore
    if (start !== undefined) rest = rest.slice(start.length).trim();
  }
  return rest;
}

function isLatin(word: string): boolean {
  return word.charCodeAt(0) < 0x2e80;
}

/** What stands behind "pause"; undefined when it is no end, so that the line is none of a pause. */
function readPauseEnd(typed: string): PauseEnd | undefined {
  const text = withoutEnds(typed.startsWith(':') ? typed.slice(1).trim() : typed, { behind: tails });
  if (text === '') return null;
  const afterFor = withoutStart(text, forWords);
  const bare = withoutStart(afterFor, untilWords);
  const after = readSpan(bare);
  if (after) return { after };
  const on = afterFor === text ? readDay(bare) : undefined;
  if (on) return { on };
  const hasDigit = Array.from(bare).some((character) => character >= '0' && character <= '9');
  // "for 1.5 weeks" is asked back; what has any other word in it is a sentence, for a person.
  return hasDigit && isWrittenAsDay(bare, isOfSpan) ? 'unread' : undefined;
}

function isOfSpan(word: string): boolean {
  return word in numberWords || [...Object.values(spanWords), yearWords].some((names) => names.some((name) => (isLatin(word) ? isUnit(word, name) : name.includes(word)))); // prettier-ignore
}

function withoutStart(text: string, words: readonly string[]): string {
  const start = words.find((word) => text.startsWith(word) && (!isLatin(word) || text[word.length] === ' '));
  return start === undefined ? text : text.slice(start.length).trim();
}

const spans = Object.keys(spanWords) as (keyof typeof spanWords)[];

/** "2 weeks", "zwei wochen", "3周", "两个月". */
function readSpan(text: string): Partial<Record<keyof typeof spanWords, number>> | undefined {
  const word = Object.keys(numberWords).find((one) => text.startsWith(one) && (!isLatin(one) || text[one.length] === ' ')); // prettier-ignore
  let digits = '';
  for (const character of text) {
    if (character < '0' || character > '9') break;
    digits += character;
  }
  const head = word ?? digits;
  if (head === '' || head.length > 8) return undefined;
  const unit = text.slice(head.length).trim();
  const span = spans.find((one) => spanWords[one].some((name) => isUnit(unit, name)));
  return span && { [span]: word === undefined ? Number(digits) : numberWords[word] };
}

/** One word, with the ending it has for several; what follows may be no other number ("12月24日" is a day). */
function isUnit(unit: string, name: string): boolean {
  const ending = unit.slice(name.length);
  return unit.startsWith(name) && (isLatin(name) ? ['', 's', 'n', 'e', 'en', 'es'].includes(ending) : ending === '');
}
