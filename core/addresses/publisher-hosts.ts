// The hosts of publishers and of their preprint servers: only they say by an address that its page is the paper with that DOI; pure.

/** Each with what stands below it (`nph.onlinelibrary.wiley.com`). A page elsewhere may have any DOI in its address, and then only speaks of that paper. */
const hosts: ReadonlySet<string> = new Set(
  `doi.org zenodo.org biorxiv.org medrxiv.org chemrxiv.org techrxiv.org authorea.com essopenarchive.org
  nature.com link.springer.com rd.springer.com biomedcentral.com springeropen.com onlinelibrary.wiley.com tandfonline.com
  sagepub.com academic.oup.com cambridge.org direct.mit.edu mitpressjournals.org journals.uchicago.edu degruyter.com
  degruyterbrill.com emerald.com brill.com worldscientific.com annualreviews.org liebertpub.com karger.com iospress.nl
  iospress.com thieme-connect.com thieme-connect.de futuremedicine.com magonlinelibrary.com inderscienceonline.com sciendo.com
  science.org sciencemag.org pnas.org royalsocietypublishing.org plos.org frontiersin.org bioone.org cdnsciencepub.com
  dl.acm.org epubs.siam.org pubsonline.informs.org psycnet.apa.org arc.aiaa.org ascelibrary.org icevirtuallibrary.com library.seg.org
  journals.aps.org link.aps.org pubs.aip.org scitation.org iopscience.iop.org pubs.acs.org rupress.org embopress.org
  journals.asm.org physiology.org apsnet.org nejm.org acpjournals.org ahajournals.org ascopubs.org neurology.org atsjournals.org
  ajronline.org pubs.rsna.org healthaffairs.org jneurosci.org`.split(/\s+/),
);

/** Whether a canonical address (host, path and query) is at one of them. */
export function isAtPublisher(address: string): boolean {
  const labels = (/^[^/:?#]+/.exec(address)?.[0] ?? '').split('.');
  return labels.some((_, at) => hosts.has(labels.slice(at).join('.')));
}
