// `npm run build:kernels`: kernels.wat -> kernels.wasm. A test tells when they do not belong together.
import { readFileSync, writeFileSync } from 'node:fs';
import openWabt from 'wabt';

const at = (name: string): URL => new URL(name, import.meta.url);

/** The bytes of the module that kernels.wat describes. */
export async function assembleKernels(): Promise<Uint8Array> {
  const wabt = await openWabt();
  return wabt.parseWat('kernels.wat', readFileSync(at('kernels.wat'), 'utf8'), { simd: true }).toBinary({}).buffer;
}

if (process.argv[1] === import.meta.filename) writeFileSync(at('kernels.wasm'), await assembleKernels());
