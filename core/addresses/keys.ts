// Links and text -> identifiers in one spelling (`arxiv:1706.03762`, `doi:10.1/x`, `video:ID`, `repo:...`, `url:...`); pure.
import { canonicalUrl, mayHaveMore, type KeptParameters } from './canonical-url.ts';
import { doiInAddress, doiOfAddress } from './doi-of-address.ts';
import { forgeKey } from './forge-key.ts';

const arxivNumber = String.raw`(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})(?:v\d+)?`;
const arxivUrl = new RegExp(
  String.raw`^(?:(?:[a-z]+\.)?arxiv\.org|xxx\.lanl\.gov|alphaxiv\.org|ar5iv\.(?:labs\.arxiv\.)?org)\/(?:abs|pdf|html|ps|src|e-print|format|overview)\/${arxivNumber}`,
  'i',
);
/** Pages about a paper that name it by its number. */
const paperPages = new RegExp(
  String.raw`^(?:(?:huggingface|hf)\.co\/papers|paperswithcode\.com\/paper\/arxiv|scholar\.archive\.org\/arxiv|scirate\.com\/arxiv|` +
    String.raw`semanticscholar\.org\/arxiv|arxiv-vanity\.com\/papers|emergentmind\.com\/papers)\/${arxivNumber}`,
  'i',
);
/** The library of astronomers calls a paper of arXiv "2024arXiv240912345R". */
const adsUrl = /^ui\.adsabs\.harvard\.edu\/abs\/\d{4}arXiv(\d{4})(\d{5})[A-Z]/;
const videoId =
  /^(?:(?:music\.|gaming\.)?youtube\.com\/(?:watch\?(?:.*&)?v=|watch\/|shorts\/|live\/|embed\/|v\/|e\/)|youtube-nocookie\.com\/embed\/|youtu\.be\/)([\w-]{11})(?![\w-])/;

/** The identifier of what `url` leads to: the most telling one there is, undefined for what is not http(s). */
export function keyOf(url: string): string | undefined {
  const address = canonicalUrl(url.startsWith('http') ? url : webAddress(url));
  if (address === undefined) return undefined;
  return telling.test(address) ? tellingKey(address) : `url:${address}`;
}

/** What a link to `url` speaks of: `keyOf`, but of a page that only has a paper's DOI in its address the paper. */
export function mentionedKeyOf(url: string): string | undefined {
  const key = keyOf(url);
  const doi = key?.startsWith('url:') && key.includes('/10.') ? doiInAddress(key.slice('url:'.length)) : undefined;
  return doi === undefined ? key : doiKey(doi);
}

/** `keyOf`, but of a plain address with its fragment and its doubtful parameters: what tells apart two pages of one source. */
export function wholeKeyOf(url: string): string | undefined {
  const key = keyOf(url);
  if (!key?.startsWith('url:') || !mayHaveMore(url)) return key;
  const [usual, whole] = [canonicalUrl(url)!, canonicalUrl(url, 'whole')!];
  // A thread of a forge and a paper's form are spelled anew; what is left of their address is what stands behind it.
  return key === `url:${usual}` ? `url:${whole}` : `${key}${/#.*$/.exec(whole)?.[0] ?? ''}`;
}

/** What an address must have to be more than an address; most have none of it. */
const telling =
  /\d{4}\.\d{4}|\/\d{7}|10\.\d|nature\.com|rxiv|youtu|^(?:pubmed|ncbi|twitter|x\.com|(?:old|new|np)\.reddit|ui\.adsabs|raw\.githubusercontent|codeload\.github|api\.github|github|gitlab|codeberg|gitea\.com|bitbucket\.org|huggingface|hf|openreview|acl)|\/-\//i;

function tellingKey(address: string): string {
  const paper = arxivUrl.exec(address)?.[1] ?? paperPages.exec(address)?.[1];
  if (paper) return `arxiv:${paper.toLowerCase()}`;
  const [, month, number] = adsUrl.exec(address) ?? [];
  if (month && number) return `arxiv:${month}.${number}`;
  const doi = doiOfAddress(address);
  if (doi) return doiKey(doi);
  const video = videoId.exec(address)?.[1];
  if (video) return `video:${video}`;
  return forgeKey(address) ?? `url:${sameDocument(address)}`;
}

/** `git@github.com:owner/name.git`, `git://` and `ssh://` lead to a repository that has a page. */
function webAddress(url: string): string {
  return url.replace(
    /^(?:git\+)?(?:git|ssh|https?):\/\/(?:git@)?(?=[\w.-]+\/)|^git@([\w.-]+):/i,
    (start, host?: string) => (/^https?:/i.test(start) ? start : `https://${host ? `${host}/` : ''}`),
  );
}

/** The page and the PDF of a paper where a field publishes, hosts that have two names, and what others only add to an address. */
function sameDocument(address: string): string {
  const review = /^openreview\.net\/(?:forum|pdf|attachment)\?/.test(address) ? /[?&](id=[\w%-]+)/.exec(address) : null;
  if (review) return `openreview.net/forum?${review[1]}`;
  return address
    .replace(/^(?:old|new|np)\.(?=reddit\.com\/)/, '')
    .replace(/^(?:twitter|x)\.com\/(\w+\/status\/\d+)\b.*$/, 'x.com/$1')
    .replace(/^(?:ncbi\.nlm\.nih\.gov\/pubmed|pubmed\.ncbi\.nlm\.nih\.gov)\/(\d+)\b.*$/, 'pubmed.ncbi.nlm.nih.gov/$1')
    .replace(/^(?:aclweb\.org\/anthology|aclanthology\.org)\/(.+?)(?:\.pdf)?$/, 'aclanthology.org/$1');
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

/** What an item is: what its parser knows, then what its address says; of one without an address of its own, only the former. */
export function keysOf(known: readonly string[], url: string | undefined, extent: KeptParameters = 'usual'): string[] {
  return unique([...known, url === undefined ? undefined : extent === 'whole' ? wholeKeyOf(url) : keyOf(url)]);
}

const urlInText = /\bhttps?:\/\/[^\s<>"'`]+/gi;
/** People write well-known hosts without a scheme. */
const bareInText =
  /(?<![\w@./-])(?:www\.)?(?:github\.com|gitlab\.com|huggingface\.co|arxiv\.org|doi\.org|youtu\.be|youtube\.com)\/[^\s<>"'`]+/gi;
const arxivInText = new RegExp(String.raw`\barxiv(?::\s?${arxivNumber}|\s(\d{4}\.\d{4,5})(?:v\d+)?(?!\d))`, 'gi');
const doiInText = /\bdoi(?::\s?|\s)(10\.\d{4,9}\/[^\s"'<>,;]+)/gi;

/** What an item speaks of: its links, then addresses and numbers in its text; without its own keys, 100 at most. */
export function mentionsOf({ links, text, keys }: { links: string[]; text: string; keys: string[] }): string[] {
  const found = unique([...links.map(mentionedKeyOf), ...(mayName.test(text) ? namedIn(text) : [])]);
  return found.filter((key) => !keys.includes(key)).slice(0, 100);
}

/** What a text must have to name something; most have none of it, and four searches take four times as long as one. */
const mayName = /:\/\/|(?:com|org|co|be)\/|arxiv|doi/i;

function namedIn(text: string): (string | undefined)[] {
  const bare = (text.match(bareInText) ?? []).map((address) => `https://${address}`);
  const spelled = [...(text.match(urlInText) ?? []), ...bare].map((url) =>
    url.replace(/(?<![.,;:!?)\]}*])[.,;:!?)\]}*]+$/, ''),
  );
  const papers = [...text.matchAll(arxivInText)].map(([, id, bareId]) => `arxiv:${(id ?? bareId)!.toLowerCase()}`);
  const dois = [...text.matchAll(doiInText)].map(([, doi]) => doiKey(doi!));
  return [...spelled.map(mentionedKeyOf), ...papers, ...dois];
}

function unique(keys: (string | undefined)[]): string[] {
  const known = keys.filter((key) => key !== undefined);
  return known.length < 2 ? known : [...new Set(known)];
}
