// A database that explains every statement that passes before it runs it: what a page or job asks is never copied into a test.
import type { Database, Queryable, Sql } from '../core/db.ts';
import { watchDatabase } from './watch-database.ts';

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Join Filter'?: number;
  Plans?: PlanNode[];
}

export interface SeenStatement {
  text: string;
  plan: PlanNode;
}

/** The same database, and what passed through it so far; `analyze` runs each statement once more, to see what it really reads. */
export function recordPlans(db: Database, { analyze = false } = {}): { db: Database; seen: SeenStatement[] } {
  const seen: SeenStatement[] = [];

  async function explain(statement: Sql, target: Queryable): Promise<void> {
    if (!/^\s*(with|select|insert|update|delete)\b/i.test(statement.text)) return;
    const asked = {
      text: `explain (analyze ${analyze}, format json) ${statement.text}`,
      values: statement.values,
    } as unknown as Sql;
    const row = await target.row<Record<string, [{ Plan: PlanNode }]>>(asked);
    seen.push({ text: statement.text, plan: row!['QUERY PLAN']![0].Plan });
  }

  return { db: watchDatabase(db, { before: explain }), seen };
}

/** The tables that a plan reads from end to end. */
export function wholeTables(node: PlanNode): string[] {
  const own = node['Node Type'] === 'Seq Scan' ? [node['Relation Name']!] : [];
  return [...own, ...(node.Plans ?? []).flatMap(wholeTables)];
}

/** The rows that every step of an analysed plan handed on or threw away. */
export function rowsVisited(node: PlanNode): number {
  const each = [node['Actual Rows'], node['Rows Removed by Filter'], node['Rows Removed by Join Filter']];
  const own = each.reduce<number>((sum, rows) => sum + (rows ?? 0), 0) * (node['Actual Loops'] ?? 0);
  return (node.Plans ?? []).reduce((sum, inner) => sum + rowsVisited(inner), own);
}
