// What a mail to us holds, once it is read and its sender looked at; what comes of it is `steerByMail`.

/**
 * Whose it is: `proven` when the domain it names sent it (SPF or DKIM), `forged` when that domain or the envelope says otherwise,
 * `unproven` when nobody says anything.
 */
export type SenderTrust = 'proven' | 'unproven' | 'forged';

/** A mail that a person wrote. */
export interface MailToUs {
  /** The address it came to. */
  recipient: string;
  /** Whose reply address that is; null for the subscribe address. */
  readerId: number | null;
  from: string;
  fromName: string;
  /** Programs write under such an address, too: "root". */
  isRole: boolean;
  trust: SenderTrust;
  messageId: string | null;
  /** Equal for a mail that comes again. */
  key: string;
  subject: string;
  /** As `ownLines` gives them. */
  lines: readonly string[];
  /** Names of what was attached. */
  attached: readonly string[];
  /** The IP address it came from, of which the network is kept. */
  address: string;
}
