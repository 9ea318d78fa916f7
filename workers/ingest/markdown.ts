// Markdown -> plain HTML: paragraphs, headings, lists and links; pure. The door cleans what comes out.
import { escapeText } from './escape-text.ts';

/** Converts the marks a reader would miss; images are dropped, HTML within stays as it is. */
export function markdownToHtml(markdown: string): string {
  const blocks = markdown.replace(/\r\n?/g, '\n').split(/\n{2,}/);
  return blocks
    .map((block) => toBlock(block.trim()))
    .filter(Boolean)
    .join('\n');
}

function toBlock(block: string): string {
  const heading = /^(#{1,6})\s+([^\n]*)/.exec(block);
  if (heading) {
    const level = Math.max(2, heading[1]!.length);
    const rest = block.slice(heading[0].length).trim();
    return `<h${level}>${toInline(heading[2]!)}</h${level}>${rest ? `\n${toBlock(rest)}` : ''}`;
  }
  const lines = block.split('\n');
  if (lines.every((line) => /^\s*([-*+]|\d+[.)])\s/.test(line))) {
    return `<ul>${lines.map((line) => `<li>${toInline(line.replace(/^\s*([-*+]|\d+[.)])\s+/, ''))}</li>`).join('')}</ul>`;
  }
  const text = toInline(block).trim();
  return text === '' ? '' : `<p>${text}</p>`;
}

function toInline(text: string): string {
  return escapeAmpersands(text)
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/\[([^\]]+)\]\(\s*<?([^)\s>]+)>?[^)]*\)/g, '<a href="$2">$1</a>')
    .replace(/<(https?:[^>\s]+)>/g, '<a href="$1">$1</a>')
    .replace(/`([^`]+)`/g, (_, code: string) => `<code>${code}</code>`)
    .replace(/(\*\*|__)(?=\S)([\s\S]*?\S)\1/g, '<b>$2</b>')
    .replace(/(?<![\w*])\*(?=[^\s*])([^*\n]*[^\s*])\*(?![\w*])/g, '<i>$1</i>')
    .replace(/^\\+$/gm, '')
    .replace(/^>\s?/gm, '');
}

function escapeAmpersands(text: string): string {
  return text.replace(/&(?!#?\w+;)/g, escapeText('&'));
}
