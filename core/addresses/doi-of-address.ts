// The address of a paper at its publisher, or of a page about it -> the DOI in it, as it is written there; pure.
import { isAtPublisher } from './publisher-hosts.ts';
import { percentDecode } from './percent-decode.ts';

const doiUrl = /^(?:dx\.)?doi\.org\/(?:doi:)?(10\..+)$/i;
/** Publishers put the DOI into their addresses, behind the name of a form of the text, of a journal too; so do those who collect papers. */
const publisherUrl =
  /^[^/]+\/(?:[\w-]{1,40}\/)?(?:doi|articles?|article-abstract|chapter|content|abstract|pdf)\/(?:(?:abs|full|pdf|epdf|pdfdirect|book|epub|doi)\/)?(10\.\d{4,9}\/[^?#]+?)(?:\?.*)?$/i;
/** What stands behind it: a version, a form of the text. */
const forms =
  /(?:v\d{1,2})?(?:\.(?:full-text|full|abstract|short|pdf|epub)|\/(?:full|abstract|meta|pdf|epub|tables)){0,3}$/i;
const natureUrl = /^nature\.com\/articles\/([\w.-]+?)(?:\.pdf)?(?:\?.*)?$/;
const plosId = /[?&]id=(10\.1371%2F[\w.%-]+)/i;
/** Addresses of bioRxiv and medRxiv that leave out the number of their publisher, as those of their feeds. */
const preprintUrl =
  /^(?:(?:connect|www)\.)?(?:bio|med)rxiv\.org\/(?:cgi\/content\/\w+|content\/\w+\/early\/\d{4}\/\d\d\/\d\d)\/((?:\d{4}\.\d\d\.\d\d\.)?\d{6,8})(?!\d)/i;

/** The DOI that the page at a canonical address (host, path and query) has; undefined where there is none, and where anybody may have written the address. */
export function doiOfAddress(address: string): string | undefined {
  return isAtPublisher(address) ? doiInAddress(address) : undefined;
}

/** The DOI that a canonical address speaks of, wherever it is. */
export function doiInAddress(address: string): string | undefined {
  const plain = doiUrl.exec(address)?.[1];
  if (plain) return percentDecode(plain);
  const preprint = preprintUrl.exec(address)?.[1];
  if (preprint) return `10.1101/${preprint}`;
  const article = natureUrl.exec(address)?.[1];
  if (article) return `10.1038/${article}`;
  const named =
    (address.startsWith('journals.plos.org/') ? plosId.exec(address)?.[1] : undefined) ??
    publisherUrl.exec(address)?.[1]?.replace(forms, '');
  // Oxford's number of the article stands behind its DOI.
  return named && percentDecode(address.startsWith('academic.oup.com/') ? named.replace(/\/\d{1,9}$/, '') : named);
}
