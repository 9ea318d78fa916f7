// A whole message -> what SpamAssassin says of it, where an operator has installed it: tests on this machine alone, in a process of its own.
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import type { Config } from '../../core/config.ts';
import type { ProgramFinding, SpamScore } from '../../core/gate/gate-facts.ts';

/** It compiles its rules for two to three seconds; on a busy machine for ten. */
const timeoutMs = 60_000;
/** What adds less says nothing. */
const leastPoints = 0.1;
/** Nothing is learned, kept or asked elsewhere; the message comes back with its score in a header and the report behind it. */
const options = ['-L', '-t', '-x', ...['use_bayes 0', 'report_safe 0', 'fold_headers 0', 'add_header all Points _SCORE_'].map((line) => `--cf=${line}`)]; // prettier-ignore

type SpamConfig = Pick<Config, 'SPAMASSASSIN' | 'SPAM_LIMIT'>;

/** Nothing of ours is for it to see. */
const environment = { PATH: '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin', LC_ALL: 'C.UTF-8', HOME: tmpdir() };

/** Asks it; that it is not there is a result. Throws when it does not answer. */
export async function askSpamAssassin(
  { SPAMASSASSIN: program, SPAM_LIMIT: limit }: SpamConfig,
  message: Buffer,
): Promise<Exclude<ProgramFinding<SpamScore>, { failed: string }>> {
  if (program === 'no') return { absent: 'SpamAssassin is not asked (SPAMASSASSIN=no)' };
  const { error, stdout } = await run(program, message);
  const isMissing = error !== null && 'code' in error && (error.code === 'ENOENT' || error.code === 'EACCES');
  if (isMissing) return { absent: 'SpamAssassin is not installed, so nobody was asked whether it looks like spam: “apt install spamassassin”, or name it in SPAMASSASSIN' }; // prettier-ignore
  if (error?.killed) throw new Error(`it took more than ${timeoutMs / 1000} s`);
  if (error) throw error;
  const said = readSpamReport(stdout);
  if (!said) throw new Error('it gave no points');
  return { found: { ...said, limit } };
}

/** What it printed: the points, and the rules that add some, most first: "0.7 HTML font color similar to background (HTML_FONT_LOW_CONTRAST)". */
export function readSpamReport(printed: string): Pick<SpamScore, 'score' | 'rules'> | undefined {
  const lines = printed.split('\n').map((line) => line.trimEnd());
  const points = lines.find((line) => line.startsWith('X-Spam-Points: '));
  const score = Number(points?.slice('X-Spam-Points: '.length));
  if (points === undefined || !Number.isFinite(score)) return undefined;
  const table = lines.slice(lines.lastIndexOf(lines.findLast((line) => line.startsWith('---- ---')) ?? '') + 1);
  const rules: { points: number; name: string; words: string }[] = [];
  for (const line of table) {
    const [number = '', name = '', ...words] = line.trim().split(' ').filter((part) => part !== ''); // prettier-ignore
    if (number === '') continue;
    if (Number.isFinite(Number(number))) rules.push({ points: Number(number), name, words: words.join(' ') });
    // A long description goes on in the next line.
    else if (rules.length > 0) rules.at(-1)!.words += ` ${line.trim()}`;
  }
  const adding = rules.filter(({ points: each }) => each >= leastPoints).toSorted((a, b) => b.points - a.points);
  return { score, rules: adding.map(({ points: each, name, words }) => `${each} ${words.replace('BODY: ', '')} (${name})`) }; // prettier-ignore
}

type Failure = Error & { code?: string | number; killed?: boolean };

function run(program: string, message: Buffer): Promise<{ error: Failure | null; stdout: string }> {
  return new Promise((resolve) => {
    const limits = { timeout: timeoutMs, killSignal: 'SIGKILL', maxBuffer: 4_000_000 } as const;
    const child = execFile(program, options, { ...limits, env: environment }, (error, stdout) =>
      resolve({ error: error as Failure | null, stdout }),
    );
    // A program that ends without reading closes the pipe.
    child.stdin?.on('error', () => undefined).end(message);
  });
}
