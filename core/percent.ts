// A share -> a percentage as English writes it; pure.

/** The share that `part` is of `whole`: "13%", with one digit "12.5%"; a dash where there is nothing to be a part of. */
export function percentOf(part: number, whole: number, digits = 0): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(digits)}%`;
}

/** The same of a share from 0 to 1; a dash where there is none. */
export function percent(share: number | null, digits = 0): string {
  return share === null ? '–' : percentOf(share, 1, digits);
}
