// A check of the gate -> what it is called in a few words, and where what it found is put right.
import type { CheckName, Finding } from '../../../core/gate/check-issue.ts';
import { issueAddress, type View } from './issue-view.ts';

/** Where a link leads; `focus` is the id of what is to be typed in or pressed there. */
export interface Fix {
  href: string;
  words: string;
  focus: string | null;
  /** It leaves the issue's page. */
  isElsewhere: boolean;
}

interface At {
  issueId: number;
  view: View;
}
/** Of a finding; `storyId` is the story it is about, the first of several. */
type FindFix = (at: At, found: Pick<Finding, 'lang'> & { storyId?: number | undefined }) => Fix;

/** Each check with its fix, or why nothing at the desk can put it right. */
export const gateFixes: Record<CheckName, { name: string; fix: FindFix } | { name: string; noFix: string }> = {
  stories: { name: 'stories', fix: inList('all', 'choose') },
  links: { name: 'links', fix: ofStory({ part: 'sources', focus: 'split-of' }) },
  untried: { name: 'links not tried', fix: (at, found) => (found.storyId ? ofStory({ part: 'sources' })(at, found) : toLetter(at)) }, // prettier-ignore
  repeated: { name: 'earlier issues', fix: ofStory({ focus: 'role-of' }) },
  sentences: { name: 'sentences', fix: ofStory({ part: 'summary', focus: 'summary-of' }) },
  subject: { name: 'subject', fix: inOpening('subject') },
  preheader: { name: 'preheader', fix: inOpening('preheader') },
  alt: {
    name: 'alternative texts',
    noFix: 'A picture is in the letter once its story describes it, and the map and the logo bring their words: this is a fault of the letter itself. Tell who runs this site.', // prettier-ignore
  },
  contrast: { name: 'contrast', fix: inSettings('accent') },
  names: { name: 'names of links', fix: inOpening('intro') },
  axe: { name: 'axe-core', fix: inOpening('intro') },
  size: { name: 'size', fix: inList('picks', 'pick fewer') },
  unsubscribe: {
    name: 'way out',
    noFix: 'The link to leave is part of every letter and nobody’s to write: this is a fault of the letter itself. Tell who runs this site.', // prettier-ignore
  },
  address: { name: 'postal address', fix: inSettings('postalAddress') },
  sender: { name: 'sender', fix: inSettings('mailFrom') },
  spam: { name: 'SpamAssassin', fix: inOpening('subject') },
  withdrawn: { name: 'withdrawn papers', fix: ofStory({ focus: 'role-of' }) },
  tex: { name: 'TeX', fix: ofStory({ part: 'summary', focus: 'summary-of' }) },
  language: { name: 'language', fix: (at, found) => (found.lang ? inEdition(at, found) : ofStory({ focus: 'role-of' })(at, found)) }, // prettier-ignore
  editions: { name: 'editions', fix: inEdition },
};

/** The way to what a check found, of one story where it is about stories; null where there is none. */
export function fixOf(at: At, { name, lang }: Pick<Finding, 'name' | 'lang'>, storyId?: number): Fix | null {
  const row = gateFixes[name];
  return 'fix' in row ? row.fix(at, { lang, storyId }) : null;
}

function inList(show: View['show'], words: string): FindFix {
  return ({ issueId, view }) => ({
    ...here(issueAddress(issueId, view, { show, q: '', pane: 'list', page: 1 })),
    words,
  });
}

function ofStory({ part = '', focus = null }: { part?: View['part']; focus?: string | null }): FindFix {
  return ({ issueId, view }, { storyId }) => ({
    ...here(issueAddress(issueId, view, { story: storyId, part, pane: 'story' })),
    focus: focus === 'summary-of' ? `${focus}-${storyId}` : focus,
  });
}

function inOpening(field: string): FindFix {
  return ({ issueId, view }) => ({
    ...here(`${issueAddress(issueId, view, { story: undefined, part: '', pane: 'story' })}#${field}`),
    focus: field,
  });
}

function inSettings(field: string): FindFix {
  return () => ({ ...here(`/desk/settings#${field}`), isElsewhere: true });
}

function inEdition({ issueId }: At, { lang, storyId = 0 }: { lang: string | null; storyId?: number | undefined }): Fix {
  return { ...here(`/desk/issues/${issueId}/editions/${lang}#section-${storyId}`), isElsewhere: true };
}

function toLetter({ issueId, view }: At): Fix {
  return { ...here(`${issueAddress(issueId, view, { pane: 'letter' })}#letter`), words: 'open them' };
}

function here(href: string): Fix {
  return { href, words: 'fix', focus: null, isElsewhere: false };
}
