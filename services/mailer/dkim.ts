// DKIM signatures (RFC 6376; Ed25519: RFC 8463) over a letter's headers and body.
import { createHash, sign, type KeyObject } from 'node:crypto';

export interface DkimKey {
  domain: string;
  selector: string;
  /** RSA or Ed25519. */
  key: KeyObject;
}

/** RFC 8058 (section 4) asks that both headers of a one-click unsubscription are signed; RFC 6376 (5.4.1) names the others. */
const signedHeaders = ['From', 'To', 'Subject', 'Date', 'Message-ID', 'Reply-To', 'List-Id', 'List-Unsubscribe', 'List-Unsubscribe-Post', 'MIME-Version', 'Content-Type', 'Content-Transfer-Encoding']; // prettier-ignore

/**
 * One `DKIM-Signature` header line for each key, with CRLF. `headers` are [name, value] as they are sent; the body is
 * taken as it is ("simple": only empty lines at its end do not count), so that its hash is one native call.
 */
export function dkimSignatures(
  { headers, body }: { headers: [string, string][]; body: Buffer },
  keys: readonly DkimKey[],
): string {
  if (keys.length === 0) return '';
  const bodyHash = createHash('sha256').update(withoutEmptyEnd(body)).digest('base64');
  const present = signedHeaders.flatMap((name) =>
    headers.filter(([known]) => known.toLowerCase() === name.toLowerCase()),
  );
  const names = present.map(([name]) => name.toLowerCase());
  // Named once more than it stands there: nobody can add a second From or Subject that is shown instead (RFC 6376, 8.15).
  const listed = [...names, 'from', 'subject'];
  const canonical = present.map(([name, value]) => `${relaxed(name, value)}\r\n`).join('');
  return keys.map((key) => signature(key, { listed, canonical, bodyHash })).join('');
}

function signature(
  { domain, selector, key }: DkimKey,
  { listed, canonical, bodyHash }: { listed: string[]; canonical: string; bodyHash: string },
): string {
  const isRsa = key.asymmetricKeyType === 'rsa';
  const tags = [
    `v=1; a=${isRsa ? 'rsa' : 'ed25519'}-sha256; c=relaxed/simple; d=${domain}; s=${selector};`,
    ` h=${folded(listed.join(':'), ':')};`,
    ` bh=${bodyHash};`,
    ' b=',
  ].join('\r\n');
  const input = Buffer.from(`${canonical}${relaxed('DKIM-Signature', tags)}`, 'latin1');
  // Ed25519 signs the hash of what RSA signs (RFC 8463, section 3).
  const signed = isRsa ? sign('sha256', input, key) : sign(null, createHash('sha256').update(input).digest(), key);
  return `DKIM-Signature: ${tags}${folded(signed.toString('base64'))}\r\n`;
}

/** Name in lower case, value on one line, one blank for many, none at the ends (RFC 6376, section 3.4.2). */
function relaxed(name: string, value: string): string {
  return `${name.toLowerCase()}:${value.replaceAll('\r\n', '').replaceAll('\t', ' ').split(' ').filter(Boolean).join(' ')}`;
}

/** Lines of some 70 characters; at `separator` where there is one. */
function folded(text: string, separator?: string): string {
  const lines: string[] = [''];
  for (const piece of separator
    ? text.split(separator).map((one, index) => (index > 0 ? separator : '') + one)
    : pieces(text)) {
    if (lines.at(-1)!.length + piece.length > 70) lines.push('');
    lines[lines.length - 1] += piece;
  }
  return lines.join('\r\n  ');
}

function pieces(text: string): string[] {
  return Array.from({ length: Math.ceil(text.length / 70) }, (_, at) => text.slice(at * 70, at * 70 + 70));
}

/** A body ends with one CRLF (RFC 6376, section 3.4.3). */
function withoutEmptyEnd(body: Buffer): Buffer {
  let end = body.length;
  while (end >= 4 && body.toString('latin1', end - 4, end) === '\r\n\r\n') end -= 2;
  return body.subarray(0, end);
}
