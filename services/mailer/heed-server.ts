// What the mail server wants -> the pace of all processes: half of it at once, and back a little each second.
import type { House } from '../../core/house.ts';
import { spreadDomain } from '../../core/store/deliveries.ts';
import { holdServer, slowDomain, slowDown, speedUp, speedUpDomains } from '../../core/store/mail-pace.ts';
import { serverOf } from './pace.ts';
import type { ServerVerdict } from './server-watch.ts';

const secondMs = 1000;

/** Listens to one run: `taken` counts, `verdict` slows down, `end` ends it. */
export function heedServer({ db, config, log, now }: House, issueId: number) {
  const server = serverOf(config);
  /** That took a letter since it was last looked at them. */
  const tookOne = new Set<string>();
  let taken = 0;
  let perSecond = 0;
  let wasSlowed = false;
  const timer = setInterval(() => void everySecond().catch(() => undefined), secondMs);

  async function everySecond(): Promise<void> {
    perSecond = perSecond === 0 ? taken : (perSecond + taken) / 2;
    const isWell = taken > 0 && !wasSlowed;
    taken = 0;
    wasSlowed = false;
    if (isWell) await speedUp(db, { server, asked: config.MAIL_PER_SECOND });
    await speedUpSome();
  }

  /** What is put off for a domain that takes letters again is put off less. */
  async function speedUpSome(): Promise<void> {
    if (tookOne.size === 0) return;
    const domains = [...tookOne];
    tookOne.clear();
    const at = now();
    for (const faster of await speedUpDomains(db, { domains, asked: config.MAIL_PER_SECOND, now: at })) {
      await spreadDomain(db, { issueId, ...faster, now: at });
      log.info({ event: 'mail.domain.faster', issueId, perSecond: faster.perSecond });
    }
  }

  /** `returned`: how many were given back untried; without any, what is planned is spread by this pace already, unless it is new. */
  async function slowOne({ domain, why, returned }: { domain: string; why: string; returned: number }): Promise<void> {
    tookOne.delete(domain);
    const at = now();
    const { perSecond: pace, isNew } = await slowDomain(db, { domain, why, now: at });
    if (isNew) log.warn({ event: 'mail.domain.slowed', issueId, perSecond: pace, why });
    if (isNew || returned > 0) await spreadDomain(db, { issueId, domain, perSecond: pace, now: at });
  }

  return {
    /** The domains of letters that were taken. */
    taken(domains: readonly string[]): void {
      taken += domains.length;
      for (const domain of domains) tookOne.add(domain);
    },
    async verdict({ slow, slowDomain: one, wait, tookNone }: ServerVerdict<unknown>, returned: number): Promise<void> {
      if (one) return slowOne({ ...one, returned });
      wasSlowed = true;
      if (slow !== undefined) {
        const asked = Math.min(config.MAIL_PER_SECOND, perSecond || taken || config.MAIL_PER_SECOND);
        const pace = await slowDown(db, { server, perSecond: asked, why: slow });
        log.warn({ event: 'mail.slowed', issueId, perSecond: pace, why: slow });
      }
      if (tookNone === undefined || wait === undefined) return;
      const until = await holdServer(db, { server, why: wait, isAgain: tookNone, now: now() });
      log.warn({ event: 'mail.waits', issueId, until, why: wait });
    },
    async end(): Promise<void> {
      clearInterval(timer);
      await speedUpSome().catch(() => undefined);
    },
  };
}
