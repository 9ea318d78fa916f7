// The mail to a reader's old address when their letters are to go to another one.
import { composeMove } from '../compose-move.ts';

export const composeNotice = composeMove('old');
