// Pure work of more than about 50 ms -> a worker thread: the event loop belongs to people (law 8).
import { createRequire } from 'node:module';
import { Piscina } from 'piscina';

/** An exported pure function of a file; input and output are copied between threads. */
export interface ThreadTask<Input> {
  file: URL;
  name: string;
  input: Input;
  /** Ends the thread; the caller then gets an AbortError. */
  stop: AbortSignal;
}

let threads: Piscina | undefined;

/** Runs the function in a thread that ends when it has had nothing to do for ten seconds. */
export async function runInThread<Input, Output>({ file, name, input, stop }: ThreadTask<Input>): Promise<Output> {
  threads ??= new Piscina({
    execArgv: ['--import', createRequire(import.meta.url).resolve('tsx')],
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: 10_000,
  });
  return (await threads.run(input, { filename: file.href, name, signal: stop })) as Output;
}

/** Runs `work`; what fails because it was told to stop is no failure: rows say what is left to do. */
export async function untilStopped(stop: AbortSignal, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!stop.aborted) throw error;
  }
}
