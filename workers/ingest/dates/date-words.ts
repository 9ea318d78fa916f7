// Names of months and weekdays as the world writes them -> their numbers; pure. The names are the CLDR's, through Intl.

/** The languages of Europe, and some beside it that write months in letters. */
const languages = (
  'en de fr es it pt nl sv da nb nn fi is et lv lt pl cs sk sl hr bs sr mk bg ru uk be el ro hu sq tr ca gl eu ga cy ' +
  'lb mt fo fy id ms he ar fa hi th'
).split(' ');

/** Alone and in a date, where Slavic languages and others bend the name. */
const monthStyles = [
  { month: 'long' },
  { month: 'short' },
  { month: 'long', day: 'numeric' },
  { month: 'short', day: 'numeric' },
] as const;
const weekdayStyles = [{ weekday: 'long' }, { weekday: 'short' }] as const;

const english = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A name -> its number, or null where languages disagree. */
type Names = Map<string, number | null>;
let months: Names | undefined;
let weekdays: Names | undefined;

/**
 * The month, 0 to 11, that a word names; undefined for none. A name that is another month in another language, such as
 * the "listopad" of Czechs and Croats, names none. English is known by its first three letters, however misspelled.
 */
export function monthNamed(word: string): number | undefined {
  const name = plain(word);
  const begins = english.indexOf(name.slice(0, 3));
  // What nearly every feed writes needs no table.
  if (begins >= 0 && name.length === 3) return begins;
  const year = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2024, month, 1)));
  months ??= readNames(year, monthStyles);
  const known = months.get(name);
  return known === undefined && begins >= 0 ? begins : (known ?? undefined);
}

/** The weekday, 0 for Sunday, that a word names; undefined for none, or where languages disagree. */
export function weekdayNamed(word: string): number | undefined {
  // 7 January 2024 was a Sunday.
  const week = Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2024, 0, 7 + day)));
  weekdays ??= readNames(week, weekdayStyles);
  return weekdays.get(plain(word)) ?? undefined;
}

/** Without case, accents and full stops, which feeds drop as they like, and without the article of Catalan and the "in" of Hebrew. */
function plain(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\p{M}.]|^de\s|^d['’]|^ב(?=[א-ת]{3})/gu, '');
}

/** Takes 0.1 s, once, and only where a name is not English. */
function readNames(dates: readonly Date[], styles: readonly Intl.DateTimeFormatOptions[]): Names {
  const names: Names = new Map();
  for (const language of languages) {
    for (const style of styles) {
      const format = new Intl.DateTimeFormat(language, { ...style, calendar: 'gregory', timeZone: 'UTC' });
      const wanted = style.month ? 'month' : 'weekday';
      dates.forEach((date, number) => {
        const name = plain(format.formatToParts(date).find(({ type }) => type === wanted)?.value ?? '');
        const known = names.get(name);
        names.set(name, known === undefined || known === number ? number : null);
      });
    }
  }
  return names;
}
