// A process that fetches pages of ORIGIN and prints the most memory it had taken after each path: `node dist/test/core/fetch-for-memory.js ORIGIN PATH...`.
import { guardedFetch } from '../../core/http.ts';

const [origin, ...paths] = process.argv.slice(2) as [string, ...string[]];
const peaks: number[] = [];
for (const path of paths) {
  // Several times, so that the first holds what a process takes by and by.
  for (let time = 0; time < 4; time++) {
    await guardedFetch(`${origin}${path}`, {
      allow: [new URL(origin).host],
      maxBytes: 5_000_000,
      now: () => new Date(),
    }).catch(() => undefined);
  }
  peaks.push(process.resourceUsage().maxRSS * 1024);
}
process.stdout.write(JSON.stringify(peaks));
