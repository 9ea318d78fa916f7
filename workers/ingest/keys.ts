// Links and text -> identifiers in one spelling (`arxiv:1706.03762`, `doi:10.1/x`, `video:ID`, `repo:...`, `url:...`); pure.
import { canonicalUrl } from './canonical-url.ts';

const arxivNumber = String.raw`(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})(?:v\d+)?`;
const arxivUrl = new RegExp(
  String.raw`^(?:export\.)?(?:arxiv\.org|alphaxiv\.org|ar5iv\.(?:labs\.arxiv\.)?org)\/(?:abs|pdf|html|format|overview)\/${arxivNumber}`,
  'i',
);
const paperPages = new RegExp(
  String.raw`^(?:huggingface\.co\/papers|paperswithcode\.com\/paper\/arxiv|scholar\.archive\.org\/arxiv)\/${arxivNumber}`,
  'i',
);
const arxivInText = new RegExp(String.raw`\barxiv:\s?${arxivNumber}`, 'gi');
const doiInText = /\b(?:doi:\s?)(10\.\d{4,9}\/[^\s"'<>,;]+)/gi;
const videoId =
  /^(?:youtube\.com\/(?:watch\?(?:.*&)?v=|shorts\/|live\/|embed\/|v\/)|youtube-nocookie\.com\/embed\/|youtu\.be\/)([\w-]{11})/;
const notRepos =
  /^(?:about|features|topics|collections|sponsors|marketplace|orgs|settings|login|search|explore|trending|apps)$/i;
const urlInText = /\bhttps?:\/\/[^\s<>"'`]+/gi;

/** The identifier of what `url` leads to: the most telling one there is, undefined for what is not http(s). */
export function keyOf(url: string): string | undefined {
  const address = canonicalUrl(url);
  if (address === undefined) return undefined;
  const paper = arxivUrl.exec(address)?.[1] ?? paperPages.exec(address)?.[1];
  if (paper) return `arxiv:${paper.toLowerCase()}`;
  const doi = /^(?:dx\.)?doi\.org\/(10\..+)$/i.exec(address)?.[1];
  if (doi) return doiKey(decodeURIComponentSafely(doi));
  const video = videoId.exec(address)?.[1];
  if (video) return `video:${video}`;
  const [, host, owner, name] =
    /^(github\.com|gitlab\.com|huggingface\.co\/datasets)\/([\w.-]+)\/([\w.-]+)/i.exec(address) ?? [];
  if (host && owner && name && !notRepos.test(owner)) {
    return `repo:${host}/${owner}/${name.replace(/\.git$/i, '')}`.toLowerCase();
  }
  return `url:${address}`;
}

/** A DOI as a key; one that arXiv gives its own papers is the paper's arXiv id. */
export function doiKey(doi: string): string {
  const bare = doi
    .trim()
    .toLowerCase()
    .replace(/[.)\]]+$/, '');
  const arxiv = /^10\.48550\/arxiv\.(.+)$/.exec(bare)?.[1];
  return arxiv ? `arxiv:${arxiv.replace(/v\d+$/, '')}` : `doi:${bare}`;
}

/** What an item is: what its parser knows, then what its address says. */
export function keysOf(known: readonly string[], url: string): string[] {
  return unique([...known, keyOf(url)]);
}

/** What an item speaks of: its links, then addresses and numbers in its text; without its own keys, 100 at most. */
export function mentionsOf({ links, text, keys }: { links: string[]; text: string; keys: string[] }): string[] {
  const spelled = (text.match(urlInText) ?? []).map((url) => url.replace(/[.,;:!?)\]}*]+$/, ''));
  const papers = [...text.matchAll(arxivInText)].map(([, id]) => `arxiv:${id!.toLowerCase()}`);
  const dois = [...text.matchAll(doiInText)].map(([, doi]) => doiKey(doi!));
  const found = unique([...[...links, ...spelled].map(keyOf), ...papers, ...dois]);
  return found.filter((key) => !keys.includes(key)).slice(0, 100);
}

function unique(keys: (string | undefined)[]): string[] {
  return [...new Set(keys.filter((key) => key !== undefined))];
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
