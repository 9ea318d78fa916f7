// Pure work of more than about 50 ms -> a worker thread: the event loop belongs to people (law 8).
import type { Transferable } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { compiled } from './compiled.ts';
import { PermanentError } from './errors.ts';

/** What a thread can do of a module: an exported function of one input. */
export type TaskName<Module> = {
  [Name in keyof Module]: Module[Name] extends (input: never) => unknown ? Name : never;
}[keyof Module] &
  string;

type TaskOf<Module, Name extends keyof Module> = Extract<Module[Name], (input: never) => unknown>;

/** An exported pure function of a file, whose type is `Module`; input and output are copied between threads. */
export interface ThreadTask<Module, Name extends TaskName<Module>> {
  file: URL;
  name: Name;
  input: Parameters<TaskOf<Module, Name>>[0];
  /** Ends the thread; the caller then gets an AbortError. */
  stop: AbortSignal;
  /** By concern, so that what takes minutes (a fit, a training) stands before nothing else. */
  pool: keyof typeof pools;
  /** What of the input is handed over instead of copied. */
  transfer?: readonly Transferable[];
}

/** A thread that reads what others wrote ends when it needs more memory than any feed does. */
const pools = {
  // Fits of vectors, too: what places stories waits for a fit anyway, and a thread's heap is 100 MB.
  stories: { maxThreads: 1, idleTimeout: 10_000 },
  drafts: { maxThreads: 1, idleTimeout: 10_000 },
  training: { maxThreads: 1, idleTimeout: 10_000 },
  // One, since it keeps the inputs of an issue; other processes take other shards.
  ranking: { maxThreads: 1, idleTimeout: 20_000 },
  // A letter, or the mails that follow each other: MJML is loaded anew after that.
  letters: { maxThreads: 1, idleTimeout: 20_000 },
  // axe-core and the document it looks at: 40 MB that go soon, and a second in which no letter waits.
  gate: { maxThreads: 1, idleTimeout: 5_000 },
  // Longer than from one run of the schedule to the next, since a start takes more than a second.
  reading: {
    maxThreads: 2,
    idleTimeout: 45_000,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  },
};

const open = new Map<keyof typeof pools, Piscina>();
let leastIdleMs = 0;

/** Threads that start from now on wait this long at least: what needs the same ones again and again, such as tests, saves their starts. */
export function keepThreads(idleMs: number): void {
  leastIdleMs = idleMs;
}

/**
 * Runs the function in a thread that ends when it has had nothing to do for a while; PermanentError when memory runs out.
 * Called as `runInThread<typeof import('./fit.ts'), 'fit'>`, with the same file and name: its module is loaded there alone.
 */
export async function runInThread<Module, Name extends TaskName<Module>>(
  task: ThreadTask<Module, Name>,
): Promise<Awaited<ReturnType<TaskOf<Module, Name>>>> {
  const { file, name, input, stop, pool, transfer = [] } = task;
  const threads = open.get(pool) ?? openThreads(pool);
  const options = { filename: fileURLToPath(compiled(file)), name, signal: stop, transferList: [...transfer] };
  try {
    return (await threads.run(input, options)) as Awaited<ReturnType<TaskOf<Module, Name>>>;
  } catch (error) {
    const isMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    throw isMemory ? new PermanentError('it takes more memory than a thread may have', { cause: error }) : error;
  }
}

function openThreads(pool: keyof typeof pools): Piscina {
  const threads = new Piscina({
    minThreads: 0,
    // A thread that waits in Atomics.wait never gives memory back; one that waits for messages does (28 MB at the peak).
    atomics: 'disabled',
    ...pools[pool],
    idleTimeout: Math.max(leastIdleMs, pools[pool].idleTimeout),
  });
  open.set(pool, threads);
  return threads;
}

/** Runs `work`; what fails because it was told to stop is no failure: rows say what is left to do. */
export async function untilStopped(stop: AbortSignal, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!stop.aborted) throw error;
  }
}
