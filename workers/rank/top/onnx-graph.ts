// Two operators -> an ONNX model: scores = readers x stories^T + words, then the highest of each row; pure.

/** Wire types of protocol buffers. */
const varint = 0;
const bytes = 2;

/** ONNX's numbers for element types, and the versions the two operators are written in. */
const float32 = 1;
const int64 = 7;
const opset = 13;
const irVersion = 8;

/**
 * The bytes of a ModelProto with inputs `readers` [b, w], `stories` [n, w], `words` [b, n], `keep` [1] (int64) and outputs
 * `scores` [b, keep] and `places` [b, keep], best first. Gemm adds the words while it multiplies, so no second pass over
 * b x n numbers is made. Field numbers: onnx.proto3 of the ONNX project, section ModelProto.
 */
export function topGraph(): Uint8Array {
  const gemm = node('Gemm', {
    inputs: ['readers', 'stories', 'words'],
    outputs: ['all'],
    attributes: [integer('transB', 1)],
  });
  const topK = node('TopK', {
    inputs: ['all', 'keep'],
    outputs: ['scores', 'places'],
    attributes: [integer('axis', 1), integer('sorted', 1)],
  });
  const graph = join(
    field(1, gemm),
    field(1, topK),
    field(2, text('top')),
    field(11, tensor('readers', float32, ['b', 'w'])),
    field(11, tensor('stories', float32, ['n', 'w'])),
    field(11, tensor('words', float32, ['b', 'n'])),
    field(11, tensor('keep', int64, [1])),
    field(12, tensor('scores', float32, ['b', 'k'])),
    field(12, tensor('places', int64, ['b', 'k'])),
  );
  return join(number(1, irVersion), field(7, graph), field(8, number(2, opset)));
}

function node(
  operator: string,
  { inputs, outputs, attributes }: { inputs: string[]; outputs: string[]; attributes: Uint8Array[] },
): Uint8Array {
  return join(
    ...inputs.map((name) => field(1, text(name))),
    ...outputs.map((name) => field(2, text(name))),
    field(4, text(operator)),
    ...attributes.map((attribute) => field(5, attribute)),
  );
}

/** An AttributeProto of type INT. */
function integer(name: string, value: number): Uint8Array {
  return join(field(1, text(name)), number(3, value), number(20, 2));
}

/** A ValueInfoProto; named dimensions may be of any size. */
function tensor(name: string, type: number, shape: readonly (string | number)[]): Uint8Array {
  const dimensions = shape.map((size) => field(1, typeof size === 'string' ? field(2, text(size)) : number(1, size)));
  return join(field(1, text(name)), field(2, field(1, join(number(1, type), field(2, join(...dimensions))))));
}

function number(id: number, value: number): Uint8Array {
  return join(encode((id << 3) | varint), encode(value));
}

function field(id: number, content: Uint8Array): Uint8Array {
  return join(encode((id << 3) | bytes), encode(content.length), content);
}

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

function encode(value: number): Uint8Array {
  const digits: number[] = [];
  for (let left = value; digits.length === 0 || left > 0; left = Math.floor(left / 128))
    digits.push((left % 128) + (left >= 128 ? 128 : 0));
  return Uint8Array.from(digits);
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}
