// A time zone as feeds write it behind a time -> minutes east of Greenwich; pure.
import { IANAZone } from 'luxon';

// RFC 822, 5.1, then the abbreviations met most; where several zones share one ("IST", "BST"), that of most feeds.
// prettier-ignore
const named: Record<string, number> = {
  ut: 0, utc: 0, gmt: 0, z: 0, wet: 0,
  est: -300, edt: -240, cst: -360, cdt: -300, mst: -420, mdt: -360, pst: -480, pdt: -420,
  et: -300, ct: -360, mt: -420, pt: -480, akst: -540, akdt: -480, hst: -600, ast: -240, adt: -180,
  nst: -210, ndt: -150, brt: -180, art: -180, clt: -240, cot: -300,
  west: 60, bst: 60, cet: 60, cest: 120, mez: 60, mesz: 120, met: 60, mest: 120, eet: 120, eest: 180, msk: 180, trt: 180,
  ist: 330, pkt: 300, wib: 420, ict: 420, hkt: 480, sgt: 480, pht: 480, awst: 480, jst: 540, kst: 540,
  acst: 570, acdt: 630, aest: 600, aedt: 660, nzst: 720, nzdt: 780, sast: 120, cat: 120, eat: 180, wat: 60,
};

const offset = /^[\s:(]*(?:\p{L}{1,5}\s*)?-?([+-])(\d{1,2}):?(\d{2})?(?!\d)/u;
const name = /^[\s(]*(\p{L}[\w/+-]*)/u;

/**
 * The zone at the start of `text`: "+0100", "-08:00", "GMT+1", "EST", "Europe/Berlin"; `localMs` is the time as written, for
 * places with summer time. No zone, an unknown one, and one beyond -12 to +14 hours count as UTC.
 */
export function readZone(text: string, localMs: number): number {
  const [, sign, hours, minutes = '0'] = offset.exec(text) ?? [];
  if (sign) {
    const size = Number(hours) * 60 + Number(minutes);
    const east = sign === '-' ? -size : size;
    return east >= -720 && east <= 840 ? east : 0;
  }
  const [, word] = name.exec(text) ?? [];
  if (word === undefined) return 0;
  return word.includes('/') ? zoneOffset(word, localMs) : (named[word.toLowerCase()] ?? 0);
}

function zoneOffset(zoneName: string, localMs: number): number {
  const zone = IANAZone.create(zoneName);
  // Twice, since the first guess may lie on the other side of a change of clocks.
  return zone.isValid ? zone.offset(localMs - zone.offset(localMs) * 60_000) : 0;
}
