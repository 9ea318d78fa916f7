// The mail to a reader's new address when their letters are to go to another one.
import { composeAddressChange } from '../compose-address-change.ts';

export const composeNotice = composeAddressChange('new');
