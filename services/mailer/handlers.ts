// The jobs of the mailer: issues that are due, and notices somebody waits for.
import type { House } from '../../core/house.ts';
import type { Handlers } from '../../core/jobs.ts';
import { sendShard } from './send-issue.ts';
import { sendNotices } from './send-notices.ts';
import { welcomeReaders } from './welcome.ts';

/** The handlers of this folder's jobs. */
export function mailerHandlers(house: House): Handlers {
  return {
    'issue.send': ({ issueId, shard = 0 }, stop) => sendShard(house, { issueId, shard }, stop),
    'readers.welcome': (_nothing, stop) => welcomeReaders(house, stop),
    'notices.send': (_nothing, stop) => sendNotices(house, stop),
  };
}
