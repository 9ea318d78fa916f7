// Amazon SES by way of SNS: signed with a key whose certificate stands at amazonaws.com.
// https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
import { createVerify, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { bounceOf, isComplaint } from '../inbox/read-report.ts';
import type { MailEvent, Provider } from './mail-event.ts';

const envelope = z.object({
  Type: z.string(),
  MessageId: z.string(),
  TopicArn: z.string(),
  Message: z.string(),
  Subject: z.string().nullish(),
  Timestamp: z.string(),
  Token: z.string().optional(),
  SubscribeURL: z.string().optional(),
  SignatureVersion: z.enum(['1', '2']),
  Signature: z.string(),
  SigningCertURL: z.string(),
});

const recipient = z.object({
  emailAddress: z.string(),
  status: z.string().optional(),
  diagnosticCode: z.string().optional(),
});
const notification = z.object({
  notificationType: z.string().optional(),
  eventType: z.string().optional(),
  mail: z.object({ commonHeaders: z.object({ messageId: z.string().nullish() }).optional() }),
  bounce: z
    .object({ bounceType: z.string(), bounceSubType: z.string().default(''), bouncedRecipients: z.array(recipient) })
    .optional(),
  complaint: z
    .object({ complaintFeedbackType: z.string().nullish(), complainedRecipients: z.array(recipient) })
    .optional(),
});

export const ses: Provider = {
  setting: 'MAIL_HOOK_SES',
  async verify({ body }, topic, fetchText) {
    const parsed = envelope.safeParse(JSON.parse(body));
    if (!parsed.success || parsed.data.TopicArn !== topic) return false;
    const { SigningCertURL, Signature, SignatureVersion } = parsed.data;
    if (!isOfTopic(SigningCertURL, topic) || !new URL(SigningCertURL).pathname.endsWith('.pem')) return false;
    const { publicKey } = new X509Certificate(await fetchText(SigningCertURL));
    return createVerify(SignatureVersion === '2' ? 'RSA-SHA256' : 'RSA-SHA1')
      .update(signedText(parsed.data))
      .verify(publicKey, Signature, 'base64');
  },
  events(body) {
    const { Type, Message } = envelope.parse(JSON.parse(body));
    return Type === 'Notification' ? eventsOf(Message) : [];
  },
  confirm(body) {
    const { Type, SubscribeURL = '', TopicArn } = envelope.parse(JSON.parse(body));
    return Type === 'SubscriptionConfirmation' && isOfTopic(SubscribeURL, TopicArn) ? SubscribeURL : undefined;
  },
};

/** Names and values of these, a line each, in this order; a subject that is not there is left out. */
function signedText(message: z.infer<typeof envelope>): string {
  const names = message.Type === 'Notification' ? (['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'] as const) : (['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'] as const); // prettier-ignore
  return names.flatMap((name) => (typeof message[name] === 'string' ? [`${name}\n${message[name]}\n`] : [])).join('');
}

/**
 * "https://sns.eu-central-1.amazonaws.com/..." for a topic of that region, and nothing else: "sns.s3.amazonaws.com" is a bucket of
 * whoever took the name.
 */
function isOfTopic(address: string, topic: string): boolean {
  if (!URL.canParse(address)) return false;
  const [, partition, , region] = topic.split(':');
  const { protocol, host, username } = new URL(address);
  const theirs = `sns.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`;
  return protocol === 'https:' && host === theirs && username === '';
}

function eventsOf(message: string): MailEvent[] {
  const parsed = notification.safeParse(JSON.parse(message));
  // Such as the test message of a new topic.
  if (!parsed.success) return [];
  const { mail, bounce, complaint } = parsed.data;
  const messageId = mail.commonHeaders?.messageId ?? null;
  const bounces = bounce ? bounce.bouncedRecipients.flatMap((one) => bounceFrom(bounce, { ...one, messageId })) : [];
  if (!isComplaint(complaint?.complaintFeedbackType ?? 'abuse')) return bounces;
  const status = complaint?.complaintFeedbackType ?? 'abuse';
  return [...bounces, ...(complaint?.complainedRecipients ?? []).map(({ emailAddress }) => ({ messageId, email: emailAddress, kind: 'complaint' as const, status }))]; // prettier-ignore
}

const aboutMessage = new Set(['ContentRejected', 'MessageTooLarge', 'AttachmentRejected']);

/** Transient and general without a word of a server is somebody who is away; nothing transient is for good. */
function bounceFrom(
  { bounceType, bounceSubType }: { bounceType: string; bounceSubType: string },
  { messageId, emailAddress: email, status = '', diagnosticCode = '' }: z.infer<typeof recipient> & { messageId: string | null }, // prettier-ignore
): MailEvent[] {
  const isTransient = bounceType === 'Transient';
  if (isTransient && bounceSubType === 'General' && status === '' && diagnosticCode === '') return [];
  const said = bounceOf(status || (bounceType === 'Permanent' ? '5.1.1' : '4.2.0'), diagnosticCode);
  if (isTransient && aboutMessage.has(bounceSubType)) return [{ messageId, email, ...said, kind: 'refused' }];
  return [{ messageId, email, ...said, ...(isTransient && said.kind === 'hard' && { kind: 'soft' as const }) }];
}
