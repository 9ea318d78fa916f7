// `npm run bench:roles`: how well the sentence classifier agrees with sentences labelled by hand, half of them held out; and how many
// summaries of these abstracts have the contribution and a result that the abstract has.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { roles, sentenceRoles, type Role } from '../../../workers/compose/roles/sentence-roles.ts';
import { summarisePaper } from '../../../workers/compose/summarise-paper.ts';

const folder = '../shared/data/cc0/';
const breaks = /(?<=[.!?])\s+(?=[A-Z"'([$\\])/;
const letters: Readonly<Record<string, Role>> = { b: 'background', a: 'aim', m: 'method', r: 'result', n: 'note' };

interface Labelled {
  sentences: string[];
  truth: Role[];
}

if (!existsSync(folder)) process.stdout.write(`skipped: ${folder} is not here\n`);
else report();

function report(): void {
  const all = readLabelled();
  const halves = { 'looked at': all.filter((_, at) => at % 2 === 0), 'held out': all.filter((_, at) => at % 2 === 1) };
  for (const [name, half] of Object.entries(halves)) {
    const pairs = half.flatMap(({ sentences, truth }) => sentenceRoles(sentences).map((shares, at) => [truth[at]!, best(shares)] as const)); // prettier-ignore
    const right = pairs.filter(([truth, found]) => truth === found).length;
    process.stdout.write(`${name}: ${half.length} abstracts, ${pairs.length} sentences, right ${(right / pairs.length).toFixed(3)}\n`); // prettier-ignore
    for (const role of roles) process.stdout.write(`  ${role.padEnd(12)}${agreement(pairs, role)}\n`);
    for (const role of ['aim', 'result'] as const) process.stdout.write(`  summaries with ${role.padEnd(8)}${told(half, role)}\n`); // prettier-ignore
  }
}

function best(shares: Readonly<Record<Role, number>>): Role {
  return roles.reduce((a, b) => (shares[b] > shares[a] ? b : a));
}

function agreement(pairs: readonly (readonly [Role, Role])[], role: Role): string {
  const [true_, said] = [0, 1].map((side) => pairs.filter((pair) => pair[side] === role).length) as [number, number];
  const both = pairs.filter(([truth, found]) => truth === role && found === role).length;
  return `precision ${(both / said).toFixed(2)}, recall ${(both / true_).toFixed(2)} of ${true_}`;
}

/** Of the abstracts with a sentence of this role, those whose summary has one. */
function told(half: readonly Labelled[], role: Role): string {
  const having = half.filter(({ truth }) => truth.includes(role));
  const telling = having.filter(({ sentences, truth }) => {
    const text = sentences.join(' ');
    const quotes = summarisePaper(text, { lang: 'en' }) ?? [];
    return sentences.some((sentence, at) => {
      const start = text.indexOf(sentence);
      return truth[at] === role && quotes.some((quote) => quote.start < start + sentence.length && quote.end > start);
    });
  });
  return `${telling.length} of ${having.length}`;
}

/** The abstracts by number, split as they were when they were labelled; one character a sentence. */
function readLabelled(): Labelled[] {
  const labels = JSON.parse(readFileSync(new URL('labels.json', import.meta.url), 'utf8')) as Record<string, string>;
  const files = readdirSync(folder).filter((name) => name.startsWith('arxiv-'));
  const records = files.flatMap((name) => gunzipSync(readFileSync(folder + name)).toString().trim().split('\n')).map((line) => JSON.parse(line) as { id: string; abstract: string }); // prettier-ignore
  const texts = new Map(records.filter(({ id }) => id in labels).map(({ id, abstract }) => [id, abstract]));
  return Object.entries(labels).map(([id, row]) => ({
    sentences: texts.get(id)!.replace(/\s+/g, ' ').split(breaks).map((part) => part.trim()).filter((part) => part !== ''),
    truth: row.split('').map((letter) => letters[letter]!),
  })); // prettier-ignore
}
