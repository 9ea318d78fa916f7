// The names of elements as documents spell them -> one spelling each: `dc:creator`, whatever its prefix is here; pure.

/** Addresses of namespaces without scheme, `www.` and what follows the last word; publishers misspell all three. */
const spaces: Record<string, string> = {
  'w3.org/2005/atom': 'atom',
  'purl.org/atom/ns': 'atom',
  'purl.org/atom-blog/ns': 'atom',
  'purl.org/rss/1.0': '',
  'my.netscape.com/rdf/simple/0.9': '',
  'my.netscape.com/publish/formats/rss-0.9': '',
  'channel.netscape.com/rdf/simple/0.9': '',
  'backend.userland.com/rss': '',
  'backend.userland.com/rss2': '',
  'backend.userland.com/rss091': '',
  'blogs.law.harvard.edu/tech/rss': '',
  'purl.org/net/rss1.1': '',
  'purl.org/dc/elements/1.0': 'dc',
  'purl.org/dc/elements/1.1': 'dc',
  'purl.org/dc/terms': 'dcterms',
  'purl.org/rss/1.0/modules/content': 'content',
  'purl.org/rss/1.0/modules/syndication': 'sy',
  'purl.org/rss/1.0/modules/dc': 'dc',
  'w3.org/1999/xhtml': 'xhtml',
  'w3.org/1999/02/22-rdf-syntax-ns': 'rdf',
  'w3.org/xml/1998/namespace': 'xml',
  'search.yahoo.com/mrss': 'media',
  'podcastindex.org/namespace/1.0': 'podcast',
  'github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md': 'podcast',
  'tools.search.yahoo.com/mrss': 'media',
  'video.search.yahoo.com/mrss': 'media',
  'itunes.com/dtds/podcast-1.0.dtd': 'itunes',
  'itunes.com/dtds/podcast-1.0': 'itunes',
  'example.com/dtds/podcast-1.0.dtd': 'itunes',
  'youtube.com/xml/schemas/2015': 'yt',
  'gdata.youtube.com/schemas/2007': 'yt',
  'rssnamespace.org/feedburner/ext/1.0': 'feedburner',
  'arxiv.org/schemas/atom': 'arxiv',
  'georss.org/georss': 'georss',
  'wellformedweb.org/commentapi': 'wfw',
  'purl.org/rss/1.0/modules/slash': 'slash',
  'prismstandard.org/namespaces/basic/2.0': 'prism',
};

/** What is in force inside an element; the names already resolved there are kept, since feeds repeat a dozen. */
export interface NameScope {
  prefixes: Record<string, string>;
  names: Map<string, string>;
}

/** The scope of a document before any declaration. */
export function outerScope(): NameScope {
  return { prefixes: Object.create(null) as Record<string, string>, names: new Map() };
}

/** The scope inside an element with these attributes: the same one when it declares nothing. */
export function innerScope(scope: NameScope, attributes: Record<string, string>): NameScope {
  let prefixes: Record<string, string> | undefined;
  for (const name in attributes) {
    if (!name.startsWith('xmlns') || (name.length > 5 && name[5] !== ':')) continue;
    // Through its prototype it sees what is declared outside.
    prefixes ??= Object.create(scope.prefixes) as Record<string, string>;
    prefixes[name.slice(6)] = spaceOf(attributes[name]!, name.slice(6));
  }
  return prefixes === undefined ? scope : { prefixes, names: new Map() };
}

/** `name` in the one spelling; `core` is the space that counts as none here, that of the document's root. */
export function resolveName(name: string, scope: NameScope, core: string | undefined): string {
  const known = scope.names.get(name);
  if (known !== undefined) return known;
  const lower = name.toLowerCase();
  const colon = lower.indexOf(':');
  const prefix = colon === -1 ? '' : lower.slice(0, colon);
  const space = scope.prefixes[prefix] ?? prefix;
  const local = lower.slice(colon + 1);
  const resolved = space === '' || space === core ? local : `${space}:${local}`;
  if (scope.names.size < 500) scope.names.set(name, resolved);
  return resolved;
}

/** The usual prefix of a namespace; of one that nobody knows, its address when it is the default, else the prefix here. */
function spaceOf(address: string, prefix: string): string {
  const bare = address
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\/(www\.)?/, '')
    .replace(/(?<![/#])[/#]+$/, '');
  const usual = spaces[bare];
  if (usual !== undefined) return usual;
  if (bare === '') return '';
  return prefix === '' ? `{${bare}}` : prefix;
}
