// A scheduled and compiled issue of 23 stories with readers and picks, as the ranker stores them: own orders, reasons many share.
import { sql, type Database } from '../../../core/db.ts';
import type { Reason } from '../../../core/letter/pick-reason.ts';
import { savePicks, type Pick, type ReaderPicks } from '../../../core/store/picks.ts';
import { renderSample, sendAt } from '../../services/mailer/sending-fixture.ts';

const storyCount = 23;
const savedAtOnce = 5_000;

/** Returns the id of the issue. */
export async function fillIssue(db: Database, { readers }: { readers: number }): Promise<number> {
  const { issueId, content, contentHash } = await renderSample(db, { readers, stories: storyCount });
  await db.run(sql`delete from picks`);
  const editors = content.cards.filter(({ role }) => role === 'pick').map(({ storyId }) => storyId);
  const others = content.cards.filter(({ role }) => role !== 'pick').map(({ storyId }) => storyId);
  for (let first = 1; first <= readers; first += savedAtOnce) {
    const batch = Array.from({ length: Math.min(savedAtOnce, readers - first + 1) }, (_, at) =>
      picksOf(first + at, { editors, others }),
    );
    await savePicks(db, { issueId, contentHash, ranker: 'bench', readers: batch, now: sendAt });
  }
  return issueId;
}

function picksOf(readerId: number, { editors, others }: Record<'editors' | 'others', number[]>): ReaderPicks {
  const turn = readerId % others.length;
  const own = [...others.slice(turn), ...others.slice(0, turn)];
  const stories: Pick[] = [
    ...editors.map((storyId): Pick => ({ storyId, kind: 'editor', reason: { code: 'editor' } })),
    ...own.map((storyId, at): Pick => ({ storyId, kind: 'personal', reason: reasonOf(readerId * 7 + at) })),
  ];
  return { readerId, stories, unmet: [], profile: { facets: [{ words: 'speech', weight: 1 }] } };
}

/** One of some thousand. */
function reasonOf(draw: number): Reason {
  if (draw % 3 === 0) return { code: 'news' };
  return { code: draw % 3 === 1 ? 'matches' : 'close', words: `interest ${draw % 1_499} in “low-rank” adapters` };
}
