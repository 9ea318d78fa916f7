// What a mailer is called in the rows it holds: another one with its process number must not be taken for it.
import { ownIdentity } from '../../core/process-identity.ts';

let name: string | undefined;

/** This process, in words that no other shares. */
export function ownName(): string {
  name ??= Object.values(ownIdentity()).join(' ');
  return name;
}
