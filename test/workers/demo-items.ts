// The demo week as items with their gold, straight from its files, without server or ingest.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { readDemoSource, type DemoItem, type DemoSource } from '../../infra/demo-week/demo-source.ts';
import { keysOf, mentionsOf } from '../../core/addresses/keys.ts';

export interface GoldItem {
  /** Items that share it are one story. */
  thing: string;
  source: string;
  kind: 'paper' | 'video' | 'post';
  title: string;
  text: string;
  keys: string[];
  mentions: string[];
  segments: string[];
}

const week = new URL('../../infra/demo-week/', import.meta.url);
const kinds = { arxiv: 'paper', youtube: 'video', feed: 'post' } as const;
const linesPerSegment = 8;

/** Every item of every source that can be read. */
export function readDemoItems(): GoldItem[] {
  return readdirSync(new URL('sources/', week)).flatMap((file) => {
    const source = readDemoSource(parse(readFileSync(new URL(`sources/${file}`, week), 'utf8')), file);
    return source.items.map((item) => toGold(source, item));
  });
}

function toGold(source: DemoSource, item: DemoItem): GoldItem {
  const url = source.kind === 'arxiv' ? `https://arxiv.org/abs/${item.id}` : item.url;
  const text = item.text.replace(/<[^>]*>/g, ' ');
  const links = [...item.text.matchAll(/href="([^"]+)"/g)].map(([, link]) => link!);
  const keys = keysOf([], url);
  return {
    thing: item.thing ?? item.id,
    source: source.slug,
    kind: kinds[source.kind],
    title: item.title,
    text,
    keys,
    mentions: mentionsOf({ links, text, keys }),
    segments: source.kind === 'youtube' ? segmentsOf(item.id) : [],
  };
}

function segmentsOf(videoId: string): string[] {
  const file = new URL(`transcripts/${videoId}.txt`, week);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.replace(/^\[[\d:]+\]\s*/, ''));
  return lines.flatMap((_, at) =>
    at % linesPerSegment === 0 ? [lines.slice(at, at + linesPerSegment).join(' ')] : [],
  );
}
