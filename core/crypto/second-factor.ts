// Codes of a curator's app (TOTP, RFC 6238) and recovery codes: made, shown once, checked. Secrets are sealed, codes are kept as keyed hashes.
import { createHmac, randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { Queryable } from '../db.ts';
import type { House } from '../house.ts';
import { seal, unseal } from './sealed.ts';
import { keyFor } from './secret-key.ts';
import { lockFactor, noteFailure, noteUse, replaceRecoveryCodes, takeRecoveryCode } from '../store/second-factors.ts';

/** Of the instance. They are asked for before a transaction: on the embedded database a question within it would wait for itself. */
export interface FactorKeys {
  secrets: Buffer;
  codes: Buffer;
}

export async function factorKeys(house: Pick<House, 'config' | 'db'>): Promise<FactorKeys> {
  return {
    secrets: await keyFor(house, 'courant second factor'),
    codes: await keyFor(house, 'courant recovery codes'),
  };
}

/** What every app can do. */
const [digits, period] = [6, 30];
/** A clock may be half a minute off, either way. */
const window = 1;
const [codes, codeBytes] = [10, 10];
/** Crockford's base 32 without what looks alike. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

const ownerOf = (curatorId: number): string => `curator ${curatorId}`;

/** A new secret of 160 bits, sealed for its curator. */
export function makeSecret(keys: FactorKeys, curatorId: number): string {
  return seal(keys.secrets, new Secret({ size: 20 }).base32, ownerOf(curatorId));
}

/** What an app is given: the secret to type, and the address a camera reads. */
export function showSecret(
  keys: FactorKeys,
  { curatorId, email, sealed, publication }: { curatorId: number; email: string; sealed: string; publication: string },
) {
  const secret = unseal(keys.secrets, sealed, ownerOf(curatorId));
  // A colon parts the issuer from the name.
  const uri = new TOTP({ issuer: publication.replaceAll(':', ' '), label: email, secret, digits, period }).toString();
  return {
    uri,
    words: Array.from({ length: secret.length / 4 }, (_, at) => secret.slice(4 * at, 4 * at + 4)).join(' '),
  };
}

/** Locked: no code is taken until then; it is new when the code that was just typed locked it. */
export type CodeVerdict = { is: 'right' | 'wrong' | 'none' } | { is: 'locked'; until: Date; isNew: boolean };

/**
 * Checks what a curator typed, a code of the app or a recovery code, and writes down what came of it, on a transaction that
 * must be committed whatever it says: a wrong one counts. The row is locked, so that each code is taken once.
 */
export async function checkCode(
  keys: FactorKeys,
  tx: Queryable,
  { curatorId, typed, now }: { curatorId: number; typed: string; now: Date },
): Promise<CodeVerdict> {
  const factor = await lockFactor(tx, curatorId);
  if (!factor) return { is: 'none' };
  if (factor.lockedUntil !== null && factor.lockedUntil > now)
    return { is: 'locked', until: factor.lockedUntil, isNew: false };
  // Full-width digits are what keyboards for Chinese type.
  const code = typed.normalize('NFKC').toLowerCase().replaceAll(' ', '').replaceAll('-', '').trim();
  const secret = unseal(keys.secrets, factor.secret, ownerOf(curatorId));
  // The library compares in constant time.
  const delta = isOfApp(code)
    ? new TOTP({ secret, digits, period }).validate({ token: code, timestamp: now.getTime(), window })
    : null;
  const step = delta === null ? null : Math.floor(now.getTime() / 1000 / period) + delta;
  const isNew = step !== null && step > factor.lastStep;
  const isRecovery = !isNew && factor.confirmedAt !== null && (await takeRecoveryCode(tx, { curatorId, hash: hashCode(keys, code), at: now })) > 0; // prettier-ignore
  if (isNew || isRecovery) {
    await noteUse(tx, { curatorId, step: isNew ? step : null, at: now });
    return { is: 'right' };
  }
  const until = await noteFailure(tx, curatorId, now);
  return until ? { is: 'locked', until, isNew: true } : { is: 'wrong' };
}

/** The library throws for what has other bytes than the digits it compares with. */
function isOfApp(code: string): boolean {
  return code.length === digits && Array.from(code).every((digit) => digit >= '0' && digit <= '9');
}

/** Makes ten recovery codes in the place of earlier ones; they are returned and kept nowhere. */
export async function makeRecoveryCodes(keys: FactorKeys, tx: Queryable, curatorId: number): Promise<string[]> {
  const made = Array.from({ length: codes }, () => Array.from(randomBytes(codeBytes), (byte) => alphabet[byte % 32]!).join('')); // prettier-ignore
  const hashes = made.map((code) => hashCode(keys, code));
  await replaceRecoveryCodes(tx, curatorId, hashes);
  return made.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`);
}

function hashCode({ codes: key }: FactorKeys, code: string): string {
  return createHmac('sha256', key).update(code).digest('hex');
}
