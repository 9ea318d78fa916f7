// The mail to a reader's old address when their letters are to go to another one.
import { composeAddressChange } from '../compose-address-change.ts';

export const composeNotice = composeAddressChange('old');
