// `node --import`ed by every process and thread of a test run under TEST_CLOCK, with the milliseconds as `?ms=`: moves Date.
// PGlite reads Date too. Timers and performance.now() keep running as they are.
const real = Date.now;
const moved = () => real() + Number(new URL(import.meta.url).searchParams.get('ms'));

Date.now = moved;
globalThis.Date = new Proxy(Date, {
  construct: (target, given, newTarget) => Reflect.construct(target, given.length > 0 ? given : [moved()], newTarget),
  apply: (target) => new target(moved()).toString(),
});
