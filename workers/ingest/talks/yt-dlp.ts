// A video -> its captions as yt-dlp gets them, where an operator has installed it.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readForeign } from '../read-foreign.ts';
import { readPrintedAir } from './on-air.ts';
import { spokenResult, type TranscriptResult } from './transcript-result.ts';

interface YtDlp {
  /** Its name or path. */
  program: string;
  /** The item's own, for captions in it beside English ones. */
  language?: string | undefined;
  timeoutMs?: number;
  now: () => Date;
  stop?: AbortSignal | undefined;
}

/** Nothing of ours is for it to see: neither the database's address nor secrets. */
const environment = { PATH: '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin', LANG: 'C.UTF-8' };

/** Asks yt-dlp; undefined when it is not installed. Everything else it may do wrong is a result. */
export async function askYtDlp(
  videoId: string,
  { program, language, timeoutMs = 60_000, now, stop }: YtDlp,
): Promise<TranscriptResult | undefined> {
  if (!/^[\w-]{11}$/.test(videoId)) return { state: 'failed', reason: `${videoId} is no id of a YouTube video` };
  const directory = await mkdtemp(join(tmpdir(), 'courant-captions-'));
  try {
    const run = await runProgram({
      program,
      args: argumentsFor({ videoId, directory, language }),
      directory,
      timeoutMs,
      stop,
    });
    if (run.isMissing) return undefined;
    const notOnAir = readPrintedAir(run.said, now());
    if (notOnAir) return { state: 'upcoming', ...notOnAir };
    const captions = await readCaptions(directory, language);
    if (captions === undefined) return judge(run);
    return spokenResult(await readForeign({ kind: 'captions', input: captions }, stop), 'yt-dlp');
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** No configuration of its own, no shell, nothing downloaded but captions; after `--` nothing is an option. */
function argumentsFor({
  videoId,
  directory,
  language = 'en',
}: {
  videoId: string;
  directory: string;
  language: string | undefined;
}): string[] {
  const own = /^[a-z]{2,3}$/.test(language) && language !== 'en' ? `${language}.*,` : '';
  return [
    '--ignore-config',
    '--no-cache-dir',
    '--no-playlist',
    '--no-progress',
    '--skip-download',
    // A video that is only announced has no formats, and says so here instead of failing.
    '--ignore-no-formats-error',
    '--no-simulate',
    '--print',
    'live_status=%(live_status)s release_timestamp=%(release_timestamp)s',
    '--write-subs',
    '--write-auto-subs',
    '--sub-langs',
    `.*-orig,${own}en.*,-live_chat`,
    '--sub-format',
    'json3/vtt/srt',
    '--socket-timeout',
    '15',
    '--retries',
    '1',
    '--output',
    join(directory, '%(id)s.%(ext)s'),
    '--',
    `https://www.youtube.com/watch?v=${videoId}`,
  ];
}

interface Run {
  isMissing: boolean;
  isOverdue: boolean;
  isDone: boolean;
  said: string;
}

function runProgram(task: {
  program: string;
  args: string[];
  directory: string;
  timeoutMs: number;
  stop: AbortSignal | undefined;
}): Promise<Run> {
  const { program, args, directory: cwd, timeoutMs: timeout, stop: signal } = task;
  const limits = { timeout, killSignal: 'SIGKILL', maxBuffer: 1_000_000 } as const;
  return new Promise((resolve) => {
    const env = { ...environment, HOME: cwd };
    execFile(program, args, { cwd, env, ...limits, ...(signal ? { signal } : {}) }, (error, stdout, stderr) => {
      resolve({
        isMissing: error?.code === 'ENOENT',
        isOverdue: error?.killed === true,
        isDone: error === null,
        said: `${stdout}\n${stderr}`,
      });
    });
  });
}

/**
 * yt-dlp calls what was recognised "de-orig", which tells the language that is spoken; under "de" alone is what people wrote,
 * where there is some. Without either the item's own language comes first.
 */
async function readCaptions(directory: string, language = 'en'): Promise<string | undefined> {
  const names = (await readdir(directory))
    .filter((name) => /\.(json3|vtt|srt)$/.test(name))
    .toSorted((a, b) => a.length - b.length);
  const recognised = names.find((name) => name.includes('-orig.'));
  const spoken = /\.([a-z]+)[\w-]*-orig\./i.exec(recognised ?? '')?.[1] ?? language;
  const written = names.find(
    (name) => name !== recognised && new RegExp(`\\.${spoken}(-[\\w-]+)?\\.\\w+$`, 'i').test(name),
  );
  const best = written ?? recognised ?? names[0];
  return best === undefined ? undefined : readFile(join(directory, best), 'utf8');
}

function judge({ isDone, isOverdue, said }: Run): TranscriptResult {
  if (isOverdue) return { state: 'failed', reason: 'yt-dlp did not end in time' };
  if (/HTTP Error (403|429)|not a bot|Too Many Requests/i.test(said)) {
    return { state: 'blocked', reason: 'yt-dlp says that YouTube refuses us' };
  }
  if (isDone) return { state: 'none', reason: 'yt-dlp finds no captions' };
  const reason = /^ERROR: (.{1,200})/m.exec(said)?.[1] ?? 'it gave no reason';
  return { state: 'failed', reason: `yt-dlp failed: ${reason}` };
}
