// Keys of papers that are asked for by number (`arxiv:1706.03762`, `doi:10.1000/182`) -> who is asked, and how many at once; pure.
import { doiKey, keyOf } from '../addresses/keys.ts';

/** By the beginning of the keys: arXiv takes some hundred numbers in a request, Crossref one. */
export const paperKeys = {
  arxiv: { service: 'arXiv', spelled: 'arXiv:', mostTogether: 50 },
  doi: { service: 'Crossref', spelled: 'doi:', mostTogether: 1 },
} as const;

export type PaperKeyForm = keyof typeof paperKeys;

/** Far beyond any DOI that is in use. */
const longestDoi = 200;
const doi = /^10\.\d{4,9}\/[^\s\p{Cc}]+$/u;

/** Whether it is a number as its publisher spells it, which may be asked for. */
export function isPaperKey(key: unknown): key is string {
  if (typeof key !== 'string') return false;
  if (key.startsWith('arxiv:')) return keyOf(`https://arxiv.org/abs/${numberOf(key)}`) === key;
  return key.startsWith('doi:') && key.length <= longestDoi && doi.test(numberOf(key)) && doiKey(numberOf(key)) === key;
}

/** What stands for the title of a paper of which only the number is known. */
export function titleOfKey(key: string): string {
  return `${paperKeys[formOf(key)].spelled}${numberOf(key)}`;
}

/** Who is asked for it. */
export function serviceOf(key: string): string {
  return paperKeys[formOf(key)].service;
}

/** The number without what says whose it is. */
export function numberOf(key: string): string {
  return key.slice(key.indexOf(':') + 1);
}

function formOf(key: string): PaperKeyForm {
  return key.startsWith('doi:') ? 'doi' : 'arxiv';
}
