// What a provider's webhook says of one mail, in our words, and what a provider is to us.
import type { IncomingHttpHeaders } from 'node:http';
import type { Config } from '../../core/config.ts';
import type { ReportKind } from '../../core/store/mail-reports.ts';

/** About a mail that its Message-ID names, or else the newest letter to an address. */
export interface MailEvent {
  messageId: string | null;
  email: string | null;
  kind: ReportKind;
  /** "5.1.1", or "abuse". */
  status: string;
}

interface HookRequest {
  headers: IncomingHttpHeaders;
  /** As it was sent: signatures are over these bytes. */
  body: string;
  now: Date;
}

/** Where a provider's key, password or topic stands in the settings. */
type HookSetting =
  'MAIL_HOOK_SES' | 'MAIL_HOOK_POSTMARK' | 'MAIL_HOOK_SENDGRID' | 'MAIL_HOOK_MAILGUN' | 'MAIL_HOOK_SECRET';

export interface Provider {
  setting: HookSetting & keyof Config;
  /** Whether it was sent by who knows, or is named by, `secret`. `fetchText` gets a public key from where the provider says. */
  verify: (
    request: HookRequest,
    secret: string,
    fetchText: (url: string) => Promise<string>,
  ) => Promise<boolean> | boolean;
  /** What it tells of mails; what is no bounce and no complaint is left out. Throws for what is not its form. */
  events: (body: string) => MailEvent[];
  /** An address that has to be opened once before anything comes. */
  confirm?: (body: string) => string | undefined;
}
