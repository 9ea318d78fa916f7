// The authors of a paper -> as a line of meta has room for them; pure.

const named = 2;

/** "First, Second and 5 more"; empty where nobody is named. */
export function shortAuthors(authors: readonly string[]): string {
  const more = authors.length - named;
  return authors.slice(0, named).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
