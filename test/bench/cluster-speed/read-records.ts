// Gzipped JSON lines of titles and abstracts -> texts.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

export interface BenchRecord {
  title: string;
  abstract: string;
}

/**
 * `count` records of these files, the first `from` passed over; throws when they hold fewer. Line by line: a file read
 * whole is 150 MB that no stage has asked for.
 */
export async function readRecords(paths: readonly string[], count: number, from = 0): Promise<BenchRecord[]> {
  const records: BenchRecord[] = [];
  let passed = 0;
  for (const path of paths) {
    const lines = createInterface({ input: createReadStream(path).pipe(createGunzip()), crlfDelay: Infinity });
    for await (const line of lines) {
      if (passed++ < from) continue;
      records.push(JSON.parse(line) as BenchRecord);
      if (records.length === count) return records;
    }
  }
  throw new Error(`the files hold ${passed} records, ${from + count} are needed`);
}
