// What the gate found -> how the page of an issue shows it: what stands in the way, each with its fix; what still runs; what passes.
import type { GateReason, KeptFinding } from '../../../core/store/gate.ts';
import type { GateLine } from './gate.ts';
import { fixOf, gateFixes } from './gate-fixes.ts';
import type { View } from './issue-view.ts';

/** Red before amber; of amber what has a reason passes. */
export function showGate(lines: readonly GateLine[], at: { issueId: number; view: View }) {
  const passing = lines.filter(({ level, reason }) => level === 'ok' || (level === 'amber' && reason !== null));
  const waiting = lines.filter(({ level }) => level === 'waiting');
  const open = lines.filter((line) => !passing.includes(line) && !waiting.includes(line));
  const rank = { red: 0, amber: 1, waiting: 2, ok: 2 } as const;
  const show = (line: GateLine) => {
    const row = gateFixes[line.name];
    return {
      ...line,
      // The edition a finding names has a place for the first story that is about it.
      fix: fixOf(at, line, (line.stories.find(({ lang }) => lang === line.lang) ?? line.stories[0])?.storyId),
      noFix: 'noFix' in row ? row.noFix : null,
      owner: ownersWay(line),
      stories: line.stories.map((story) => ({
        ...story,
        fix: fixOf(at, { name: line.name, lang: story.lang }, story.storyId),
      })),
    };
  };
  return {
    lines: open.toSorted((a, b) => rank[a.level] - rank[b.level]).map(show),
    passing: passing.map(show),
    passes: passing.length,
    of: lines.length,
    reds: lines.filter(({ level }) => level === 'red').length,
    running: waiting.length,
    runningNames: new Intl.ListFormat('en').format(waiting.map(({ name }) => gateFixes[name].name)),
  };
}

/** What was checked when the issue was approved, and why what asked was passed over; of an old approval the reasons alone. */
export function showPassed(found: readonly KeptFinding[] | null, reasons: readonly GateReason[]) {
  const names = new Map(Object.entries(gateFixes).map(([check, { name }]) => [check, name]));
  const all = found ?? reasons.map(({ checkName }) => ({ name: checkName, level: 'amber' as const, says: names.get(checkName) ?? checkName })); // prettier-ignore
  return {
    over: all
      .filter(({ level }) => level === 'amber')
      .map(({ name, says }) => ({ says, ...reasons.find(({ checkName }) => checkName === name) })),
    passing: all.filter(({ level }) => level === 'ok'),
    of: all.length,
  };
}

/** What an owner may change of how the site runs; the variable's name says nothing to an editor. */
function ownersWay({ says, stories }: GateLine): string | null {
  const said = [says, ...stories.map(({ detail }) => detail)].join(' ');
  return said.includes('set up not to try links') ? 'To an owner: CHECK_LINKS.' : null;
}
