// A DKIM key <-> the TXT record by which others verify what it signed (RFC 6376, section 3.6.1; RFC 8463); pure.
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { StoredDkimKey } from '../store/dkim-keys.ts';

type NamedKey = Pick<StoredDkimKey, 'domain' | 'selector' | 'algorithm' | 'privateKey'>;

/** A string in a TXT record holds at most so many bytes (RFC 1035, section 3.3.14); a record may have several. */
const longestString = 255;

/** New keys of both kinds for a domain: RSA of 2,048 bits, which all verify, and Ed25519; selectors name the day. */
export function makeDkimKeys(domain: string, createdAt: Date): Omit<StoredDkimKey, 'publishedAt'>[] {
  const day = createdAt.toISOString().slice(0, 10).replaceAll('-', '');
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const ed25519 = generateKeyPairSync('ed25519').privateKey;
  return ([['rsa', rsa], ['ed25519', ed25519]] as const).map(([algorithm, key]) => ({
    domain,
    selector: `courant-${day}-${algorithm}`,
    algorithm,
    privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    createdAt,
  })); // prettier-ignore
}

/** Where the record of a key stands. */
export function recordName({ domain, selector }: Pick<NamedKey, 'domain' | 'selector'>): string {
  return `${selector}._domainkey.${domain}`;
}

/** What the record of a key says. An Ed25519 key stands there as its 32 bytes, without the envelope that RSA's has. */
export function recordText({ algorithm, privateKey }: Pick<NamedKey, 'algorithm' | 'privateKey'>): string {
  const key = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const bytes = algorithm === 'rsa' ? key : key.subarray(-32);
  return `v=DKIM1; k=${algorithm}; p=${bytes.toString('base64')}`;
}

/** The record as a line of a zone file, in strings that are short enough. */
export function zoneLine(key: NamedKey): string {
  const text = recordText(key);
  const strings = Array.from({ length: Math.ceil(text.length / longestString) }, (_, at) =>
    text.slice(at * longestString, (at + 1) * longestString),
  );
  return `${recordName(key)}. IN TXT ${strings.map((one) => `"${one}"`).join(' ')}`;
}

/** Whether a record that was found is the one of this key: blanks and the order of its tags do not matter. */
export function isRecordOf(found: string, key: Pick<NamedKey, 'algorithm' | 'privateKey'>): boolean {
  const [there, wanted] = [tagsOf(found), tagsOf(recordText(key))];
  return there.get('p') === wanted.get('p') && (there.get('k') ?? 'rsa') === key.algorithm;
}

function tagsOf(record: string): Map<string, string> {
  return new Map(
    record.split(';').map((tag) => {
      const at = tag.indexOf('=');
      return [
        tag.slice(0, at).trim(),
        tag
          .slice(at + 1)
          .replaceAll(' ', '')
          .trim(),
      ];
    }),
  );
}
