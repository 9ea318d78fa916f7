// A second of a talk -> how it is written, and the address that leads to it; pure.

/** 760 -> "12:40", 4000 -> "1:06:40". */
export function formatTalkTime(seconds: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
}

/**
 * The talk from this second on: of a recording a fragment that browsers know (Media Fragments URI 1.0, 4.2.1), else YouTube's
 * own parameter, which other players leave alone.
 */
export function atSecond(url: string, seconds: number): string {
  if (!URL.canParse(url)) return url;
  const address = new URL(url);
  if (/\.(?:mp3|m4a|m4b|aac|og[agv]|opus|flac|wav|mp4|m4v|webm)$/i.test(address.pathname)) {
    address.hash = `t=${Math.floor(seconds)}`;
    return address.href;
  }
  address.searchParams.set('t', `${Math.floor(seconds)}s`);
  return address.href;
}
