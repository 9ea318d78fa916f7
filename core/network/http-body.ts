// A response body of unknown size and packing -> at most `maxBytes` bytes.
import { pipeline, type Duplex } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { PermanentError } from '../errors.ts';

interface BodyLimits {
  url: string;
  encoding: string | undefined;
  maxBytes: number;
}

type Chunks = AsyncIterable<Buffer>;

// A server that closes early still gave us what it gave us.
const lenient = { finishFlush: constants.Z_SYNC_FLUSH };

/** Reads and unpacks a body; PermanentError as soon as it is longer than `maxBytes`, packed or unpacked. */
export async function readBody(body: Chunks, { url, encoding, maxBytes }: BodyLimits): Promise<Buffer> {
  const names = (encoding ?? '').split(',').map((name) => name.trim().toLowerCase());
  const packings = names.filter((name) => name !== '' && name !== 'identity');
  if (packings.length > 2) throw new PermanentError(`${url} is packed ${packings.length} times (${encoding})`);
  const tooLong = () => new PermanentError(`${url} is longer than ${maxBytes} bytes; nothing of it was kept`);
  let stream = limit(body, maxBytes, tooLong);
  for (const name of packings.toReversed()) stream = limit(unpack(stream, name, url), maxBytes, tooLong);
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream) chunks.push(chunk);
  } catch (error) {
    if (!isPackingError(error)) throw error;
    throw new PermanentError(`${url} says it is packed as ${encoding} and is not`, { cause: error });
  }
  return Buffer.concat(chunks);
}

async function* limit(source: Chunks, maxBytes: number, tooLong: () => Error): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const chunk of source) {
    length += chunk.length;
    if (length > maxBytes) throw tooLong();
    yield chunk;
  }
}

function unpack(source: Chunks, name: string, url: string): Chunks {
  if (name === 'gzip' || name === 'x-gzip') return through(source, createGunzip(lenient));
  if (name === 'br') return through(source, createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH }));
  if (name === 'deflate') return inflateEither(source);
  throw new PermanentError(`${url} is packed as ${name}, which was not asked for`);
}

/** "deflate" means zlib (RFC 9110, 8.4.1.2), yet some servers send the bare stream: its first byte tells. */
async function* inflateEither(source: Chunks): AsyncGenerator<Buffer> {
  const parts = source[Symbol.asyncIterator]();
  const first = await parts.next();
  if (first.done) return;
  const again = (async function* () {
    yield first.value;
    yield* { [Symbol.asyncIterator]: () => parts };
  })();
  const isZlib = (first.value[0]! & 0x0f) === 8;
  yield* through(again, isZlib ? createInflate(lenient) : createInflateRaw(lenient));
}

/** The output of `transform`; an error before it comes out of it. */
function through(source: Chunks, transform: Duplex): Chunks {
  pipeline(source, transform, () => undefined);
  return transform;
}

function isPackingError(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && /^(Z_|ERR__ERROR_|ERR_PADDING|ERR_BROTLI)/.test(String(error.code))
  );
}
