// Long lines of text -> lines that mail can carry, broken at blanks; what follows depends on nothing but the text itself.

/** So long a line is left; with the markup around it, it stays far below the 998 bytes of RFC 5321, section 4.5.3.1.6. */
const foldedBytes = 240;

/** Text with line ends for some of its blanks, where it is long: in markup they mean the same. */
export function foldText(text: string): string {
  return text
    .split('\n')
    .map((line) => (line.length * 3 <= foldedBytes ? line : foldLine(line)))
    .join('\n');
}

/** Stands for a blank that must stay one. */
const held = '\0';

/** The same of whole markup: within a style stays every blank, since a line end in a quoted name of a font ends all that follows it. */
export function foldMarkup(html: string): string {
  const [before, ...styled] = html.split(' style="');
  const whole = styled.map((part) => {
    const end = part.indexOf('"');
    return part.slice(0, end).replaceAll(' ', held) + part.slice(end);
  });
  return foldText([before, ...whole].join(' style="')).replaceAll(held, ' ');
}

function foldLine(line: string): string {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`;
    // A blank at either end of a line would vanish with the fold, and mean something there.
    if (current !== '' && word !== '' && !current.endsWith(' ') && Buffer.byteLength(longer) > foldedBytes) {
      lines.push(current);
      current = word;
    } else current = longer;
  }
  return [...lines, current].join('\n');
}
