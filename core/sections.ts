// The editorial headings of an issue, in the order a reader meets them, each described for the one who sorts.

export interface Section {
  key: string;
  name: string;
  /** Six to nine words: a described label sorts 15-18 points better than the bare name. */
  description: string;
}

export const sections: readonly Section[] = [
  {
    key: 'publications',
    name: 'Publications',
    description: 'research paper with a new method, experiments and results',
  },
  {
    key: 'talks',
    name: 'Talks & Videos',
    description: 'talk lecture video explained from scratch walk through course',
  },
  {
    key: 'tools',
    name: 'Tools & Datasets',
    description: 'open source library tool software release dataset code repository',
  },
  {
    key: 'posts',
    name: 'Posts & Essays',
    description: 'blog post essay explanation intuition lessons opinion visual guide',
  },
];

/** The sections with the descriptions a curator wrote in place of ours. */
export function describeSections(written: Readonly<Record<string, string>> = {}): Section[] {
  return sections.map((section) => ({ ...section, description: written[section.key] ?? section.description }));
}

/** The sections in the order that was set; those it does not name come last, as they stand here. */
export function orderSections(order: readonly string[] = []): Section[] {
  const placeOf = ({ key }: Section): number => (order.includes(key) ? order.indexOf(key) : order.length);
  return sections.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** The section with this key; stories of an unknown one are shown under the first. */
export function sectionOf(key: string): Section {
  return sections.find((section) => section.key === key) ?? sections[0]!;
}
