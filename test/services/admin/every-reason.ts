// A reason for whatever the gate asks one for: for tests of what comes after it.
import { checkNames } from '../../../core/gate/check-issue.ts';

/** The fields of a form that approves. */
export const everyReason: Record<string, string> = Object.fromEntries(
  checkNames.map((name) => [`reason.${name}`, 'Made up for a test.']),
);
