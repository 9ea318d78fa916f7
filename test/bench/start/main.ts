// A start of the whole program: from dist/ beside the sources read through tsx, each in processes of their own. The last line is JSON.
import { execFileSync } from 'node:child_process';

const runs = 5;

/** CPU and the time until everything is loaded, in ms, and the memory then, in MB. */
interface Start {
  cpuMs: number;
  ms: number;
  mb: number;
}

function startOf(folder: string, ending: string, loader: string[]): Start {
  const program = `
    await import('./${folder}services/start.${ending}');
    await import('./${folder}workers/start.${ending}');
    const { user, system } = process.cpuUsage();
    const mb = process.memoryUsage.rss() / 1e6;
    console.log(JSON.stringify({ cpuMs: (user + system) / 1000, ms: performance.now(), mb }));`;
  const output = execFileSync(process.execPath, [...loader, '--input-type=module', '--eval', program]);
  return JSON.parse(output.toString()) as Start;
}

function medianOf(starts: readonly Start[]): Start {
  const middle = (name: keyof Start): number =>
    Math.round(starts.map((start) => start[name]).toSorted((a, b) => a - b)[Math.floor(starts.length / 2)]!);
  return { cpuMs: middle('cpuMs'), ms: middle('ms'), mb: middle('mb') };
}

const [compiled, loaded]: [Start[], Start[]] = [[], []];
for (let run = 0; run < runs; run++) {
  compiled.push(startOf('dist/', 'js', []));
  loaded.push(startOf('', 'ts', ['--import', 'tsx']));
}
const [ours, tsx] = [medianOf(compiled), medianOf(loaded)];
process.stdout.write(`from dist: ${JSON.stringify(ours)}\nthrough tsx: ${JSON.stringify(tsx)}\n`);
const [cpu_vs_tsx, mb_vs_tsx] = [ours.cpuMs / tsx.cpuMs, ours.mb / tsx.mb].map((ratio) => Number(ratio.toFixed(3)));
process.stdout.write(`${JSON.stringify({ bench: 'start', cpu_ms: ours.cpuMs, cpu_vs_tsx, mb_vs_tsx })}\n`);
