// Text -> its language as ISO 639-1, else what the source says; pure.
import { eld } from 'eld/large';

/** Longer samples take longer and are right no more often. */
const maxSample = 120;

/** Trusts the text when it is long enough to tell (.998 right at 40 characters), the source's word otherwise. */
export function detectLanguage(text: string, declared: string | null): string {
  const sample = text
    .slice(0, 2000)
    .replace(/https?:\/\/\S+|\$[^$]{1,200}\$/g, ' ')
    .slice(0, maxSample);
  const said = /^[a-z]{2}(?=[-_]|$)/i.exec(declared ?? '')?.[0].toLowerCase();
  if (sample.trim().length < 40 && !/[\u0250-\uffff]/.test(sample)) return said ?? 'en';
  const result = eld.detect(sample);
  return result.language && (result.isReliable() || said === undefined) ? result.language : (said ?? 'en');
}
