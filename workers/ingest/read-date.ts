// A date as feeds write it -> a moment, or null: RFC 822 and 3339, their misspellings, and no date made up.

const zones: Record<string, number> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  cet: 60,
  cest: 120,
  bst: 60,
  ist: 330,
  jst: 540,
  kst: 540,
  msk: 180,
};
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const time = String.raw`(?:[T\s,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap]m)?)?\s*`;
const zone = String.raw`(?:\(?(?:gmt|utc?)?([+-]\d{1,2}:?\d{2}|[a-z]{1,5})\)?)?`;
const isoLike = new RegExp(String.raw`^(\d{4})-?(\d{2})(?:-?(\d{2}))?${time}${zone}`, 'i');
const rfcLike = new RegExp(
  String.raw`^(?:[a-z]+\.?,?\s+)?(\d{1,2})[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{2,4})${time}${zone}`,
  'i',
);
const american = new RegExp(String.raw`^(?:[a-z]+\.?,?\s+)?([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})${time}${zone}`, 'i');

/** The moment `value` names; without a zone it is taken as UTC, so that it means the same on every machine. */
export function readDate(value: string | null | undefined): Date | null {
  const text = value?.slice(0, 200).trim().replace(/\s+/g, ' ') ?? '';
  const iso = isoLike.exec(text);
  if (iso) return moment({ year: iso[1], month: Number(iso[2]) - 1, day: iso[3] ?? '1', rest: iso.slice(4) });
  const rfc = rfcLike.exec(text);
  if (rfc) return moment({ year: rfc[3], month: monthOf(rfc[2]), day: rfc[1], rest: rfc.slice(4) });
  const us = american.exec(text);
  if (us) return moment({ year: us[3], month: monthOf(us[1]), day: us[2], rest: us.slice(4) });
  const spelled = /^[a-z]+ [a-z]{3} \d+ [\d:]+ (?:[a-z]+ )?\d{4}$/i.test(text) ? Date.parse(`${text} UTC`) : NaN;
  return Number.isNaN(spelled) ? null : new Date(spelled);
}

interface Parts {
  year: string | undefined;
  month: number;
  day: string | undefined;
  /** Hour, minute, second, am or pm, zone. */
  rest: (string | undefined)[];
}

function moment({ year = '', month, day, rest }: Parts): Date | null {
  const [hour = '0', minute = '0', second = '0', half, zoneName] = rest;
  const fullYear = year.length === 2 ? Number(year) + (Number(year) < 70 ? 2000 : 1900) : Number(year);
  const hours = (Number(hour) % (half ? 12 : 24)) + (half?.toLowerCase() === 'pm' ? 12 : 0);
  const days = Number(hour) === 24 ? Number(day) + 1 : Number(day);
  if (month < 0 || month > 11 || Number(day) > 31) return null;
  const ms = Date.UTC(fullYear, month, days, hours, Number(minute) - offsetOf(zoneName), Number(second));
  return Number.isNaN(ms) ? null : new Date(ms);
}

function monthOf(name = ''): number {
  return months.indexOf(name.slice(0, 3).toLowerCase());
}

/** Minutes east of Greenwich; an unknown name counts as UTC. */
function offsetOf(name: string | undefined): number {
  const [, sign, hours, minutes] = /^([+-])(\d{1,2}):?(\d{2})$/.exec(name ?? '') ?? [];
  if (sign) return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  return zones[name?.toLowerCase() ?? ''] ?? 0;
}
