// Every form of the desk with fields that it takes, on the issue of `seedIssue`: what two curators may press at the same moment.
import { sql, type Database } from '../../../core/db.ts';
import { hashContent } from '../../../core/content-hash.ts';
import { keepImport } from '../../../core/store/reader-imports.ts';
import { addReaders } from '../../../core/store/readers.ts';
import { loadIssueContent } from '../../../core/store/issue-content.ts';
import { approveIssue } from '../../../core/store/issues.ts';
import { sections } from '../../../core/sections.ts';
import { editionSections } from '../../../core/editions/edition-sections.ts';
import { splitStory } from '../../../core/store/story-decisions.ts';
import { markSent } from '../seed-issue.ts';
import { everyReason } from './every-reason.ts';

type Fields = Record<string, string | string[]>;

export interface DeskAct {
  /** Where it is sent to, when not to its route with 1 for every parameter. */
  path?: string;
  fields?: Fields | ((db: Database) => Promise<Fields>);
  /** What has to be so before. */
  given?: (db: Database) => Promise<unknown>;
  /** More than one, where each leaves something whole. */
  commits?: number;
  /** How many lines of the audit it leaves, however often it is pressed at once; left out: any number. */
  audited?: number;
}

const at = new Date('2026-11-21T06:00:00Z');
const issueId = 1;

const hashNow = async (db: Database) => hashContent(await loadIssueContent(db, issueId));
const approved = async (db: Database) =>
  approveIssue(db, { issueId, seenHash: await hashNow(db), approvedBy: 'Olga', at });
const scheduled = async (db: Database) => {
  await approved(db);
  await db.run(sql`update issues set status = 'scheduled', send_at = '2026-12-20T06:00:00Z'`);
};
const sent = (db: Database) => markSent(db, issueId);
const sending = async (db: Database) => {
  await sent(db);
  await db.run(sql`update issues set status = 'sending', sent_at = null`);
};
const reader = (status: string) => async (db: Database) => {
  await addReaders(db, { readers: [{ email: 'ada@readers.example', interests: ['ice'], length: 5 }], wording: 'test', at }); // prettier-ignore
  await db.run(sql`update readers set status = ${status}`);
};
const edited = async (db: Database) =>
  db.run(sql`
    insert into issue_edits (issue_id, story_ids, actor, action, at, before, after)
    values (${issueId}, '{}', 'Olga', 'edit', ${at}, '{}', '{}')`);
const source = {
  title: 'arXiv',
  address: 'https://a.example/',
  section: '',
  language: '',
  weight: '1',
  interval: '',
  userAgent: '',
};

/** By route; what only changes who is signed in has its own tests (`races.test.ts`, `curators/*.test.ts`). */
export const deskActs: Readonly<Record<string, DeskAct>> = {
  '/desk/settings': { fields: { publication: 'Weekly', mailFrom: 'news@example.org', tagline: 'New' } },
  '/desk/settings/schedule': { fields: { draftDay: 'thu', draftTime: '06:00', sendDay: 'fri', sendTime: '07:00', timezone: 'Europe/Berlin', whenForgotten: 'wait' } }, // prettier-ignore
  '/desk/settings/sections': { fields: Object.fromEntries(sections.map(({ key, description }) => [key, description])) },
  '/desk/settings/accent': { fields: { accent: '#1f5fa8' } },
  '/desk/settings/logo/remove': {},
  '/desk/settings/signing-in': {},
  '/desk/curators': { fields: { name: 'Rita', email: 'rita@desk.example', role: 'editor' }, audited: 1 },
  '/desk/sources': { fields: { kind: 'feed', address: 'https://new.example/feed.xml' }, audited: 1 },
  '/desk/sources/import': {
    fields: { opml: '<opml version="2.0"><body><outline type="rss" text="A" xmlUrl="https://n.example/a"/></body></opml>' }, // prettier-ignore
  },
  '/desk/sources/:id': { fields: source },
  '/desk/sources/:id/check': {},
  '/desk/sources/:id/status': { fields: { status: 'paused' } },
  '/desk/sources/:id/old-address': {
    given: (db) =>
      db.run(sql`
        insert into source_moves (source_id, from_url, to_url, by, at) select id, 'https://old.example/', url, 'redirect', ${at} from sources where id = 1`),
    audited: 1,
  },
  '/desk/sources/:id/delete': { audited: 1 },
  '/desk/sources/:id/restore': { given: (db) => db.run(sql`update sources set deleted_at = ${at} where id = 1`), audited: 1 }, // prettier-ignore
  '/desk/sources/:id/full-text': { path: '/desk/sources/3/full-text', fields: { articles: 'whole' } },
  '/desk/sources/:id/forget-sender': {
    given: (db) => db.run(sql`update sources set kind = 'mail', options = '{"sender": "a@b.example"}' where id = 1`),
    audited: 1,
  },
  '/desk/stories/:id/split': { fields: { items: '2' }, audited: 1 },
  '/desk/stories/:id/leave-out': { fields: { urls: 'https://video.example/watch?v=1' }, audited: 1 },
  '/desk/stories/:id/join': { fields: { other: '3' }, audited: 1 },
  '/desk/stories/:id/headline': { fields: { item: '2' } },
  '/desk/stories/:id/undo': {
    given: (db) => splitStory(db, { storyId: 1, itemIds: [2], by: 'Olga', at }),
    fields: async (db) => ({ decision: String((await db.row<{ id: number }>(sql`select max(id) as id from story_decisions`))!.id) }), // prettier-ignore
    audited: 1,
  },
  '/desk/draft': {},
  '/desk/issues/:id/redraft': {},
  '/desk/issues/:id/sort': {},
  '/desk/issues/:id/undo': { given: edited, fields: { edit: '1' }, audited: 1 },
  '/desk/issues/:id/redo': {
    given: async (db) => {
      await edited(db);
      await db.run(sql`update issue_edits set undone_by = 'Olga'`);
    },
    fields: { edit: '1' },
    audited: 1,
  },
  '/desk/issues/:id/stories/:storyId': { fields: { change: 'role', role: 'removed' } },
  '/desk/issues/:id/stories/:storyId/summary': { fields: { sentences: ['Of my own.'], own: 'yes' } },
  '/desk/issues/:id/stories/:storyId/note': { fields: { note: 'Worth it.', alt: 'A bee.' } },
  '/desk/issues/:id/comments': { fields: { story: '1', words: 'Is it new?' } },
  '/desk/issues/:id/comments/:commentId/settle': {
    given: (db) => db.run(sql`insert into comments (issue_id, by, words, at) values (1, 'Olga', 'Why?', ${at})`),
    audited: 1,
  },
  '/desk/issues/:id/stories/:storyId/scores': { fields: { decisive: '3', comprehensive: '3', justified: '3', accurate: '3', kind: '3' } }, // prettier-ignore
  '/desk/issues/:id/editions/:lang/:storyId': {
    path: '/desk/issues/1/editions/de/1',
    fields: async (db) => {
      const section = editionSections(await loadIssueContent(db, issueId)).find(({ storyId }) => storyId === 1)!;
      return { title: 'Aufmerksamkeit', source: section.hash, act: 'save' };
    },
  },
  '/desk/issues/:id/mute-words': { fields: { words: 'attention pays' } },
  '/desk/issues/:id/mute-source': { fields: { source: '3', anyway: 'mute 3' } },
  '/desk/muted/take-back': {
    given: (db) => db.run(sql`insert into muted_words (words, by, at) values ('bees', 'Olga', ${at})`),
    fields: { id: '1' },
    audited: 1,
  },
  '/desk/inbox/promote': {
    given: (db) => db.run(sql`delete from issue_stories where story_id = 3`),
    fields: { story: '3' },
  },
  '/desk/issues/:id/approve': {
    fields: async (db) => ({ hash: await hashNow(db), ...everyReason }),
    // First what muted sources alone tell is taken out: its curator then sees what is left, and can approve that.
    commits: 2,
    audited: 1,
  },
  '/desk/issues/:id/schedule': {
    given: approved,
    fields: async (db) => ({ when: 'now', anyway: `send ${await hashNow(db)}` }),
    audited: 1,
  },
  '/desk/issues/:id/sending': { given: sending, fields: { what: 'pause' }, audited: 1 },
  '/desk/issues/:id/again': {
    given: async (db) => {
      await reader('active')(db);
      await sending(db);
      await db.run(sql`
        insert into deliveries (issue_id, reader_id, state, reason, content_hash, message_id, changed_at)
        select ${issueId}, id, 'failed', 'policy', 'h', '<delivery-1.x@example.org>', ${at} from readers`);
    },
    fields: { state: 'failed', reason: 'policy' },
    audited: 1,
  },
  '/desk/issues/:id/intro': { fields: { title: 'Bees', intro: 'Of bees.' } },
  '/desk/issues/:id/intro/preview': { fields: { intro: 'Of *bees*.' } },
  '/desk/issues/:id/test-mail': {},
  '/desk/issues/:id/bulk': { fields: { stories: ['1', '2', '3'], act: 'pick' } },
  '/desk/items/:id/captions': {
    path: '/desk/items/2/captions',
    fields: { captions: '1\n00:00:01,000 --> 00:00:02,000\nBees.\n' },
  },
  '/desk/topics/:id': { fields: { name: 'Bees', page: '1' } },
  '/desk/readers': { fields: { email: 'bea@readers.example', how: 'ask' }, audited: 1 },
  '/desk/readers/export': {},
  '/desk/readers/import': { fields: { list: 'email\nbea@readers.example\n', basis: 'At the fair in May' } },
  '/desk/readers/import/:id': {
    given: (db) =>
      keepImport(db, {
        madeBy: 'Olga',
        at,
        basis: 'At the fair',
        rows: [{ email: 'bea@readers.example', status: 'active', interests: ['ice'], length: 5, createdAt: null, agreedAt: null, network: null, wording: 'w', saysHow: true, lang: null }],
        problems: [],
      }), // prettier-ignore
    audited: 1,
  },
  '/desk/readers/:id': { given: reader('active'), fields: { what: 'leave' }, audited: 1 },
  '/desk/figures/:number/correct': { given: sent, fields: { words: 'It was a wasp.' } },
};

/** Others that one route takes: each is tried by itself. */
export const furtherActs: Readonly<Record<string, DeskAct & { path: string }>> = {
  'unschedules an issue': { path: '/desk/issues/1/schedule', given: scheduled, fields: { when: 'never' }, audited: 1 },
  'adds a reader who agreed': { path: '/desk/readers', fields: { email: 'bea@readers.example', how: 'agreed', basis: 'At the fair' }, audited: 1 }, // prettier-ignore
  'asks a reader to confirm again': { path: '/desk/readers/1', given: reader('pending'), fields: { what: 'resend' }, audited: 1 }, // prettier-ignore
  'deletes a reader': { path: '/desk/readers/1', given: reader('active'), fields: { what: 'delete', anyway: 'delete 1' }, audited: 1 }, // prettier-ignore
  'stops the mail to a reader': { path: '/desk/readers/1', given: reader('active'), fields: { what: 'suppress' }, audited: 1 }, // prettier-ignore
  'pauses a reader': { path: '/desk/readers/1', given: reader('active'), fields: { what: 'pause' }, audited: 1 },
  'stops an issue': { path: '/desk/issues/1/sending', given: sending, fields: { what: 'stop' } },
  'makes a story the lead': { path: '/desk/issues/1/stories/3', fields: { change: 'lead' } },
};
