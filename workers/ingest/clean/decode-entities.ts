// The few entities of caption files -> characters; pure.

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', lrm: '', rlm: '' };

/** Decodes once; what is no entity stays. */
export function decodeEntities(text: string): string {
  return text.replace(/&(#x[\da-f]{1,6}|#\d{1,7}|\w+);/gi, (whole, entity: string) => {
    if (!entity.startsWith('#')) return named[entity] ?? whole;
    const code = Number(entity.replace(/^#(x?)/i, (_, hex: string) => (hex ? '0x' : '')));
    return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : whole;
  });
}
