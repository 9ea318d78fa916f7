// The gate of an issue: what is known about it is put together, checked, and shown with its fixes and the reasons given.
import { Resolver } from 'node:dns/promises';
import { checkIssue, type Finding } from '../../../core/gate/check-issue.ts';
import { gatherFacts, type KeepFact } from '../../../core/gate/gather-facts.ts';
import { hashContent } from '../../../core/content-hash.ts';
import { gateReasons, type GateReason } from '../../../core/store/gate.ts';
import type { IssueContent } from '../../../core/store/issue-content.ts';
import type { Issue } from '../../../core/store/issues.ts';
import { issueMap } from '../../../core/store/issue-maps.ts';
import { brandOf, loadSettings } from '../../../core/store/settings.ts';
import { checkSender } from '../../mailer/check-sender.ts';
import { rememberLast } from '../../remember.ts';
import type { Room } from '../../room.ts';
import { createMeasures } from './measure-letter.ts';
import type { PreviewLetter } from './preview.ts';

export interface GatedIssue {
  issue: Issue;
  content: IssueContent;
  hash: string;
  /** Of the rows it was made of; without it they are read again. */
  version?: string;
}

/** A finding with the reason that was given for exactly it. */
export interface GateLine extends Finding {
  reason: string | null;
  givenBy: string | null;
}

export type RunGate = ReturnType<typeof createGate>;

/** How long a page waits for a letter that is not measured yet; an approval waits until it is. */
const patienceMs = 50;
/** What DNS said is asked again after that long. */
const dnsHoldsMs = 600_000;

/** Returns what runs the gate of an issue; letters are measured once for each content. */
export function createGate(room: Room, preview: PreviewLetter) {
  const { house } = room;
  const { db } = house;
  const measures = createMeasures(room, preview);
  const askDns = rememberLast<string[]>(2);
  // Three facts of two issues.
  const remember = rememberLast<unknown>(6);
  const rememberFindings = rememberLast<Finding[]>(2);

  return async function runGate({ issue, content, hash, version }: GatedIssue, waits: boolean): Promise<GateLine[]> {
    const settings = await loadSettings(db);
    const { publication, postalAddress, footer } = settings;
    const lang = house.config.SITE_LANGUAGE;
    const map = await issueMap(db, { issueId: issue.id, cards: content.cards });
    const made = [issue.id, hash, brandOf(settings), publication, postalAddress, footer, lang, map?.picture];
    const measurable = { issue, content, hash, key: hashContent(made) };
    const asked = askDns(String(Math.floor(house.now().getTime() / dnsHoldsMs)), () =>
      checkSender(house, new Resolver({ timeout: 2_000, tries: 1 })),
    );
    const patient = <Value>(value: Promise<Value>): Promise<Value | null> =>
      waits ? value : Promise.race([value, new Promise<null>((done) => setTimeout(done, patienceMs, null))]);
    const keep: KeepFact = (name, find) => remember(`${name} ${version}`, find) as ReturnType<typeof find>;
    const [gathered, reasons, letter, axe, spam, sender] = await Promise.all([
      gatherFacts(db, {
        issueId: issue.id,
        content,
        ...(version !== undefined && { keep }),
      }),
      gateReasons(db, issue.id),
      patient(measures.letter(measurable, waits)),
      patient(measures.axe(measurable, waits)),
      patient(measures.spam(measurable, waits)),
      patient(asked),
    ]);
    const isMailed = house.config.SMTP_URL !== undefined;
    const facts = {
      ...gathered,
      letter,
      axe,
      spam,
      ...(isMailed && { sender }),
      postalAddress,
      lang,
    };
    // What is not of the issue's rows; what is stands for as long as they do. Looking through 300 stories takes some milliseconds.
    const around = [
      ...gathered.links.values(),
      gathered.editions,
      letter,
      axe,
      spam,
      sender,
      isMailed,
      postalAddress,
      lang,
    ];
    const find = async () => checkIssue(facts);
    const findings =
      version === undefined ? await find() : await rememberFindings(JSON.stringify([hash, version, around]), find);
    return findings.map((finding) => withReason(finding, reasons));
  };
}

function withReason(finding: Finding, reasons: readonly GateReason[]): GateLine {
  const given = reasons.find((one) => one.checkName === finding.name && one.finding === finding.finding);
  return { ...finding, reason: given?.reason ?? null, givenBy: given?.givenBy ?? null };
}
