// The content hash a curator approves: equal content, equal hash, whatever the order of keys.
import { hash } from 'node:crypto';

/** SHA-256 in hex of a JSON value, with the keys of every object sorted (as RFC 8785 orders them). */
export function digest(value: unknown): string {
  return hash('sha256', JSON.stringify(value, sortKeys), 'hex');
}

function sortKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const sorted: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const key of Object.keys(value).toSorted()) sorted[key] = (value as Record<string, unknown>)[key];
  return sorted;
}
