// A letter to the curator who asks for it, as it looked at the desk then; its links change nothing.
import type { ComposeNotice } from '../compose-notice.ts';
import { curatorByEmail } from '../../store/curators.ts';

export const composeNotice: ComposeNotice = async ({ db }, { email, detail }) => {
  const { subject, html, text } = detail;
  if (typeof subject !== 'string' || typeof html !== 'string' || typeof text !== 'string') return undefined;
  return (await curatorByEmail(db, email)) && { subject, html, text };
};
