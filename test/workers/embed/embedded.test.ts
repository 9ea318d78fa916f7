import { describe, expect, it } from 'vitest';
import { embeddedEmbedder } from '../../../core/embedder/embedded.ts';
import { innerProduct } from '../../../core/math/vectors.ts';
import { emptyFit, type Fit } from '../../../core/embedder/fit.ts';
import { fitTexts } from '../../../workers/embed/fit-texts.ts';
import { deserialiseFit, nameFit, serialiseFit } from '../../../core/embedder/fit-state.ts';
import { openWordTable } from '../../../core/embedder/open-word-table.ts';
import { readDemoItems } from '../demo-items.ts';

const table = openWordTable();
const corpus = readDemoItems().map(({ title, text }) => `${title}. ${text}`);

describe('the embedded embedder', () => {
  it('gives every text a vector of length one, an empty one and one without a word too', async () => {
    const embedder = embeddedEmbedder('embedded/test', fitTexts(corpus, table), table);
    const vectors = await embedder.embed([...corpus.slice(0, 5), '', '?!', '重读残差网络：为什么网络可以这么深']);
    for (const vector of vectors) {
      expect(vector).toHaveLength(embedder.dimension);
      expect(Math.sqrt(innerProduct(vector, vector))).toBeCloseTo(1, 5);
    }
  });

  it.each([
    ['before there is a corpus', emptyFit(table)],
    ['after a fit on the demo week', fitTexts(corpus, table)],
  ])('puts texts about one thing nearer than others, %s', async (_, fit) => {
    const [speech, transcripts, trees] = await embeddedEmbedder('embedded/test', fit, table).embed([
      'Whisper is a speech recogniser trained on subtitles',
      'A speech recogniser writes subtitles for a video',
      'Gradient boosted trees for tables of numbers',
    ]);
    expect(innerProduct(speech!, transcripts!)).toBeGreaterThan(innerProduct(speech!, trees!) + 0.2);
  });

  it('finds by LSA that words are related which never stand in one text together with the query', async () => {
    const lsa = embeddedEmbedder('embedded/test', fitTexts(corpus, table), table);
    const [query, near, far] = await lsa.embed(['denoising', 'diffusion', 'audio']);
    expect(innerProduct(query!, near!)).toBeGreaterThan(innerProduct(query!, far!));
  });

  it('compares Chinese texts by pairs of characters', async () => {
    const [residual, same, other] = await embeddedEmbedder('embedded/test', emptyFit(table), table).embed([
      '残差网络的训练',
      '重读残差网络',
      '语音识别模型',
    ]);
    expect(innerProduct(residual!, same!)).toBeGreaterThan(innerProduct(residual!, other!) + 0.2);
  });
});

describe("what it learns from this installation's items", () => {
  const bakers = ['flour', 'dough', 'oven'].map((word) => `The zorblax bakes bread of ${word} and butter`);
  const painters = ['canvas', 'brush', 'museum'].map((word) => `A painter shows a portrait, ${word} and colours`);
  const own = [...bakers, ...painters, ...corpus.slice(0, 40)];
  const nearness = async (texts: string[]): Promise<number> => {
    const [word, bread, paint] = await embeddedEmbedder('own', fitTexts(texts, table), table).embed([
      'zorblax',
      'a loaf with cheese for breakfast',
      'pictures by an artist',
    ]);
    return innerProduct(word!, bread!) - innerProduct(word!, paint!);
  };

  it('a word that the table lacks means what its three items are about', async () => {
    expect(fitTexts(own, table).newWords).toContain('zorblax');
    expect(await nearness(own)).toBeGreaterThan(0.1);
  });

  it('two items are too few to know it by', () => {
    expect(fitTexts(own.slice(1), table).newWords).not.toContain('zorblax');
  });

  it('words that every item has count for less than before', async () => {
    const preprints = corpus.map((text) => `Preprint preprint preprint. ${text}`);
    const texts = ['Preprint on bread', 'Preprint on galaxies'];
    const cosineBy = async (fit: Fit): Promise<number> => {
      const [a, b] = await embeddedEmbedder('own', fit, table).embed(texts);
      return innerProduct(a!, b!);
    };
    expect(await cosineBy(fitTexts(preprints, table))).toBeLessThan((await cosineBy(emptyFit(table))) - 0.2);
  });

  it('from three thousand items on it has directions of its own, a part of each vector', async () => {
    const many = Array.from({ length: 3_000 }, (_, at) => `${corpus[at % corpus.length]!.slice(0, 80)} ${at % 50}`);
    const fit = fitTexts(many, table);
    expect(fit.rank).toBe(128);
    const embedder = embeddedEmbedder('own', fit, table);
    const [vector] = await embedder.embed([many[0]!]);
    expect(vector).toHaveLength(embedder.dimension);
    expect(Math.sqrt(innerProduct(vector!.slice(-128), vector!.slice(-128)))).toBeCloseTo(0.5, 3);
    expect(fitTexts(many.slice(1), table).rank).toBe(0);
  });
});

describe('a fit', () => {
  it('comes out the same, byte for byte, from the same texts', () => {
    const state = serialiseFit(fitTexts(corpus, table));
    expect(serialiseFit(fitTexts(corpus, table)).equals(state)).toBe(true);
    expect(nameFit(state)).toMatch(/^embedded\/[0-9a-f]{8}$/);
    expect(nameFit(serialiseFit(fitTexts(corpus.slice(1), table)))).not.toBe(nameFit(state));
  });

  it('embeds the same after it was stored and read in another process', async () => {
    const fit = fitTexts(corpus, table);
    const read = deserialiseFit(new Uint8Array(serialiseFit(fit)))!;
    const [before] = await embeddedEmbedder('a', fit, table).embed([corpus[3]!]);
    const [after] = await embeddedEmbedder('a', read, table).embed([corpus[3]!]);
    expect(after).toEqual(before);
  });

  it('survives a corpus of one text sixty times', async () => {
    const texts = Array.from({ length: 60 }, () => 'one text about one thing');
    const fit = fitTexts(texts, table);
    for (const vector of await embeddedEmbedder('one', fit, table).embed(texts)) {
      expect(vector.every(Number.isFinite)).toBe(true);
    }
  });

  it('is made anew when its format is not ours', () => {
    const state = serialiseFit(emptyFit(table));
    const other = Buffer.from(state.toString('latin1').replace('"format":2', '"format":0'), 'latin1');
    expect(deserialiseFit(other)).toBeUndefined();
  });
});
