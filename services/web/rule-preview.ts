// Rules x what went out in four weeks -> what they would have hit: shown while a rule is being written.
import type { House } from '../../core/house.ts';
import { applyRules, indexRuleStories, type Rule, type RuleIndex } from '../../core/readers/reader-rules.ts';
import type { Words } from '../../core/words.ts';
import { ruleStories, storiesSentSince } from '../../core/store/rules.ts';
import { weekMs } from '../../core/time.ts';

const weeks = 4;
const shownAtMost = 12;
/** Somebody who types asks several times a second; what went out changes once a week. */
const keptMs = 60_000;

/** Stories that were sent, newest issue first, ready for any rule. */
interface SentStories {
  stories: { storyId: number; title: string }[];
  index: RuleIndex;
}

interface Hits {
  count: number;
  all: number;
  stories: SentStories['stories'];
  more: number;
}

/** What a rule alone, and what all rules of a reader together, would have done. */
export interface RulePreview {
  /** How many stories there are to try rules on. */
  storyCount: number;
  hitsOf: (rule: Pick<Rule, 'field' | 'words'>) => Hits;
  /** In words: "Together they would have kept away 12 and put first 3 of 304 stories." */
  together: (rules: readonly Rule[], words: Words) => string;
}

/** Returns a function that loads the stories at most once a minute. */
export function createRulePreview({ db, now }: House): () => Promise<RulePreview> {
  let kept: { until: number; preview: Promise<RulePreview> } | undefined;
  return () => {
    const at = now().getTime();
    if (!kept || kept.until < at || kept.until > at + keptMs) kept = { until: at + keptMs, preview: load() };
    return kept.preview;
  };

  async function load(): Promise<RulePreview> {
    const storyIds = await storiesSentSince(db, new Date(now().getTime() - weeks * weekMs));
    const byId = new Map((await ruleStories(db, storyIds)).map((story) => [story.storyId, story]));
    const found = storyIds.flatMap((storyId) => byId.get(storyId) ?? []);
    return previewOf({
      stories: found.map(({ storyId, title }) => ({ storyId, title })),
      index: indexRuleStories(found),
    });
  }
}

function previewOf({ stories, index }: SentStories): RulePreview {
  return {
    storyCount: stories.length,
    hitsOf(rule) {
      const hits = [...index.hitsOf(rule)].map((at) => stories[at]!);
      const shown = hits.slice(0, shownAtMost);
      return { count: hits.length, all: stories.length, stories: shown, more: hits.length - shown.length };
    },
    together(rules, words) {
      if (stories.length === 0) return words.say('rules.nothingSentAll');
      const { barred, pinned: first } = applyRules(rules, index);
      return words.say('rules.together', { barred: barred.size, first: first.size, all: stories.length });
    },
  };
}
