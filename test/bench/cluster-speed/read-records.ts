// Gzipped JSON lines of titles and abstracts -> texts.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

export interface BenchRecord {
  title: string;
  abstract: string;
}

/** `count` records of these files, the first `from` passed over; throws when they hold fewer. */
export function readRecords(paths: readonly string[], count: number, from = 0): BenchRecord[] {
  const records: BenchRecord[] = [];
  let passed = 0;
  for (const path of paths) {
    const lines = gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n');
    const wanted = lines.slice(Math.max(0, from - passed), Math.max(0, from + count - passed));
    for (const line of wanted) records.push(JSON.parse(line) as BenchRecord);
    passed += lines.length;
    if (records.length === count) return records;
  }
  throw new Error(`the files hold ${passed} records, ${from + count} are needed`);
}
