// The config with the schedule, the zone and the language that were set at the desk, where the environment leaves them at their defaults.
import { parseConfig, type Config } from './config.ts';
import type { Settings } from './store/settings.ts';

/** What the desk may set of the config. */
const scheduleNames = ['DRAFT_AT', 'SEND_AT', 'TIMEZONE', 'SITE_LANGUAGE'] as const;
export type Schedule = Pick<Config, (typeof scheduleNames)[number]>;
type Chosen = { -readonly [Name in keyof Schedule]?: string };

const schedules = new WeakMap<Config, Chosen>();
const defaults = parseConfig({});

/** A config whose schedule and zone follow `followSettings`; all else stays as it was given. */
export function liveConfig(given: Config): Config {
  const set: Chosen = {};
  const live = { ...given };
  for (const name of scheduleNames)
    Object.defineProperty(live, name, { enumerable: true, get: () => set[name] ?? given[name] });
  schedules.set(Object.freeze(live), set);
  return live;
}

/** Whether the environment says it, so that the desk does not: what equals the default counts as left open. */
export function isFixed(config: Config, name: keyof Schedule): boolean {
  return schedules.get(config)?.[name] === undefined && config[name] !== defaults[name];
}

/** Takes over what was set at the desk; a config that is not live, as tests have it, stays as it is. */
export function followSettings(config: Config, { draftAt, sendAt, timezone, language }: Settings): void {
  const set = schedules.get(config);
  if (!set) return;
  const wanted = { DRAFT_AT: draftAt, SEND_AT: sendAt, TIMEZONE: timezone, SITE_LANGUAGE: language };
  for (const name of scheduleNames) {
    if (isFixed(config, name)) continue;
    const value = wanted[name];
    if (value === undefined) delete set[name];
    else set[name] = value;
  }
}
