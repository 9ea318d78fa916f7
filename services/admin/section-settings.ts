// `/desk/settings/sections`: how each section is described to the sorter of stories, and in which order readers meet them.
import { z } from 'zod';
import { oneLine } from '../../core/one-line.ts';
import { describeSections, orderSections, sections } from '../../core/sections.ts';
import type { Settings } from '../../core/store/settings.ts';

/** Six to nine words sort 15 to 18 points better than the bare name; more blur what it is about. */
const description = (name: string) =>
  z
    .string({ error: `Describe ${name}.` })
    .overwrite(oneLine)
    .max(200, `Describe ${name} in at most 200 characters.`)
    .refine((text) => {
      const words = text.split(/\s+/).length;
      return words >= 6 && words <= 9;
    }, `Describe ${name} in six to nine words.`);
const place = z.coerce.number().int().min(1).max(sections.length).optional();

/** The description of each section under its key, and its place under `place-KEY`. */
export const sectionsForm = z
  .object(
    Object.fromEntries(
      sections.flatMap(({ key, name }): [string, z.ZodType][] => [
        [key, description(name)],
        [`place-${key}`, place],
      ]),
    ),
  )
  .superRefine((form: Record<string, unknown>, context) => {
    const taken = new Map<unknown, string>();
    for (const { key, name } of sections) {
      const chosen = form[`place-${key}`];
      const other = taken.get(chosen);
      if (chosen !== undefined && other !== undefined)
        context.addIssue({
          code: 'custom',
          path: [`place-${key}`],
          message: `${name} cannot have the place of ${other}.`,
        });
      taken.set(chosen, name);
    }
  });

/** The answers as settings; a form without places leaves the order. */
export function sectionSettings(form: Record<string, unknown>): Pick<Settings, 'sectionDescriptions' | 'sectionOrder'> {
  const placeOf = (key: string): number => Number(form[`place-${key}`] ?? 0);
  const keys = sections.map(({ key }) => key);
  return {
    sectionDescriptions: Object.fromEntries(keys.map((key) => [key, String(form[key])])),
    ...(keys.every((key) => placeOf(key) > 0)
      ? { sectionOrder: keys.toSorted((a, b) => placeOf(a) - placeOf(b)) }
      : {}),
  };
}

/** What the settings page shows of them, in their order. */
export function showSectionSettings({ sectionDescriptions, sectionOrder }: Settings) {
  const ordered = orderSections(sectionOrder);
  const described = describeSections(sectionDescriptions);
  const values = [
    ...described.map(({ key, description: words }) => [key, words]),
    ...ordered.map(({ key }, at) => [`place-${key}`, String(at + 1)]),
  ];
  return {
    values: Object.fromEntries(values) as Record<string, string>,
    shown: { sectionList: ordered, places: sections.map((_section, at) => String(at + 1)) },
  };
}
