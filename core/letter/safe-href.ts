// An address as a source gave it -> one that a mail or a page may link to; pure.

/** An address a mail may link to, or null: a source may say `javascript:` or worse. */
export function safeHref(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, href } = new URL(url);
  return ['http:', 'https:', 'mailto:'].includes(protocol) ? href : null;
}
