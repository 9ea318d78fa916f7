// A paper's text in which its author's macro stands for what the paper calls itself -> the text with that name; pure.

/**
 * What authors call the macro for their own method, alone or with "name" behind it: "\ours", "\methodname", "\namex". In a path it is none,
 * nor with an argument ("\model{BERT}") or below a symbol ("\mathcal{L}_{\reg}"). Before it the word that already says whose it is.
 */
const ownMacro =
  /(?<![\w:.\\/]|[_^]\{)\\(?:our)?(approach|framework|method|model|name|ours?|placeholder|reg|sys|system|tool)(?:name|x)?(?![A-Za-z])(?:\{\}|\\(?=\s))?(?![{[])/gi;
/** A title that begins with the name and a colon, in one word of whatever face: "HER: ...", "\textsc{NaVIDA}: ...". */
const nameOfTitle = /^(?:\\[a-z]+\{)?([\p{L}\p{N}][\p{L}\p{N}.+-]{1,29})\}?\s?:\s/u;
const says = /^(?:approach|framework|method|model|system|tool)$/;
/** "Our \method", "the proposed \method" need no second "our". */
const isOwned = /(?:^|[^\p{L}])(?:an?|its|our|proposed|that|the|their|this)[\s~]+$/iu;
/** As much of what stands before it as tells that. */
const before = 16;

/**
 * "We train \method models" reads "We train HER models" where the title begins with "HER:", else "We train our method models". arXiv gives
 * abstracts as their authors typed them, without what their macros mean: 13 papers of two weeks, ten of which begin with their name.
 */
export function withOwnName(text: string, title: string): string {
  if (!text.includes('\\')) return text;
  const name = nameOfTitle.exec(title)?.[1];
  return text.replace(ownMacro, (_, macro: string, at: number) => {
    if (name !== undefined) return name;
    const word = says.test(macro.toLowerCase()) ? macro.toLowerCase() : 'method';
    const start = text.slice(Math.max(0, at - before), at);
    if (isOwned.test(start)) return word;
    return `${/(?:^|[.!?>]\s*)$/.test(start) ? 'Our' : 'our'} ${word}`;
  });
}
