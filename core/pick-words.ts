// The words under a pick wherever it is shown: in the letter, its proof, the reader's pages and the private feed.

/** Everybody gets what the editors picked. */
export const editorPickReason = "editor's pick";
/** What is said when nothing but the editors' order speaks for a story. */
export const editorsReason = "high on the editors' list";

/** The line for one pick; null for picks made before every pick had a reason. */
export function pickLine({ reason, updated }: { reason: string | null; updated?: boolean }): string | null {
  if (!updated) return reason;
  return ['Updated since you saw it', ...(reason === null ? [] : [reason])].join(' \u00b7 ');
}
