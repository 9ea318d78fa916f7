// Whether an item can be watched or read yet, as SQL of other files asks it. Over `items`.
import { sql } from '../db.ts';

/** False for a video that is announced or live. */
export const hasAired = sql`items.transcript_state is distinct from 'upcoming'`;
