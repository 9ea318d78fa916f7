// How many conversations a mail server allows, as far as its refusals tell; pure but for what it remembers.

/** After so long without a refused connection one more is tried. */
const growEveryMs = 60_000;

export interface AllowedConnections {
  most: () => number;
  /** It refused one while so many were open: that many are what it allows now. */
  refused: (open: number) => void;
}

/** `wanted` at first and at most. A server that allowed few for a while may allow more by now: each minute one is tried. */
export function allowedConnections(wanted: number, now: () => Date): AllowedConnections {
  let most = wanted;
  let since = now().getTime();
  return {
    most() {
      const at = now().getTime();
      if (most >= wanted || at - since < growEveryMs) return most;
      since = at;
      return ++most;
    },
    refused(open) {
      most = Math.max(1, open);
      since = now().getTime();
    },
  };
}
