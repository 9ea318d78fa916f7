// What the gate is told of an issue: its letter, its links, its history, and what other programs say; types alone.
import type { LinkCheck } from '../store/gate.ts';
import type { IssueContent } from '../store/issue-content.ts';
import type { AxeFinding } from './ask-axe.ts';

/** The longest letter of an issue, as it would be sent. */
export interface MeasuredLetter {
  /** Of its HTML. */
  bytes: number;
  imagesWithoutAlt: number;
  hasUnsubscribe: boolean;
  /** Words too pale to read, and links that nothing names: core/gate/look-through.ts. */
  pale?: readonly string[];
  nameless?: readonly string[];
}

/** What another program made of it; why it was not asked, where nobody is to blame; or what went wrong. */
export type ProgramFinding<Found> = { found: Found } | { absent: string } | { failed: string };

/** What SpamAssassin says of the letter as it would be sent. */
export interface SpamScore {
  score: number;
  /** From which on a curator is asked. */
  limit: number;
  /** What adds most, with its points. */
  rules: readonly string[];
}

export interface GateFacts {
  content: IssueContent;
  /** The first words that a mail reader shows behind the subject. */
  preheader: string;
  /** By address. */
  links: ReadonlyMap<string, LinkCheck>;
  repeated: readonly { storyId: number; number: number }[];
  /** Stories one of whose items was taken back. */
  withdrawn: readonly number[];
  /** Sentences of summaries that stand in no source and are not marked as the editor's. */
  unfounded: readonly { storyId: number; text: string }[];
  /** Null while it is not measured. */
  letter: MeasuredLetter | null;
  postalAddress: string;
  /** What others would not believe of the sender's mails; null while DNS is asked, left out where mails reach only the outbox. */
  sender?: readonly string[] | null;
  /** What axe-core finds in the letter and in its page; null while it looks, left out where it is not asked. */
  axe?: ProgramFinding<readonly AxeFinding[]> | null;
  /** Null while it is asked, left out where it is not. */
  spam?: ProgramFinding<SpamScore> | null;
  /** The language of the edition. */
  lang: string;
  /** Those in other languages that have a text. */
  editions?: readonly GatedEdition[];
}

/** An edition by the name of its language, with the stories (0: its opening) of which a machine draft was not checked, or a text is behind. */
export interface GatedEdition {
  lang: string;
  /** The language as addresses say it: "de". */
  code: string;
  unchecked: readonly number[];
  behind: readonly number[];
}
