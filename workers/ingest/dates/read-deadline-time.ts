// A date and a time zone as lists of deadlines write them -> the moment they name; pure.
import { DateTime, IANAZone } from 'luxon';

/** Names that are no zone of the IANA, in minutes east of Greenwich; "EST" is taken at its word, also in summer. */
const fixed: Record<string, number> = {
  aoe: -720,
  'anywhere on earth': -720,
  z: 0,
  gmt: 0,
  utc: 0,
  pst: -480,
  pdt: -420,
  mst: -420,
  mdt: -360,
  cst: -360,
  cdt: -300,
  est: -300,
  edt: -240,
  cet: 60,
  cest: 120,
  jst: 540,
};

/**
 * The moment of "2026-05-15 23:59:59" or "2026-05-15" (its end) in a zone such as "UTC-12", "AoE" (the last place on earth
 * where the day ends) or "America/New_York"; undefined when either is none. An hour that a clock skips in spring is
 * taken as the one after it.
 */
export function readDeadlineTime(text: string, zoneName: string): Date | undefined {
  const zone = readZone(zoneName);
  if (zone === undefined) return undefined;
  const iso = text.trim().replaceAll('/', '-').replace(/\s+/, 'T');
  if (!/^\d{4}-\d\d?-\d\d?/.test(iso)) return undefined;
  const padded = iso.replace(/-(\d)(?=-|T|$)/g, '-0$1');
  const moment = DateTime.fromISO(padded.includes('T') ? padded : `${padded}T23:59:59`, { zone });
  return moment.isValid ? moment.toJSDate() : undefined;
}

/** A zone by a name luxon knows. */
function readZone(name: string): string | undefined {
  const bare = name.trim();
  const minutes = fixed[bare.toLowerCase()] ?? readOffset(bare);
  if (minutes !== undefined) return offsetName(minutes);
  return IANAZone.isValidZone(bare) ? bare : undefined;
}

function readOffset(name: string): number | undefined {
  const [, sign, hours, minutes = '0'] = /^(?:UTC|GMT)?\s*([+-])\s*(\d{1,2})(?::?(\d{2}))?$/i.exec(name) ?? [];
  if (sign === undefined || Number(hours) > 14) return undefined;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function offsetName(minutes: number): string {
  const size = Math.abs(minutes);
  return `UTC${minutes < 0 ? '-' : '+'}${Math.floor(size / 60)}:${String(size % 60).padStart(2, '0')}`;
}
