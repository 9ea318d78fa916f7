// Settings made on the desk; what stands in the environment wins over them.
import { accentOf, type Brand, type Logo } from '../brand.ts';
import { prepared, sql, type Queryable } from '../db.ts';
import type { WordsLang } from '../words-langs.ts';
import { toJson } from '../storable.ts';

export interface Settings {
  /** "Courant <news@example.org>" */
  mailFrom?: string;
  /** The HMAC and session key, made at the first start. */
  secret?: string;
  /** The name of the publication. */
  publication?: string;
  /** A postal address for the footer, as the law of many countries asks. */
  postalAddress?: string;
  /** The line under the name. */
  tagline?: string;
  /** Where answers to mails go; empty: to the sender. */
  replyTo?: string;
  /** Whether the subject of a letter goes on, after the editors' words, with what is the reader's own. */
  personalSubject?: boolean;
  /** Whether a letter asks its reader which of two stories they would rather read. */
  asksPairs?: boolean;
  /** What every letter ends with, before the postal address. */
  footer?: string;
  /** What becomes of an issue that nobody approved in time, and the owner who said so. */
  whenForgotten?: 'wait' | 'skip' | 'send';
  forgottenBy?: string;
  /** Whether everybody at the desk has to have a second factor. */
  requireSecondFactor?: boolean;
  /** "#1f5fa8"; empty: our own. */
  accent?: string;
  /** In place of the name where it is written large. */
  logo?: Logo | null;
  /** "fri 06:00", where the environment does not say it. */
  draftAt?: string;
  sendAt?: string;
  timezone?: string;
  /** That of the site and the mails, where neither reader nor browser asks for another. */
  language?: WordsLang;
  /** The keys of the sections in the order readers meet them. */
  sectionOrder?: string[];
  /** How curators describe the sections, by key. */
  sectionDescriptions?: Record<string, string>;
  /** True once the first-run page was completed. */
  setUp?: boolean;
  /** The hash of the link to the first-run page that was printed last. */
  setupTokenHash?: string;
  /** Since when the draft of the week that starts on this Monday waits for what is due. */
  draftWait?: { week: string; since: string } | null;
}

/** What holds until somebody sets something else. */
/** The line under the name that stands until somebody writes one; pages say it in their language. */
export const defaultTagline = 'The week, in a dozen stories that matter to you';

const defaults = {
  publication: 'Courant',
  postalAddress: '',
  tagline: defaultTagline,
  replyTo: '',
  footer: '',
  asksPairs: true as boolean,
  whenForgotten: 'wait' as 'wait' | 'skip' | 'send',
  forgottenBy: '',
  requireSecondFactor: false,
  accent: '',
  logo: null as Logo | null,
} satisfies Settings;

export type LoadedSettings = Settings & typeof defaults;

/** Every setting that was made, and the defaults of the others. */
export async function loadSettings(db: Queryable): Promise<LoadedSettings> {
  const rows = await db.rows<{ name: string; value: unknown }>(prepared`select name, value from settings`);
  return { ...defaults, ...Object.fromEntries(rows.map(({ name, value }) => [name, value])) };
}

/** How letters and pages look by the settings. */
export function brandOf({ accent, logo }: Pick<LoadedSettings, 'accent' | 'logo'>): Brand {
  return { accent: accentOf(accent), logo };
}

/** Lets one change of the settings be made at a time, until the transaction ends: who comes second looks at what the first one made. */
export async function lockSettings(tx: Queryable): Promise<void> {
  await tx.rows(sql`select pg_advisory_xact_lock(hashtext('settings'))`);
}

/** Saves settings; those not given stay. */
export async function saveSettings(db: Queryable, settings: Settings): Promise<void> {
  await db.run(sql`
    insert into settings (name, value)
    select key, value from jsonb_each(${toJson(settings)}::jsonb)
    on conflict (name) do update set value = excluded.value`);
}

/**
 * Uses up the link to the first-run page; true for one caller only, however many come at once: the others wait for
 * the row and find another value in it.
 */
export async function takeSetupToken(tx: Queryable, tokenHash: string): Promise<boolean> {
  const taken = await tx.run(sql`
    update settings set value = '""'
    where name = 'setupTokenHash' and value = to_jsonb(${tokenHash}::text)
      and not exists (select 1 from settings as done where done.name = 'setUp' and done.value = 'true')
    returning name`);
  return taken > 0;
}

/** Saves a setting only when it has no value yet, and returns the one that stands. */
export async function settleSetting(db: Queryable, name: keyof Settings, value: string): Promise<string> {
  const stands = () => db.row<{ value: string }>(sql`select value from settings where name = ${name}`);
  // Asked first: every page that needs the key would write a row, and wait for others that do.
  const known = await stands();
  if (known) return known.value;
  await db.run(
    sql`insert into settings (name, value) values (${name}, ${toJson(value)}::jsonb) on conflict do nothing`,
  );
  return (await stands())!.value;
}
