// The part of sbd that is used here; the package brings no types.
declare module 'sbd' {
  const sbd: { sentences(text: string, options?: { newline_boundaries?: boolean }): string[] };
  export default sbd;
}
