// Our expressions that no checker proves linear, each with what keeps it from taking long.

export interface Excuse {
  why: string;
  /** Text of about so many characters on which a quadratic expression would be slow; it is measured. */
  hostile?: (length: number) => string;
}

const short = (what: string): Excuse => ({ why: `it only sees ${what}` });
const linear = (why: string, piece: string, end = ''): Excuse => ({
  why,
  hostile: (length) => piece.repeat(Math.ceil(length / piece.length)) + end,
});
const fromRunBegin = 'it begins only where a run begins, which recheck does not see';
const own = { why: 'what it sees is our own' };
const address = short('an address of at most 2,000 characters');
const date = short('the first 200 characters of a date');

export const excused: Readonly<Record<string, Excuse>> = {
  [String.raw`/--[^\n]*|\/\*[\s\S]*?\*\//g`]: own,
  [String.raw`/\/+$/`]: short('the name of a model that an operator typed'),
  [String.raw`/<[a-z/!]|https?:|www\.|\S@\S+\.\S|` + '```' + String.raw`|^\s*(?:[-*#>|]|\d+\.)\s|\]\(/iu`]: short(
    'the first 4,000 characters of an answer',
  ),
  [String.raw`/^\s*arXiv:\S+\s+Announce Type:\s*([\w-]+)\s+Abstract:\s*([\s\S]*)$/`]: linear(
    'it is anchored, and its parts share no characters',
    'arXiv:x Announce Type: ',
  ),
  [String.raw`/\.m(?=\.[a-z\d-]+\.[a-z]+$)/`]: address,
  [String.raw`/(?<!\/)\/+$/`]: linear(fromRunBegin, '/', 'x'),
  [String.raw`/&[^;]*$/`]: short('80 characters'),
  [String.raw`/[!-~]{400,20000}/g`]: linear('it gives up after 400 characters', 'a'.repeat(399) + ' '),
  [String.raw`/(?<![ \t])[ \t]+\n/g`]: linear(fromRunBegin, ' ', 'x'),
  [String.raw`/<[^>]*>/g`]: short('markup as the sanitiser writes it, every "<" closed, of at most 5,000 characters'),
  [String.raw`/^[\s:(]*(?:\p{L}{1,5}\s*)?-?([+-])(\d{1,2}):?(\d{2})?(?!\d)/u`]: date,
  [String.raw`/^(?:\\[a-z]+\{)?([\p{L}\p{N}][\p{L}\p{N}.+-]{1,29})\}?\s?:\s/u`]: {
    why: 'it is anchored, its parts share no characters up to the bracket, and it gives up after 30 characters of a name',
    hostile: (length) => `\\${'m'.repeat(length)}`,
  },
  [String.raw`/<link\s([^<>]{1,2000})>/gi`]: linear('it ends at the next bracket', '<link '),
  [String.raw`/<base\s([^<>]{1,2000})>/i`]: linear('it ends at the next bracket', '<base '),
  [String.raw`/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g`]: short('2,000 characters of a tag'),
  [String.raw`/([.?!])\1{0,99}\.(?!\.)/g`]: linear('it gives up after 100 marks', '!'),
  [String.raw`/^[^\S\n]*(\S[^\n]{0,200})$/m`]: linear('it begins only where a line begins', `${' '.repeat(300)}\n`),
  [String.raw`/^(issues|work_items|incidents|pull|pulls|pull-requests|merge_requests|discussions|milestones?|snippets)\/(\d+)|^(commit)\/([\da-f]{7,})|^(wikis?)\/([^?#]+)|^(security\/advisories)\/([\w-]+)/i`]:
    address,
  [String.raw`/^[^/]+\/(?:doi|article|chapter|content)\/(?:(?:abs|full|pdf|epdf|pdfdirect|book|epub)\/)?(10\.\d{4,9}\/[^?#]+?)(?:v\d+)?(?:\.(?:full|abstract|pdf|epub)|\/full|\/abstract)*(?:\?.*)?$/i`]:
    address,
  [String.raw`/^(?:(?:music\.|gaming\.)?youtube\.com\/(?:watch\?(?:.*&)?v=|watch\/|shorts\/|live\/|embed\/|v\/|e\/)|youtube-nocookie\.com\/embed\/|youtu\.be\/)([\w-]{11})(?![\w-])/`]:
    address,
  [String.raw`/#.*$/`]: address,
  [String.raw`/^(?:aclweb\.org\/anthology|aclanthology\.org)\/(.+?)(?:\.pdf)?$/`]: address,
  [String.raw`/[.)\]]+$/`]: short('a DOI within an address'),
  [String.raw`/\bdoi(?::\s?|\s)(10\.\d{4,9}\/[^\s"'<>,;]+)/gi`]: linear(
    'each attempt ends at the next "doi"',
    'doi:10.1234/',
  ),
  [String.raw`/(?<![.,;:!?)\]}*])[.,;:!?)\]}*]+$/`]: linear(fromRunBegin, '.', 'x'),
  [String.raw`/^(\p{L}[\p{L}\p{M}-]*)[\s.,]+(.+)$/u`]: date,
  [String.raw`/^(\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?)[\s,-]+(\d.*|\p{L}.*\d{4}.*)$/iu`]: date,
  [String.raw`/^(.*?)(\s+[+-]\d{4})?$/`]: date,
  [String.raw`/^\s*(\d{1,9}(?:\s?[:.,;]\s?\d{1,9}){1,4})(.*)$/`]: linear('it is anchored, and counts to four', ' '),
  [String.raw`/^["']?[\p{L}_][\p{L}\p{N} _.-]{0,60}["']?[ \t]*:/u`]: linear(
    'it is anchored, and gives up after 60 characters',
    ' ',
  ),
  [String.raw`/<!DOCTYPE[^>[]*\[([\s\S]*?)\]\s*>/i`]: short('the first 20,000 characters of a document'),
  [String.raw`/<!--|<!doctype[^<>]*>|<(\/?)([a-z][^\s<>/]*)((?:[^<>=]|=\s*(?:"[^"]*"|'[^']*')?)*>?)/gi`]: linear(
    'whatever it began with it matches, so that nothing is read twice',
    '<a ="',
    "<a ='",
  ),
  [String.raw`/^(?:(?:www\.)?google\.[a-z.]{2,6}\/amp\/(?:s\/)?|[\w-]+\.cdn\.ampproject\.org\/[cvi]\/(?:s\/)?|web\.archive\.org\/web\/\d+[a-z_]*\/(?:https?:\/\/?)?)(.+)$/`]:
    address,
  [String.raw`/^\S+@\S+ \(([^()]+)\)$/`]: short('500 characters of a name'),
  [String.raw`/^"?([^"<>]+?)"? <[^<>\s]+@[^<>\s]+>$/`]: short('500 characters of a name'),
  [String.raw`/(?<![/#])[/#]+$/`]: linear(fromRunBegin, '#', 'x'),
  [String.raw`/"playabilityStatus":\s*\{\s*"status":\s*"(\w+)"/`]: linear(
    'an attempt ends where the next begins',
    '"playabilityStatus": ',
  ),
  [String.raw`/\.([a-z]+)[\w-]*-orig\./i`]: short('the name of a file'),
  [String.raw`/(?:\\[A-Za-z]{3,20}\s?){13}/`]: short('a formula of at most 1,000 characters'),
  [String.raw`/(?:^|[?&]list=)((?:PL|UU|FL|OLAK5uy_)[\w-]{10,48})(?:&|#|$)/`]: address,
  [String.raw`/^[\x20-\x7e]{0,4000}$/`]: short('one field of a form'),
  [String.raw`/^(host|connection|content-.*|transfer-encoding|te|trailer|upgrade|keep-alive|expect|accept-encoding|if-.*|user-agent)$/`]:
    short('the name of a header'),
  [String.raw`/^\s*([^:\s]+)\s*:\s*(.*?)\s*$/`]: short('one line of a form of at most 4,000 characters'),
  [String.raw`/^[^\n]{900,}/gm`]: linear('it begins only where a line begins', `${'a'.repeat(899)}\n`),
  [String.raw`/([^\n]{1,900}) /g`]: linear('it gives up after 900 characters', 'a'),
};
