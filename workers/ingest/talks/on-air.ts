// What YouTube's player or yt-dlp says of a video -> when it goes on air, where it has not ended yet; pure.
import { minuteMs, hourMs, dayMs, weekMs } from '../../../core/time.ts';

export interface NotOnAir {
  /** In a few words. */
  reason: string;
  /** Null where nobody says. */
  airsAt: Date | null;
}

/** Reads a response of the player: announced, a premiere to come, or live now; undefined for a video that can be watched. */
export function readPlayerAir(body: string): NotOnAir | undefined {
  const isLive = /"isLive(?:Now)?":\s*true/.test(body);
  const isAhead =
    /"status":\s*"LIVE_STREAM_OFFLINE"/.test(body) ||
    /"isUpcoming":\s*true/.test(body) ||
    /"(?:Premieres in|This live event will begin)\b/.test(body);
  if (!isLive && !isAhead) return undefined;
  const seconds = /"scheduledStartTime":\s*"?(\d{9,11})\b/.exec(body)?.[1];
  const said = /"startTimestamp":\s*"([^"]{10,40})"/.exec(body)?.[1];
  const at = new Date(seconds === undefined ? (said ?? Number.NaN) : Number(seconds) * 1000);
  return { reason: isLive ? 'it is live now' : 'it is not on air yet', airsAt: Number.isNaN(at.getTime()) ? null : at };
}

const unitMs: Record<string, number> = { minute: minuteMs, hour: hourMs, day: dayMs, week: weekMs };

/** Reads what yt-dlp prints: its own fields, or what it repeats of the page ("Premieres in 3 hours"). */
export function readPrintedAir(said: string, now: Date): NotOnAir | undefined {
  const [, status, seconds] =
    /live_status=(is_upcoming|is_live)\b(?:.{0,40}release_timestamp=(\d{9,11})\b)?/.exec(said) ?? [];
  if (status !== undefined) {
    const airsAt = seconds === undefined ? null : new Date(Number(seconds) * 1000);
    return { reason: status === 'is_live' ? 'it is live now' : 'it is not on air yet', airsAt };
  }
  const [whole, count, unit] =
    /(?:Premieres|Premiere will begin|live event will begin)(?: in (?:(\d{1,4}) (minute|hour|day|week)s?|a few moments|\w+)| shortly)?/i.exec(
      said,
    ) ?? [];
  if (whole === undefined) return undefined;
  const airsAt = unit === undefined ? null : new Date(now.getTime() + Number(count) * unitMs[unit.toLowerCase()]!);
  return { reason: 'it is not on air yet', airsAt };
}
