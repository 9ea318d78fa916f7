// A line of the audit -> its words, and field by field what was and what is; pure.
import type { AuditEntry } from '../../core/store/curators.ts';
import { tellAct, type Act } from './issue/act-words.ts';

/** Longer values are cut: an intro has 5,000 characters. */
const longest = 300;

/** As the log and the histories of the desk show it. */
export function tellEntry({ action, before, after }: Pick<AuditEntry, 'action' | 'before' | 'after'>): {
  action: string;
  changes: Act['changes'];
} {
  const act = tellAct({ action, before, after });
  return { action: act?.words ?? action, changes: act?.changes ?? tellChanges(before, after) };
}

/** Field by field what it was and what it is; a field that stayed is left out. */
function tellChanges(before: unknown, after: unknown): Act['changes'] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  // Lines of splits and joins once kept the token of their form.
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((name) => name !== '_csrf');
  return names
    .map((name) => ({ name, before: tell(was[name]), after: tell(is[name]) }))
    .filter((change) => change.before !== change.after);
}

function fieldsOf(value: unknown): Record<string, unknown> {
  if (value === null || value === undefined) return {};
  return typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : { value };
}

function tell(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
