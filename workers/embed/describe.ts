// The configured embedder -> what `courant doctor` says of it: name, dimension, language reach, and its speed, measured now.
import type { Config } from '../../core/config.ts';
import type { ModelDownload } from '../../core/embedder/download-model.ts';
import { embeddedEmbedder } from '../../core/embedder/embedded.ts';
import type { Embedder } from '../../core/embedder/embedder.ts';
import { emptyFit } from '../../core/embedder/fit.ts';
import { openWordTable } from '../../core/embedder/open-word-table.ts';
import { seededRandom } from '../../core/math/seeded-random.ts';
import { transformersEmbedder } from '../../core/embedder/transformers.ts';

const wordsOfAbstract = 180;
const textsAtOnce = 32;
/** Long enough to be past the first, slow texts. */
const measuredMs = 500;

/** One line. Loads the neural model, downloading it if need be, to see that it can; throws what that throws. */
export async function describeEmbedder(
  config: Pick<Config, 'EMBEDDER' | 'MODEL' | 'MODEL_PATH' | 'MODEL_HUB' | 'DATA_DIR'>,
  onProgress?: ModelDownload['onProgress'],
): Promise<string> {
  const table = openWordTable();
  const embedder =
    config.EMBEDDER === 'transformers'
      ? await transformersEmbedder(config, onProgress)
      : embeddedEmbedder('embedded', emptyFit(table), table);
  const speed = Math.round(await abstractsPerSecond(embedder, table.words));
  return `${embedder.name}, ${embedder.dimension} dimensions; ${embedder.languages}; ${speed.toLocaleString('en')} abstracts/s a core`;
}

/** Embeds made-up abstracts for half a second of processor time, which other programs' load does not stretch. */
async function abstractsPerSecond(embedder: Embedder, words: readonly string[]): Promise<number> {
  const random = seededRandom(1);
  // Words are ordered by frequency; the fourth power of chance draws them about as often as real texts do.
  const abstract = (): string =>
    Array.from({ length: wordsOfAbstract }, () => words[Math.floor(words.length * random() ** 4)]!).join(' ');
  await embedder.embed(Array.from({ length: textsAtOnce }, abstract));
  let [texts, ms] = [0, 0];
  while (ms < measuredMs) {
    const batch = Array.from({ length: textsAtOnce }, abstract);
    const started = process.cpuUsage();
    await embedder.embed(batch);
    const { user, system } = process.cpuUsage(started);
    ms += (user + system) / 1000;
    texts += textsAtOnce;
  }
  return (1000 * texts) / ms;
}
