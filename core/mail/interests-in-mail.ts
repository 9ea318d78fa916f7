// The subject and the lines of a mail to the subscribe address -> the interests in it; pure. They are shown before they are confirmed.
import { splitInterests } from '../readers/split-interests.ts';
import { foldWords } from './fold-words.ts';
import { readCommand } from './read-command.ts';
import { isClosing, isGreeting } from './salutations.ts';
import { withoutReplyMark } from './subject-marks.ts';

/** More is a sentence. */
const longestInterest = 80;
const mostWords = 8;
/** "The first lines". */
const readLines = 15;

/** "I am interested in ...", as `foldWords` leaves it. */
const leadIns = ['i am interested in', "i'm interested in", 'interested in', 'my interests are', 'interests are', 'topics', 'ich interessiere mich fur', 'mich interessieren', 'meine interessen sind', 'themen', "je m'interesse a", "je suis interesse par", "je suis interessee par", "m'interessent", 'sujets', 'themes', 'me interesa', 'me interesan', 'estoy interesado en', 'estoy interesada en', 'temas', '我对', '我對', '我感兴趣的是', '我想订阅', '主题']; // prettier-ignore
/** Of sentences, whole words of any of the languages. */
const proseWords = new Set('i my me you your we please would could like want is are am this that ich mich mir sie ihr ihre bitte mochte wurde ist sind je vous votre nous est sont voudrais yo usted su quiero quisiera soy es son por'.split(' ')); // prettier-ignore
const proseSigns = ['我', '请', '請', '您', '你'];

interface Words {
  subject: string;
  /** As `ownLines` gives them. */
  lines: readonly string[];
  /** Whose name may stand under the mail without a mark. */
  name: string;
}

/** In the order they were written, each once, at most so many. */
export function interestsInMail({ subject, lines, name }: Words, most: number): string[] {
  const inSubject = ofLine(withoutReplyMark(subject).text, { isList: false });
  const found = [...inSubject];
  let hasBegun = false;
  for (const line of lines.slice(0, readLines)) {
    const folded = foldWords(line);
    if (isClosing(folded) || (hasBegun && line === '')) break;
    if (isGreeting(folded) || folded === foldWords(name)) continue;
    // Where the subject has them, a line below is one only where it cannot be anything else.
    const ofThis = ofLine(line, { isList: inSubject.length > 0 });
    if (ofThis.length > 0) hasBegun = true;
    found.push(...ofThis);
  }
  const byWords = new Map(found.map((one) => [foldWords(one), one]));
  return [...byWords.values()].slice(0, most);
}

function ofLine(line: string, { isList }: { isList: boolean }): string[] {
  const folded = foldWords(line);
  const command = readCommand(line);
  if (command) return command.list === undefined ? [] : terms(command.list);
  if (folded === '' || isGreeting(folded)) return [];
  const bare = withoutBullet(line);
  const leadIn = leadIns.find((words) => foldWords(bare).startsWith(words));
  if (leadIn !== undefined) return afterLeadIn(bare, leadIn);
  const pieces = terms(bare);
  if (isProse(foldWords(bare)) || (isList && pieces.length < 2 && bare === line)) return [];
  return pieces;
}

/** "speech, robots and graphs": in a sentence the last comma is an "and". */
function afterLeadIn(line: string, leadIn: string): string[] {
  // Folding changes no count of blanks between words of one line, and Chinese has none.
  const isChinese = leadIn.charCodeAt(0) >= 0x2e80;
  const rest = isChinese ? line.slice(leadIn.length) : line.split(' ').slice(leadIn.split(' ').length).join(' ');
  const said = (rest.startsWith(':') ? rest.slice(1) : rest).replace('感兴趣', '').replace('感興趣', '');
  return terms([' and ', ' und ', ' et ', ' y ', '和'].reduce((text, and) => text.replaceAll(and, ','), said));
}

function terms(text: string): string[] {
  return splitInterests(text)
    .map(withoutEnd)
    .filter((one) => one.length > 1 && one.length <= longestInterest && one.split(' ').length <= mostWords);
}

/** Without "and" before the last of a list, and a full stop behind it. */
function withoutEnd(term: string): string {
  const start = ['and ', 'und ', 'et ', 'y ', 'or ', 'oder '].find((and) => term.toLowerCase().startsWith(and));
  let bare = start === undefined ? term : term.slice(start.length).trim();
  while (bare !== '' && '.!?。'.includes(bare.at(-1)!)) bare = bare.slice(0, -1).trim();
  return bare;
}

/** "speech" of "- speech", "* speech", "1. speech". */
export function withoutBullet(line: string): string {
  const [first = '', ...rest] = line.split(' ');
  const isBullet = ['-', '*', '•', '–', '·', '+'].includes(first) || (first.length <= 3 && (first.endsWith('.') || first.endsWith(')')) && Number(first.slice(0, -1)) > 0); // prettier-ignore
  return isBullet && rest.length > 0 ? rest.join(' ') : line;
}

function isProse(folded: string): boolean {
  const words = folded.split(' ');
  const isSentence = words.length > 4 && '.!?'.includes(folded.at(-1)!) && !folded.includes(',');
  return isSentence || words.some((word) => proseWords.has(word)) || proseSigns.some((sign) => folded.includes(sign));
}
