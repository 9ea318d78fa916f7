// stories and what curators said of earlier ones -> a section for each, with how sure that is.
import type { House } from '../../core/house.ts';
import { describeSections, sections } from '../../core/sections.ts';
import { sectionLabels, type SectionChoice, type SectionLabel } from '../../core/store/section-labels.ts';
import { loadSettings } from '../../core/store/settings.ts';
import { vectorsOf } from '../../core/store/vectors.ts';
import { openEmbedder } from '../../core/embedder/open-embedder.ts';
import { runInThread } from '../../core/threads.ts';
import { expectedSections, kindOf, ruledSection, type SectionedHeadline } from './choose-section.ts';
import type { SortingTask } from './sort-stories.ts';

/** The section of each story, given by its headline: a rule's, else the likeliest by its words. */
export async function sortIntoSections(
  house: House,
  headlines: readonly SectionedHeadline[],
  stop: AbortSignal,
): Promise<SectionChoice[]> {
  const { db } = house;
  const embedder = await openEmbedder(house);
  const labels = await sectionLabels(db);
  const ids = [...headlines, ...labels.map(({ itemId }) => ({ id: itemId }))].map(({ id }) => id);
  const vectors = new Map<number, Float32Array>();
  for (const { itemId, segment, vector } of await vectorsOf(db, embedder.name, ids)) {
    if (segment === 0) vectors.set(itemId, vector);
  }
  const compared = headlines.filter((headline) => ruledSection(headline) === undefined && vectors.has(headline.id));
  const described = describeSections((await loadSettings(db)).sectionDescriptions);
  const shares = await runInThread<typeof import('./sort-stories.ts'), 'sortStories'>({
    file: new URL('sort-stories.ts', import.meta.url),
    name: 'sortStories',
    pool: 'drafts',
    input: {
      stories: compared.map(({ id }) => vectors.get(id)!),
      kinds: compared.map(kindOf),
      sections: await embedder.embed(described.map(({ description }) => description)),
      expected: expectedSections,
      known: knownStories(labels, vectors),
    },
    stop,
  });
  const rows = new Map(compared.map(({ id }, row) => [id, row]));
  return headlines.map((headline) => {
    const ruled = ruledSection(headline);
    if (ruled !== undefined) return { section: ruled, confidence: 1, by: 'rule' };
    const row = rows.get(headline.id);
    // Without a vector the kind alone speaks.
    return row === undefined ? likeliest(expectedSections[kindOf(headline)]!) : likeliest(rowOf(shares, row));
  });
}

function knownStories(
  labels: readonly SectionLabel[],
  vectors: ReadonlyMap<number, Float32Array>,
): SortingTask['known'] {
  return labels.flatMap((label) => {
    const vector = vectors.get(label.itemId);
    const section = sections.findIndex(({ key }) => key === label.section);
    return vector && section >= 0 ? [{ vector, section, kind: kindOf(label) }] : [];
  });
}

function rowOf(shares: Float32Array, row: number): number[] {
  return [...shares.subarray(row * sections.length, (row + 1) * sections.length)];
}

function likeliest(shares: readonly number[]): SectionChoice {
  const confidence = Math.max(...shares);
  return { section: sections[shares.indexOf(confidence)]!.key, confidence: Math.min(1, confidence), by: 'words' };
}
