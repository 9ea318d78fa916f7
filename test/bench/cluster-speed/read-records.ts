// Gzipped JSON lines of titles and abstracts -> texts.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

export interface BenchRecord {
  title: string;
  abstract: string;
}

/** The first `count` records of these files; throws when they hold fewer. */
export function readRecords(paths: readonly string[], count: number): BenchRecord[] {
  const records: BenchRecord[] = [];
  for (const path of paths) {
    const lines = gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n');
    for (const line of lines) if (records.length < count) records.push(JSON.parse(line) as BenchRecord);
    if (records.length === count) return records;
  }
  throw new Error(`the files hold ${records.length} records, ${count} are needed`);
}
