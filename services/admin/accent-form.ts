// The accent of the publication, asked on the settings page: checked where it is typed, so that words in it can be read.
import { z } from 'zod';
import { accentOf, isColour, ownAccent, whyNoAccent } from '../../core/brand.ts';
import type { LoadedSettings, Settings } from '../../core/store/settings.ts';

const wrong = 'A colour is a # and six digits from 0 to f, such as #1f5fa8.';

/** The question; empty is our own colour. */
export const accentForm = z.object({
  accent: z
    .string({ error: wrong })
    .trim()
    .toLowerCase()
    .transform((typed, context) => {
      if (typed === '') return '';
      const colour = typed.startsWith('#') ? typed : `#${typed}`;
      const message = isColour(colour) ? whyNoAccent(colour) : wrong;
      if (message === undefined) return colour;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }),
});

/** The answer as a setting. */
export function accentSettings({ accent }: z.infer<typeof accentForm>): Pick<Settings, 'accent'> {
  return { accent };
}

/** What the page shows in its field, and the colours that come of it. */
export function showAccent({ accent, logo }: LoadedSettings) {
  const { light, dark } = accentOf(accent);
  return {
    values: { accent },
    shown: { ownAccent: ownAccent.light, colours: { light, dark }, hasLogo: logo !== null },
  };
}
