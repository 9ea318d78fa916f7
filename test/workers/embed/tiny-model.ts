// A sentence model of eight words and four dimensions, written byte by byte: what a real one is, a hundred thousand times smaller.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** False where the optional package was left out at installation; what needs it is skipped then. */
export const isInstalled = await import('@huggingface/transformers').then(
  () => true,
  () => false,
);
if (!isInstalled) process.stderr.write('skipped: @huggingface/transformers, which is optional, is not installed\n');

/** The vector of each word of the model; other words are [UNK]. */
const tinyWords: Record<string, number[]> = {
  '[PAD]': [9, 9, 9, 9],
  '[UNK]': [0, 0, 0, 1],
  graphs: [1, 0, 0, 0],
  networks: [0.8, 0.6, 0, 0],
  bread: [0, 0, 1, 0],
};

/** The files of the model, by their paths in its folder, as a hub holds them. */
export function tinyModelFiles(): Map<string, Buffer> {
  const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
  const vocab = Object.fromEntries(Object.keys(tinyWords).map((word, at) => [word, at]));
  const special = (content: string, id: number) => {
    return { id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
  };
  return new Map([
    ['config.json', json({ model_type: 'bert', architectures: ['BertModel'], hidden_size: 4, vocab_size: 5 })],
    [
      'tokenizer.json',
      json({
        version: '1.0',
        truncation: null,
        padding: null,
        added_tokens: [special('[PAD]', 0), special('[UNK]', 1)],
        normalizer: { type: 'Lowercase' },
        pre_tokenizer: { type: 'Whitespace' },
        post_processor: null,
        decoder: null,
        model: { type: 'WordLevel', vocab, unk_token: '[UNK]' },
      }),
    ],
    [
      'tokenizer_config.json',
      json({
        tokenizer_class: 'PreTrainedTokenizerFast',
        pad_token: '[PAD]',
        unk_token: '[UNK]',
        model_max_length: 512,
      }),
    ],
    ['onnx/model_quantized.onnx', onnxModel()],
  ]);
}

/** Writes the files below `directory`/`name`, as MODEL_PATH expects them. */
export function writeTinyModel(directory: string, name: string): void {
  for (const [path, bytes] of tinyModelFiles()) {
    const file = join(directory, name, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, bytes);
  }
}

/** last_hidden_state = Gather(table, input_ids); field numbers are those of onnx.proto3. */
function onnxModel(): Buffer {
  const rows = Object.values(tinyWords);
  const table = message([
    [1, rows.length], // dims
    [1, 4],
    [2, 1], // data_type: float
    [8, 'table'],
    [9, Buffer.from(Float32Array.from(rows.flat()).buffer)], // raw_data
  ]);
  const gather = message([
    [1, 'table'], // inputs
    [1, 'input_ids'],
    [2, 'last_hidden_state'], // output
    [4, 'Gather'],
  ]);
  // The mask is used, so that the session asks for it as real models do.
  const identity = message([
    [1, 'attention_mask'],
    [2, 'mask'],
    [4, 'Identity'],
  ]);
  const graph = message([
    [1, gather],
    [1, identity],
    [2, 'tiny'], // name
    [5, table], // initializer
    [11, tensorInfo('input_ids', 7, ['batch', 'length'])],
    [11, tensorInfo('attention_mask', 7, ['batch', 'length'])],
    [12, tensorInfo('last_hidden_state', 1, ['batch', 'length', 4])],
    [12, tensorInfo('mask', 7, ['batch', 'length'])],
  ]);
  const opset = message([[2, 13]]);
  return message([
    [1, 8], // ir_version
    [7, graph],
    [8, opset],
  ]);
}

/** A ValueInfoProto: a name, an element type (1 float, 7 int64) and a shape of numbers and names. */
function tensorInfo(name: string, type: number, shape: (string | number)[]): Buffer {
  const dimensions = shape.map((side): [number, Buffer] => [
    1,
    message([typeof side === 'number' ? [1, side] : [2, side]]),
  ]);
  const tensor = message([
    [1, type],
    [2, message(dimensions)],
  ]);
  return message([
    [1, name],
    [2, message([[1, tensor]])],
  ]);
}

/** Protocol buffers: numbers as varints, texts and messages with their length before them. */
function message(fields: [number, number | string | Buffer][]): Buffer {
  return Buffer.concat(
    fields.flatMap(([field, value]) => {
      if (typeof value === 'number') return [varint(field << 3), varint(value)];
      const bytes = Buffer.from(value);
      return [varint((field << 3) | 2), varint(bytes.length), bytes];
    }),
  );
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let left = value; ; left >>>= 7) {
    if (left < 128) return Buffer.from([...bytes, left]);
    bytes.push((left & 127) | 128);
  }
}
