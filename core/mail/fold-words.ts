// Words as people type them -> the same for comparing: without case, accents, and the widths of East Asian forms; pure.

const bare = /\p{M}/gu;

/** "Désabonner :" becomes "desabonner :", "：" becomes ":"; blanks are folded and trimmed. */
export function foldWords(text: string): string {
  const plain = text.normalize('NFKD').replace(bare, '').toLowerCase();
  return plain.replaceAll('ß', 'ss').replaceAll('’', "'").split(' ').filter(Boolean).join(' ').trim();
}
