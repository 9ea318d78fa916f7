// Stories -> BibTeX and RIS, as reference managers read them; pure.
import type { SavedStory } from '../../core/store/saved-stories.ts';
import { texToText } from '../../core/tex/tex-to-text.ts';

/** What is cited of a story. */
type Cited = Pick<SavedStory, 'storyId' | 'kind' | 'title' | 'authors' | 'source' | 'url' | 'keys' | 'publishedAt'>;

/** The files a reference manager reads. */
export const referenceForms = [
  { end: 'bib', type: 'application/x-bibtex; charset=utf-8', write: toBibtex },
  { end: 'ris', type: 'application/x-research-info-systems; charset=utf-8', write: toRis },
] as const;

/**
 * BibTeX takes these for itself; in an address a backslash would be part of it. Source: The TeXbook, chapter 7. It counts braces
 * behind a backslash too (btxdoc, 3.2): one alone would swallow the entries after it, so they are spelled.
 */
const escapes: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  $: '\\$',
  '%': '\\%',
  '&': '\\&',
  '#': '\\#',
  _: '\\_',
};

/** One entry a story, in UTF-8 (biblatex, or BibTeX behind it). Keys are unique: name, year, first word, and a letter where two are alike. */
function toBibtex(stories: readonly Cited[]): string {
  const used = new Set<string>();
  return stories.map((story) => bibtexEntry(story, freeKey(keyOf(story), used))).join('\n');
}

function bibtexEntry(story: Cited, key: string): string {
  const { kind, title, authors, source, publishedAt } = story;
  const { arxiv, doi } = namesOf(story);
  const fields: [string, string | undefined][] = [
    ['title', `{${escapeTex(texToText(title))}}`],
    ['author', authors.length > 0 ? authors.map((name) => escapeTex(name).replaceAll(/(?<=\s)and(?=\s)/gi, '{$&}')).join(' and ') : undefined], // prettier-ignore
    ['year', String(publishedAt.getUTCFullYear())],
    ['month', String(publishedAt.getUTCMonth() + 1)],
    ['doi', doi && bareValue(doi)],
    ['eprint', arxiv && bareValue(arxiv)],
    ['archiveprefix', arxiv && 'arXiv'],
    ['howpublished', kind === 'paper' ? undefined : escapeTex(source)],
    ['url', bareValue(story.url)],
  ];
  const lines = fields.flatMap(([name, value]) => (value ? [`  ${name} = {${value}},`] : []));
  return `@${kind === 'paper' ? 'article' : 'misc'}{${key},\n${lines.join('\n')}\n}\n`;
}

/** One record a story. Source: the RIS format of Research Information Systems; lines end in CRLF. */
function toRis(stories: readonly Cited[]): string {
  const types = { paper: 'JOUR', video: 'VIDEO', post: 'BLOG' } as const;
  return stories.map((story) => record(story, types[story.kind])).join('');
}

function record(story: Cited, type: string): string {
  const { title, authors, source, url, publishedAt } = story;
  const { arxiv, doi } = namesOf(story);
  const date = publishedAt.toISOString().slice(0, 10).replaceAll('-', '/');
  const lines: [string, string | undefined][] = [
    ['TY', type],
    ['TI', texToText(title)],
    ...authors.map((name): [string, string] => ['AU', familyFirst(name)]),
    ['PY', date.slice(0, 4)],
    ['DA', date],
    ['T2', source],
    ['DO', doi],
    ['AN', arxiv && `arXiv:${arxiv}`],
    ['UR', url],
    ['ER', ''],
  ];
  return lines.flatMap(([tag, value]) => (value === undefined ? [] : [`${tag}  - ${oneRow(value)}\r\n`])).join('');
}

function namesOf({ keys }: Cited): { arxiv: string | undefined; doi: string | undefined } {
  const after = (prefix: string): string | undefined =>
    keys.find((key) => key.startsWith(prefix))?.slice(prefix.length);
  return { arxiv: after('arxiv:'), doi: after('doi:') };
}

function escapeTex(text: string): string {
  return Array.from(oneRow(text), (character) => escapes[character] ?? character).join('');
}

/** Of an address or a number: as it is, but nothing may end the field. */
function bareValue(text: string): string {
  return oneRow(text).replaceAll('{', '%7B').replaceAll('}', '%7D').replaceAll('\\', '%5C');
}

function oneRow(text: string): string {
  return text.replaceAll('\r', ' ').replaceAll('\n', ' ').trim();
}

/** "Ashish Vaswani" -> "Vaswani, Ashish"; a name that has a comma, or is one word, stays. */
function familyFirst(name: string): string {
  const at = name.trim().lastIndexOf(' ');
  return name.includes(',') || at < 0 ? name : `${name.slice(at + 1)}, ${name.slice(0, at)}`;
}

/** "vaswani2017attention" */
function keyOf({ authors, title, publishedAt, source }: Cited): string {
  const [first = source] = authors;
  const family = first.includes(',') ? first.split(',')[0]! : first.split(' ').at(-1)!;
  const word = title.split(' ').map(plainWord).find((one) => one.length > 3) ?? 'item'; // prettier-ignore
  return `${plainWord(family) || 'anonymous'}${publishedAt.getUTCFullYear()}${word}`;
}

function plainWord(text: string): string {
  const bare = text.normalize('NFKD').toLowerCase();
  return Array.from(bare)
    .filter((one) => (one >= 'a' && one <= 'z') || (one >= '0' && one <= '9'))
    .join('');
}

function freeKey(key: string, used: Set<string>): string {
  let free = key;
  for (let count = 2; used.has(free); count++) free = `${key}-${count}`;
  used.add(free);
  return free;
}
