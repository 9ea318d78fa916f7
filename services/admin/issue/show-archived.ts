// An issue that is not out yet -> what the page of the archive will show of it.
import type { IssueContent } from '../../../core/store/issue-content.ts';
import { english, type Words } from '../../../core/words.ts';
import type { Issue } from '../../../core/store/issues.ts';
import { showIssue } from '../../web/archive.ts';

/** The values of `templates/pages/issue.liquid`. */
export function showArchived({ slug, number, approvedBy }: Issue, content: IssueContent, words: Words = english) {
  const nothing = { before: null, after: null, rest: [], restCount: 0, isPersonal: true };
  return {
    title: content.title,
    slug,
    permalink: slug,
    ...showIssue(content, { number, approvedBy }, words),
    ...nothing,
  };
}
