// Postmark: it signs nothing; the name and password in the address of the webhook say that it is Postmark.
// https://postmarkapp.com/developer/webhooks/bounce-webhook
import { z } from 'zod';
import { bounceOf } from '../inbox/read-report.ts';
import type { Provider } from './mail-event.ts';
import { isSameSecret } from '../../core/crypto/same-secret.ts';

const record = z.object({
  RecordType: z.string(),
  Type: z.string().optional(),
  Email: z.string(),
  Details: z.string().nullish(),
  Description: z.string().nullish(),
});

const gone = ['HardBounce', 'BadEmailAddress', 'ManuallyDeactivated'];
const aboutUs = ['SpamNotification', 'Blocked', 'DMARCPolicy', 'VirusNotification'];
const forNow = ['SoftBounce', 'Transient', 'DnsError'];

export const postmark: Provider = {
  setting: 'MAIL_HOOK_POSTMARK',
  verify: ({ headers }, secret) =>
    isSameSecret(headers.authorization ?? '', `Basic ${Buffer.from(secret).toString('base64')}`),
  events(body) {
    const { RecordType, Type = '', Email: email, Details, Description } = record.parse(JSON.parse(body));
    const about = { messageId: null, email };
    if (RecordType === 'SpamComplaint' || Type === 'SpamComplaint') return [{ ...about, kind: 'complaint', status: 'abuse' }]; // prettier-ignore
    if (RecordType !== 'Bounce') return [];
    const said = bounceOf('', Details ?? Description ?? '');
    // Its own word is for the kind, the server's for the status.
    if (gone.includes(Type)) return [{ ...about, kind: 'hard', status: said.status }];
    if (aboutUs.includes(Type)) return [{ ...about, kind: 'refused', status: said.status }];
    return forNow.includes(Type) ? [{ ...about, kind: 'soft', status: said.status }] : [];
  },
};
