// Mails that a run leased and has not told the outcome of: one that is leased once more meanwhile is not taken twice; pure.

interface InHand<Row> {
  /** Of rows just leased those that are not in hand already; they are from now on. */
  take: (rows: readonly Row[]) => Row[];
  /** What came of them is being written down. */
  letGo: (ids: readonly number[]) => void;
}

/**
 * A run that stood still for longer than its leases hold (a process that was stopped, a database that did not answer) finds its queue full of
 * what another process gave back and it leases again itself. The row is its own then, by both leases: both mails would go out,
 * while the server thinks about the first.
 */
export function createInHand<Row extends { id: number }>(): InHand<Row> {
  const ids = new Set<number>();
  return {
    take(rows) {
      const others = rows.filter(({ id }) => !ids.has(id));
      for (const { id } of others) ids.add(id);
      return others;
    },
    letGo(done) {
      for (const id of done) ids.delete(id);
    },
  };
}
