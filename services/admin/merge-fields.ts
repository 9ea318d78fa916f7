// A form that was filled in from what stood then, and what stands now -> what both people changed, or a page with both texts.
import type { TypedFields } from '../read-fields.ts';
import { EditConflict } from './issue/ask-first.ts';
import { capitalise } from '../../core/text/capitalise.ts';

/** What a form shows, for its field `seen`. */
export function seenIn(shown: TypedFields): string {
  return JSON.stringify(shown);
}

/**
 * The typed fields, of which those that were left as the form showed them hold what somebody else has put there since. Throws
 * EditConflict where two changed the same field to two things. A form without `seen` is taken as it is.
 */
export function mergeFields(
  typed: TypedFields,
  { now, what }: { now: TypedFields; what: string },
): Readonly<Record<string, string>> {
  const seen = readSeen(typed['seen']);
  const merged: Record<string, string> = { ...typed };
  const both = [];
  for (const [name, theirs] of Object.entries(now)) {
    const [was, mine] = [seen[name], typed[name]];
    if (was === undefined || mine === undefined || was === theirs || isSame(mine, theirs)) continue;
    if (isSame(mine, was)) merged[name] = theirs;
    else both.push({ name, label: nameOf(name), theirs, mine });
  }
  if (both.length === 0) return merged;
  // Of the other fields the page sends again what was typed before it: they are compared with what that form saw.
  const shown = Object.fromEntries(both.map(({ name, theirs }) => [name, theirs]));
  throw new EditConflict(`Somebody changed ${what} while you did.`, {
    fields: both,
    seen: seenIn({ ...seen, ...shown }),
  });
}

/** Browsers send a line's end as two characters. */
function isSame(typed: string, shown: string): boolean {
  return typed.replaceAll('\r\n', '\n').trim() === shown.trim();
}

function readSeen(text: string | undefined): TypedFields {
  try {
    const seen: unknown = JSON.parse(text ?? '{}');
    if (typeof seen !== 'object' || seen === null) return {};
    return Object.fromEntries(
      Object.entries(seen).filter((field): field is [string, string] => typeof field[1] === 'string'),
    );
  } catch {
    // No form of ours wrote it.
    return {};
  }
}

/** "postalAddress" is "Postal address". */
function nameOf(name: string): string {
  return capitalise(name.replaceAll(/(?=[A-Z])|-/g, ' ').toLowerCase());
}
