// What the mail server wants -> the pace of all processes: half of it at once, and back a little each second.
import type { House } from '../../core/house.ts';
import { spreadDomain } from '../../core/store/deliveries.ts';
import { holdServer, slowDown, speedUp } from '../../core/store/mail-pace.ts';
import { serverOf } from './pace.ts';
import type { ServerVerdict } from './server-watch.ts';

/** What one domain is thought to take, when its server first wants less than the others; halved each time. */
const domainPerSecond = 2;
const slowestDomainPerSecond = 1 / 60;
const secondMs = 1000;

/** Listens to one run: `taken` counts, `verdict` slows down, `stop` ends it. */
export function heedServer({ db, config, log, now }: House, issueId: number) {
  const server = serverOf(config);
  const domains = new Map<string, number>();
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
  }

  async function slowOne({ domain, why }: { domain: string; why: string }): Promise<void> {
    const pace = Math.max(slowestDomainPerSecond, (domains.get(domain) ?? domainPerSecond * 2) / 2);
    domains.set(domain, pace);
    const from = new Date(now().getTime() + secondMs / pace);
    await spreadDomain(db, { issueId, domain, perSecond: pace, from });
    log.warn({ event: 'mail.domain.slowed', issueId, perSecond: pace, why });
  }

  return {
    taken(count: number): void {
      taken += count;
    },
    async verdict({ slow, slowDomain, wait, tookNone }: ServerVerdict<unknown>): Promise<void> {
      if (slowDomain) return slowOne(slowDomain);
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
    stop: () => clearInterval(timer),
  };
}
