// A second of a talk -> how it is written, and the address that leads to it; pure.

/** 760 -> "12:40", 4000 -> "1:06:40". */
export function clock(seconds: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
}

/** The talk from this second on; YouTube's own parameter, which other players leave alone. */
export function atSecond(url: string, seconds: number): string {
  if (!URL.canParse(url)) return url;
  const address = new URL(url);
  address.searchParams.set('t', `${Math.floor(seconds)}s`);
  return address.href;
}
