// Whether a signature was made about now: one that was seen once must not serve for ever.

/** Providers that try a hook again may send the signature of their first try; they give up within a day. */
export const aDaySeconds = 86_400;

/** `time` in seconds since 1970, as providers send it; false for what is no number. */
export function isFresh(time: string, { now, seconds }: { now: Date; seconds: number }): boolean {
  return Math.abs(now.getTime() / 1000 - Number(time)) <= seconds;
}
