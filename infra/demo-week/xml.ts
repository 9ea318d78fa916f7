// Text -> text that is safe inside XML; pure.

/** The five characters that mean something in XML become entities. */
export function escapeXml(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return dropControls(text).replace(/[&<>"']/g, (char) => names[char] ?? char);
}

/** Text as it is, in a CDATA section that it cannot end. */
export function cdata(text: string): string {
  return `<![CDATA[${dropControls(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

/** One piece of XML for each text, which `render` gets escaped. */
export function each(texts: string[] | undefined, render: (escaped: string) => string): string {
  return (texts ?? []).map((text) => render(escapeXml(text))).join('');
}

/** XML 1.0 has no way to write most control characters (section 2.2), not even escaped; the later ones it only discourages. */
function dropControls(text: string): string {
  return text.replace(/(?![\t\n\r])\p{Cc}/gu, '');
}
