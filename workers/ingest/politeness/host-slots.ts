// Requests of this process -> two at a time to one host, and to arXiv one: no source notices how many we read.
export interface HostSlots {
  /** Runs `work` when the host of `url` has a slot free, in the order of asking; rejects when `stop` comes first. */
  inTurn<Result>(url: string, stop: AbortSignal, work: () => Promise<Result>): Promise<Result>;
}

interface Host {
  busy: number;
  waiting: Set<() => void>;
}

/** Opens the slots; one set of them is shared by everything that fetches in a process. */
export function createHostSlots({ perHost = 2 } = {}): HostSlots {
  const hosts = new Map<string, Host>();
  return {
    async inTurn(url, stop, work) {
      const name = new URL(url).host;
      const host = hosts.get(name) ?? { busy: 0, waiting: new Set() };
      hosts.set(name, host);
      const slots = /(^|\.)arxiv\.org$/.test(name) ? 1 : perHost;
      if (host.busy < slots) host.busy++;
      else await waitFor(host, stop);
      try {
        return await work();
      } finally {
        const [next] = host.waiting;
        // The slot goes to the next in line without becoming free in between.
        if (next) next();
        else if (--host.busy === 0) hosts.delete(name);
      }
    },
  };
}

function waitFor(host: Host, stop: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      host.waiting.delete(enter);
      reject(stop.reason as Error);
    };
    const enter = (): void => {
      host.waiting.delete(enter);
      stop.removeEventListener('abort', leave);
      resolve();
    };
    if (stop.aborted) return leave();
    stop.addEventListener('abort', leave, { once: true });
    host.waiting.add(enter);
  });
}
