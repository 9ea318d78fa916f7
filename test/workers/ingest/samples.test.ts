// Real feeds, arXiv answers, captions and documents: each becomes items or one line that says why not.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PermanentError, TemporaryError } from '../../../core/errors.ts';
import { parseArxiv } from '../../../workers/ingest/arxiv/arxiv.ts';
import { parseCaptions } from '../../../workers/ingest/talks/captions.ts';
import { cleanItem } from '../../../workers/ingest/clean/clean.ts';
import { decodeText } from '../../../workers/ingest/clean/decode.ts';
import { parseFeed } from '../../../workers/ingest/feed.ts';
import { parseFile } from '../../../workers/ingest/folder/folder.ts';
import { blankItem, type ParsedFeed } from '../../../workers/ingest/parsed-item.ts';
import { segmentCues } from '../../../workers/ingest/talks/segment-cues.ts';
import { parseYoutube } from '../../../workers/ingest/talks/youtube.ts';

const shared = '/work/shared/data';
const isThere = existsSync(shared);
if (!isThere) console.log(`skipped: ${shared} is not on this machine`);

const url = 'https://source.example/feed';
const door = { url, language: null, now: new Date('2026-11-21') };

function filesIn(folder: string, wanted = /./): [string, Buffer][] {
  if (!isThere) return [];
  const names = readdirSync(`${shared}/${folder}`).filter((name) => wanted.test(name));
  return names.map((name) => [name, readFileSync(`${shared}/${folder}/${name}`)]);
}

/** Parses and cleans; the items, or the expected kind of failure as words. */
async function read(parse: (text: string, url: string) => ParsedFeed | Promise<ParsedFeed>, bytes: Buffer) {
  try {
    const feed = await parse(decodeText(bytes), url);
    return feed.items.map((item) => cleanItem(item, { ...door, language: feed.language }));
  } catch (error) {
    if (!(error instanceof PermanentError || error instanceof TemporaryError)) throw error;
    return error.message;
  }
}

/** No captions, whether refused or empty. */
function captionsOf(bytes: Buffer): unknown[] {
  try {
    return parseCaptions(decodeText(bytes)).cues;
  } catch (error) {
    if (error instanceof PermanentError) return [];
    throw error;
  }
}

describe.skipIf(!isThere)('samples', () => {
  test('at least 9 in 10 real feeds give items, all harmless, and none crashes', async () => {
    const results = await Promise.all(filesIn('samples/rss').map(([, bytes]) => read(parseFeed, bytes)));
    expect(results.filter((result) => typeof result !== 'string').length).toBeGreaterThan(results.length * 0.9);
    expect(results.filter((result) => typeof result === 'string').join('')).not.toContain('\n');
    for (const item of results.filter((result) => typeof result !== 'string').flat()) {
      expect(item?.html ?? '').not.toMatch(/<(script|style|iframe|img|svg|form)|javascript:|\son\w+=/i);
      expect(item?.title ?? '').not.toMatch(/\n|<(b|i|em|a)[\s>]/);
    }
  });

  test('arXiv answers give papers, its errors its own words', async () => {
    const files = filesIn('samples/arxiv');
    const results = new Map(
      await Promise.all(files.map(async ([name, bytes]) => [name, await read(parseArxiv, bytes)] as const)),
    );
    expect(results.get('arxivpy_id_abc_s0_m100_b79c8dcf6bc3.xml')).toMatch(/incorrect id format for abc/);
    expect(results.get('arxivpy_id_quant-ph_0201082v1_s0_m100_86989fe779ef.xml')).toMatchObject([
      { guid: 'quant-ph/0201082', kind: 'paper', keys: ['arxiv:quant-ph/0201082'], authors: ['Stephen Blaha'] },
    ]);
    expect(results.get('transcribed_rss_2026-09-10.xml')).toMatchObject([
      {
        guid: '2609.09159',
        title: 'Tracking at the HL-LHC with $\\mathcal{O}(n)$ graphs',
        text: 'We show $d < 2$ tracking & more.',
        version: 1,
        categories: ['hep-ex', 'cs.LG'],
      },
      { guid: '2501.00001', version: 3, isRevision: true },
    ]);
    expect(results.get('transcribed_oai_noRecordsMatch_2026-04.xml')).toEqual([]);
    expect(results.get('hepcrawl_arxiv-physics-hep-th.xml')).toContainEqual(
      expect.objectContaining({ guid: '1412.8323', authors: ['Philipp A Hoehn'], keys: ['arxiv:1412.8323'] }),
    );
    expect(results.get('hepcrawl_arxiv-single.xml')).toMatchObject([
      { guid: '1401.2122', keys: ['arxiv:1401.2122', 'doi:10.1007/s11005-017-1013-4'] },
    ]);
    const failures = [...results].filter(([, result]) => typeof result === 'string').map(([name]) => name);
    expect(failures).toEqual(['arxivpy_id_abc_s0_m100_b79c8dcf6bc3.xml']);
  });

  test('a channel gives videos whose transcripts are pending', async () => {
    const [file] = filesIn('samples/youtube', /DigitalFoundry/);
    const videos = await read(parseYoutube, file![1]);
    expect(videos).toContainEqual(
      expect.objectContaining({ guid: 'W_S7iKZZdHw', kind: 'video', transcriptState: 'pending' }),
    );
  });

  test('caption files give segments with words and no markup', () => {
    for (const [, bytes] of filesIn('samples/youtube', /vtt$|json3$/)) {
      const segments = segmentCues(parseCaptions(decodeText(bytes)).cues);
      expect(segments.length).toBeGreaterThan(0);
      expect(segments.map(({ text }) => text).join(' ')).not.toMatch(/<\/?c|-->|\[Music\]/i);
      expect(segments.every(({ startS }, at) => at === 0 || startS > segments[at - 1]!.startS)).toBe(true);
    }
  });

  test('what YouTube sends instead of captions is no captions', () => {
    for (const [, bytes] of filesIn('samples/youtube', /\.html$|innertube/)) {
      expect(captionsOf(bytes)).toEqual([]);
    }
  });
});

describe.skipIf(!isThere)('documents', () => {
  function readDocument(start: string) {
    const [file] = filesIn('documents', new RegExp(`^${start}`));
    const dropped = { path: file![0], text: decodeText(file![1]), modified: new Date('2026-11-01') };
    const reading = parseFile(dropped);
    return cleanItem('item' in reading ? reading.item : blankItem, { ...door, url: 'file:///inbox/' })!;
  }

  test('the broken newsletter reads as Chinese', () => {
    const item = readDocument('004');
    expect(item.title).toBe('NLP简报: Reformer, DeepMath, ELECTRA, TinyBERT for Search, VizSeq, Open-Sourcing ML,…');
    expect(item.text).toContain('关于信任模型的不确定性');
    expect(item.text).toContain('生产环境中的PyTorch模型');
    expect(item.text).toContain('因此 Transformer 模型在可以覆盖的上下文窗口');
    expect(item.lang).toBe('zh');
    expect(item.text).not.toContain('\ufffd');
    for (const words of ['提供', '反映了', '情感分析', '推荐', '很好的例子']) expect(item.text).toContain(words);
  });

  test('the broken transcript has its punctuation back', () => {
    const item = readDocument('001');
    expect(item.title).toBe('P25：深度学习新闻 #2，2021 年 2 月 6 日 - ShowMeAI - BV1ub4y127jj');
    expect(item.text).toContain("I can't believe we already completed the second week of this semester");
  });

  test('what was right stays as it was', () => {
    expect(readDocument('003').title).toContain('【双语字幕+资料下载】伯克利FSDL');
    expect(readDocument('000').title).toBe('Sharing of Recent NLP Trend and Research Experience');
  });
});
