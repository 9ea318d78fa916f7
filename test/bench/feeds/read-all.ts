// One reader, all documents of the benchmark, in a process of its own: `read-all.ts READER MANIFEST OUT` writes what it read,
// and says on its last line how many, in how much time and memory.
import { createWriteStream, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { messageOf } from '../../../core/errors.ts';
import { readers } from './readers.ts';

const [name, manifest, out] = process.argv.slice(2) as [string, string, string];
/** A reader that never answers for one document shall answer for the others. */
const longestMs = 5_000;

const read = await readers[name]!();
const documents = (JSON.parse(readFileSync(manifest, 'utf8')) as { file: string; contentType: string | null }[]).map(
  ({ file, contentType }) => {
    const path = join(dirname(manifest), file);
    return { path, file, contentType, bytes: readFileSync(path) };
  },
);
const output = createWriteStream(out);
// What a reader throws outside of its promises is the fault of the document it was at.
let blame: (error: unknown) => void = () => undefined;
process.on('uncaughtException', (error) => blame(error));
process.on('unhandledRejection', (error) => blame(error));

let parsed = 0;
let cpuMs = 0;
for (const document of documents) {
  const before = process.cpuUsage();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    blame = reject;
    timer = setTimeout(() => reject(new Error(`no answer within ${longestMs} ms`)), longestMs);
  });
  const line = await Promise.race([read(document), late]).catch((error: unknown) => ({ error: messageOf(error) }));
  clearTimeout(timer);
  const { user, system } = process.cpuUsage(before);
  cpuMs += (user + system) / 1000;
  if (!('error' in line)) parsed++;
  output.write(`${JSON.stringify({ ...line, file: document.file })}\n`);
}
output.end();
await finished(output);
const bytes = documents.reduce((sum, document) => sum + document.bytes.length, 0);
const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(`${JSON.stringify({ parsed, documents: documents.length, mbPerCpuSecond: Number((bytes / 1e3 / Math.max(1, cpuMs)).toFixed(2)), peakMb })}\n`); // prettier-ignore
process.exit(0);
