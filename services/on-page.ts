// A list -> the part of it that one page shows; pure.
import { z } from 'zod';

/** The number of a page in an address; what is none is the first. */
export function pageNumber() {
  return z.coerce.number().int().min(1).max(10_000).catch(1);
}

/** The rows of page `number`, from 1, of `size` each; behind the last it is the last. */
export function onPage<Row>(
  list: readonly Row[],
  number: number,
  size: number,
): { rows: Row[]; page: number; pages: number } {
  const pages = Math.max(1, Math.ceil(list.length / size));
  const page = Math.min(number, pages);
  return { rows: list.slice((page - 1) * size, page * size), page, pages };
}
