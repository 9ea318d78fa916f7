// Candidates by onnxruntime: one Gemm and one TopK for a thousand readers.
import { topGraph } from './onnx-graph.ts';
import { layWords, type FindCandidates } from './candidates.ts';

/** Opens onnxruntime, which comes with the optional @huggingface/transformers; undefined where it is not installed. */
export async function openOnnxTop(): Promise<FindCandidates | undefined> {
  const runtime = await import('onnxruntime-node').catch(() => undefined);
  if (!runtime) return undefined;
  const { InferenceSession, Tensor } = runtime;
  // Shards of readers are spread over processes, so that a session needs one thread.
  const session = await InferenceSession.create(topGraph(), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  // Laid out once: 40 MB of new zeros for each call cost more than the products.
  let memory = new Float32Array();
  return async ({ queries, rows, stories, keep }) => {
    const count = queries.length;
    const size = count * (rows.width + rows.count);
    if (memory.length < size) memory = new Float32Array(size);
    const readers = memory.subarray(0, count * rows.width);
    const words = memory.subarray(readers.length, size);
    queries.forEach((query, at) => {
      readers.set(query.vector, at * rows.width);
      layWords(words.subarray(at * rows.count, (at + 1) * rows.count), query.words, stories);
    });
    const { places: indices } = await session.run({
      readers: new Tensor('float32', readers, [count, rows.width]),
      stories: new Tensor('float32', rows.memory.values.subarray(0, rows.count * rows.width), [rows.count, rows.width]),
      words: new Tensor('float32', words, [count, rows.count]),
      keep: new Tensor('int64', BigInt64Array.of(BigInt(keep)), [1]),
    });
    // Little-endian 64-bit indices below 2^31: every second 32-bit number.
    const { buffer, byteOffset, length } = indices!.data as BigInt64Array;
    const halves = new Int32Array(buffer, byteOffset, 2 * length);
    const found = new Int32Array(length);
    for (let at = 0; at < length; at++) found[at] = halves[2 * at]!;
    return queries.map((_, at) => found.subarray(at * keep, (at + 1) * keep));
  };
}
