// The address of an issue at the desk.
import { z } from 'zod';
import { rowId } from '../../row-id.ts';

/** The id in an address of the desk. */
export const issueParams = z.object({ id: rowId() });
