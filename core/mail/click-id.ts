// Who was sent which letter <-> the id in its links; pure.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createMac } from '../crypto/mac.ts';

export interface LetterTarget {
  readerId: number;
  issueId: number;
}

export interface ClickTarget extends LetterTarget {
  /** 0: the link that no person sees. */
  storyId: number;
}

/** What `keyFor` is asked for. */
export const clickPurpose = 'courant click links';
const payloadBytes = 12;
const letterBytes = 8;
/** 96 bits: nobody guesses one, and a link stays short. */
const signatureBytes = 12;

/** Returns what signs letters with a key: 27 characters, two 32-bit ids and the first 96 bits of their HMAC-SHA-256 (RFC 2104). */
export function letterSigner(key: Buffer): (target: LetterTarget) => string {
  const mac = createMac(key, letterBytes);
  const id = Buffer.alloc(letterBytes + signatureBytes);
  return ({ readerId, issueId }) => {
    id.writeUInt32BE(readerId, 0);
    id.writeUInt32BE(issueId, 4);
    mac(id).copy(id, letterBytes, 0, signatureBytes);
    return id.toString('base64url');
  };
}

/** The ids behind a letter's links; undefined for one that was not signed with this key. */
export function readLetter(key: Buffer, id: string): LetterTarget | undefined {
  const bytes = Buffer.from(id, 'base64url');
  if (bytes.length !== letterBytes + signatureBytes) return undefined;
  const payload = bytes.subarray(0, letterBytes);
  if (!timingSafeEqual(bytes.subarray(letterBytes), signatureOf(key, payload))) return undefined;
  return { readerId: payload.readUInt32BE(0), issueId: payload.readUInt32BE(4) };
}

/** The id of one link, as letters had them before each letter had one. 32 characters: three 32-bit ids and the first 96 bits of their HMAC-SHA-256 (RFC 2104). */
export function signClick(key: Buffer, { readerId, issueId, storyId }: ClickTarget): string {
  const payload = Buffer.alloc(payloadBytes);
  payload.writeUInt32BE(readerId, 0);
  payload.writeUInt32BE(issueId, 4);
  payload.writeUInt32BE(storyId, 8);
  return Buffer.concat([payload, signatureOf(key, payload)]).toString('base64url');
}

/** The ids behind a link; undefined for one that was not signed with this key. */
export function readClick(key: Buffer, id: string): ClickTarget | undefined {
  const bytes = Buffer.from(id, 'base64url');
  if (bytes.length !== payloadBytes + signatureBytes) return undefined;
  const payload = bytes.subarray(0, payloadBytes);
  if (!timingSafeEqual(bytes.subarray(payloadBytes), signatureOf(key, payload))) return undefined;
  return { readerId: payload.readUInt32BE(0), issueId: payload.readUInt32BE(4), storyId: payload.readUInt32BE(8) };
}

function signatureOf(key: Buffer, payload: Buffer): Buffer {
  return createHmac('sha256', key).update(payload).digest().subarray(0, signatureBytes);
}
