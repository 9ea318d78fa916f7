// The shape of the demo week: YAML -> DemoSource, as written down in README.md.

export type SourceFormat = 'arxiv-atom' | 'youtube' | 'rss' | 'rss-windows-1252' | 'atom' | 'json' | 'broken' | 'late';

/** One thing a demo source publishes. */
export type DemoItem = {
  /** What it is about: items that share it are one story. */
  thing?: string;
  /** arXiv id, video id or guid: stable, so that a second start publishes nothing new. */
  id: string;
  title: string;
  authors?: string[];
  url: string;
  hoursAgo: number;
  categories?: string[];
  lang?: string;
  captions?: 'json3' | 'vtt';
  /** arXiv only: the version announced, 1 when absent. */
  version?: number;
  /** Characters of padding the server adds, to see what an enormous post does. */
  repeat?: number;
  text: string;
};

/** One demo source with everything it publishes. */
export type DemoSource = {
  slug: string;
  kind: 'arxiv' | 'youtube' | 'feed';
  format: SourceFormat;
  title: string;
  home: string;
  lang: string;
  /** The section of an issue its items belong to, when that is settled. */
  section?: string;
  items: DemoItem[];
};

const formats = ['arxiv-atom', 'youtube', 'rss', 'rss-windows-1252', 'atom', 'json', 'broken', 'late'];

/** Checks what a YAML file held; throws one sentence that names the file and the item when a field is missing. */
export function readDemoSource(value: unknown, file: string): DemoSource {
  if (!isRecord(value)) throw new Error(`${file}: holds no source; see README.md for the shape`);
  requireStrings(value, ['slug', 'kind', 'format', 'title', 'home', 'lang'], file);
  if (!formats.includes(String(value['format'])))
    throw new Error(`${file}: format is ${String(value['format'])}, must be one of ${formats.join(', ')}`);
  const items: unknown = value['items'] ?? [];
  if (!Array.isArray(items)) throw new Error(`${file}: items must be a list`);
  items.forEach((item: unknown, at) => {
    const where = `${file}: item ${at + 1}`;
    if (!isRecord(item)) throw new Error(`${where} must be a map`);
    requireStrings(item, ['id', 'title', 'url', 'text'], where);
    if (typeof item['hoursAgo'] !== 'number') throw new Error(`${where}: hoursAgo must be a number`);
  });
  return { ...value, items } as unknown as DemoSource;
}

function requireStrings(record: Record<string, unknown>, names: string[], where: string): void {
  for (const name of names)
    if (typeof record[name] !== 'string')
      throw new Error(`${where}: ${name} must be text (quote it if it looks like a number)`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
