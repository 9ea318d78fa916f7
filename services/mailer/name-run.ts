// What a run of mails is called in the rows it holds: another one must not be taken for it, neither of a process with its number nor of its own.
import { ownIdentity } from '../../core/process-identity.ts';

let process: string | undefined;
let runs = 0;

/** This run, in words that no other shares: in one process an issue may go out while who confirmed meanwhile gets the same issue. */
export function nameRun(): string {
  process ??= Object.values(ownIdentity()).join(' ');
  return `${process} ${++runs}`;
}
