// A form of the site -> its name and version, as it is kept with what somebody agreed to by it: "subscribe-form 1f3a99c2".
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The version is of the template's own text, so that nobody has to count; the words above the button are kept as they were read. */
export function formVersion(name: 'subscribe-form' | 'confirm'): string {
  const markup = readFileSync(new URL(`../templates/pages/${name}.liquid`, import.meta.url));
  return `${name} ${hash('sha256', markup).slice(0, 8)}`;
}
