// What the fields before a document hold, whatever they are written in; types alone.

/** Numbers, booleans and dates are as they are written: `title: 1.10` is "1.10". */
export type FrontValue = string | FrontValue[] | { [name: string]: FrontValue };
export type FrontFields = Record<string, FrontValue>;
