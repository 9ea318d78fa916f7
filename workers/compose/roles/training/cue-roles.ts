// The sentences of an abstract -> the roles that plain cues give to some of them, to learn the rest from; pure.
import { isOwnWork, piecesOf } from '../sentence-features.ts';
import type { Role } from '../sentence-roles.ts';

/** How the parts of an abstract with headings are called. */
const headings: Readonly<Record<string, Role>> = {
  background: 'background', motivation: 'background', introduction: 'background', context: 'background', importance: 'background',
  objective: 'aim', objectives: 'aim', aim: 'aim', aims: 'aim', purpose: 'aim', goal: 'aim',
  method: 'method', methods: 'method', methodology: 'method', design: 'method', approach: 'method',
  result: 'result', results: 'result', findings: 'result', conclusion: 'result', conclusions: 'result', discussion: 'result',
  keywords: 'note', availability: 'note',
}; // prettier-ignore

const stems = (list: string): RegExp => new RegExp(`^(?:${list.trim().split(/\s+/).join('|')})(?:s|es|ed|d|ing)?$`);
const proposing = stems('propos(?:e) propos present introduc(?:e) introduc develop describ(?:e) describ investigat(?:e) investigat study studi(?:ed) stud(?:ies) explor(?:e) explor address aim offer'); // prettier-ignore
const finding = stems('find found show shown demonstrat(?:e) demonstrat prov(?:e) prov reveal observ(?:e) observ confirm outperform achiev(?:e) achiev surpass exceed improv(?:e) improv conclud(?:e) conclud'); // prettier-ignore
const showing = stems(
  'show demonstrat(?:e) demonstrat reveal indicat(?:e) indicat suggest confirm validat(?:e) validat highlight underscor(?:e) underscor',
);
const evidence = new Set('result results experiment experiments evaluation evaluations simulation simulations findings analysis analyses'.split(' ')); // prettier-ignore
const doing = stems(
  'us(?:e) us train employ appl(?:y) appli(?:ed) combin(?:e) combin comput(?:e) comput construct collect extract encod(?:e) encod optimiz(?:e) integrat(?:e) integrat leverag(?:e) leverag consist consists',
);
const stepping = new Set(
  'specifically first firstly then second secondly next concretely technically finally'.split(' '),
);
const where = new Set(['available', 'released', 'release', 'open-source', 'open-sourced', 'opensource']);
const things = new Set(['code', 'codes', 'dataset', 'datasets', 'data', 'weights', 'page', 'implementation', 'demo']);

/** One role or null for each sentence: by a heading, or by a cue that speaks for one role alone. */
export function cueRoles(sentences: readonly string[]): (Role | null)[] {
  const read = sentences.map(piecesOf);
  const headed = byHeadings(read);
  if (headed.filter((role) => role !== null).length > 2) return headed;
  const first = read.findIndex(isOwnWork);
  const hasOwn = first >= 0;
  return read.map((words, at) => {
    const said = [...(hasOwn && at < first ? (['background'] as const) : []), ...cuesOf(words, hasOwn)];
    const unique = [...new Set(said)];
    return unique.length === 1 ? unique[0]! : null;
  });
}

/** Words that open a part of an abstract are followed by a colon; the part goes on to the next. */
function byHeadings(read: readonly (readonly string[])[]): (Role | null)[] {
  let role: Role | null = null;
  return read.map(([first, mark]) => {
    if (first !== undefined && mark === ':' && headings[first]) role = headings[first];
    return role;
  });
}

function cuesOf(words: readonly string[], hasOwn: boolean): Role[] {
  const has = (test: (word: string) => boolean, from = 0, to = words.length) => words.slice(from, to).some(test);
  const found: Role[] = [];
  const speaker = words.findIndex((word, at) => isOwnWork(words.slice(Math.max(0, at - 1), at + 1)));
  const isNote = has((word) => things.has(word)) && has((word) => where.has(word)) && words.length < 25;
  if (isNote || words[0] === 'project') return ['note'];
  const deed = speaker < 0 ? [] : words.slice(speaker + 1, speaker + 5);
  const proof = words.findIndex((word) => evidence.has(word));
  if (proof >= 0 && has((word) => showing.test(word), proof + 1, proof + 8)) return ['result'];
  if (deed.some((word) => finding.test(word))) return ['result'];
  if (deed.some((word) => proposing.test(word))) return ['aim'];
  if (isPassive(words, finding)) return ['result'];
  // Beside "we" it is others who considered it.
  if (!hasOwn && isPassive(words, proposing)) return ['aim'];
  if (has((word) => word.startsWith('outperform')) || (has((word) => word.startsWith('achiev')) && words.includes('#')))
    return ['result'];
  if (deed.some((word) => doing.test(word)) || stepping.has(words[0] ?? '')) found.push('method');
  if (words[0] === 'however' && speaker < 0) found.push('background');
  return found;
}

/** "It is shown that", "a method is proposed": how those write who never say "we". */
function isPassive(words: readonly string[], verbs: RegExp): boolean {
  return words.some(
    (word, at) =>
      /ed$|^(?:found|shown|proven)$/.test(word) &&
      verbs.test(word) &&
      /^(?:is|are|was|were)$/.test(words[at - 1] ?? ''),
  );
}
