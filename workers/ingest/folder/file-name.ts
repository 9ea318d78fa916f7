// The path of a document -> the date and the title in it, as Jekyll, Hugo and people who keep notes write them; pure.

/** "2019-05-02-slug", "2019-05-02 note", "2019_05_02", "20190502-slug"; the mark between the parts is the same. */
const dated = /^(?:(\d{4})([-_.])(\d{2})\2(\d{2})|((?:19|20)\d\d)(\d\d)(\d\d))(?:T?\d{4,6})?(?:[-_.\s]+(?=\S)|$)/;

interface NamedByPath {
  /** At midnight UTC. */
  date: Date | null;
  /** Without the date, unless that is all there is. */
  title: string;
}

/** Reads a path with slashes; of `2019-05-02-slug/index.md` the directory is the name, and `2019/05/02/slug.md` and `2019/05-02-slug.md` are dated too. */
export function readPath(path: string): NamedByPath {
  const parts = path.replace(/\.\w+$/, '').split('/');
  const isIndex = parts.length > 1 && /^(?:_?index|readme)$/i.test(parts.at(-1)!);
  const name = parts.at(isIndex ? -2 : -1)!;
  const found = dated.exec(name);
  const date = found && validDate(found[1] ?? found[5]!, found[3] ?? found[6]!, found[4] ?? found[7]!);
  if (found && date) return { date, title: name.slice(found[0].length) || name };
  const [, year, month, day, rest] =
    /(?:^|\/)((?:19|20)\d\d)\/(\d\d)[/-](\d\d)(?:\/|[-_](?=\w)([^/]*))/.exec(path) ?? [];
  const inPath = year === undefined ? null : validDate(year, month!, day!);
  return { date: inPath, title: inPath && rest !== undefined ? name.replace(/^\d\d-\d\d[-_]/, '') : name };
}

function validDate(year: string, month: string, day: string): Date | null {
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  // 31 February becomes a day of March.
  return Number.isNaN(date.getTime()) || date.getUTCDate() !== Number(day) ? null : date;
}
