// Five newsletters as they reach a mailbox, made up: what a reader's own links and addresses look like in each, and what is told.
export const reader = 'anna.reader@private.example';

const encoded = (url: string): string => encodeURIComponent(url);
const base64 = (text: string): string => Buffer.from(text).toString('base64url');
const personal = 'dXNlcj00NzExJm1haWw9YW5uYS5yZWFkZXJAcHJpdmF0ZS5leGFtcGxl';
const footer = `<table><tr><td>You are receiving this because ${reader} signed up. <a href="https://click.morning.example/u/${personal}">Unsubscribe</a></td></tr><tr><td>12 Hill Road, Smalltown</td></tr></table>`;

interface NewsletterMail {
  name: string;
  from: string;
  subject: string;
  date: string;
  html?: string;
  text?: string;
  /** A mail within the mail. */
  attached?: string;
  told: { kind: 'digest' | 'post'; title: string; day: string; keys: string[]; paragraph?: string; words?: string };
}

const briefs = ['stairs', 'boats', 'desks', 'lamps', 'kites'];
const said = (name: string): string => `Somebody built ${name} that fold away at night and wrote down how.`;
const tracked = (url: string): string =>
  `https://tracking.morning.example/CL0/${encoded(url)}/1/0100019aef-${personal}/sig=441`;
const pageOf = (name: string): string => `https://${name}.example/new?utm_source=morning&ref=x`;

/** Headings that are links counted by a service, straight from its sender. */
const straight: NewsletterMail = {
  name: 'a daily of links, straight',
  from: '"The Morning" <hello@morning.example>',
  subject: 'Stairs that fold, boats, desks',
  date: 'Tue, 17 Mar 2026 07:00:00 +0000',
  html: `<div style="display:none">Stairs and more</div><p><a href="https://tracking.morning.example/CL0/${encoded('https://morning.example/2026-03-17')}/1/0100">View online</a></p>
    ${briefs.map((name) => `<a href="${tracked(pageOf(name))}"><h3>On ${name}</h3></a><div>${said(name)}</div>`).join('')}${footer}`,
  told: {
    kind: 'digest',
    title: 'Stairs that fold, boats, desks',
    day: '2026-03-17',
    keys: briefs.map((name) => `url:${name}.example/new`),
    paragraph: `On stairs\n${said('stairs')}`,
  },
};

/** One text with links in its sentences, forwarded by a web mailer. */
const essay: NewsletterMail = {
  name: 'an essay, forwarded by a web mailer',
  from: `Anna Reader <${reader}>`,
  subject: 'Fwd: Why stairs fold',
  date: 'Wed, 18 Mar 2026 20:00:00 +0000',
  html: `<div dir="ltr">worth a look<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>From: <b>Essays</b> &lt;essays@letters.example&gt;<br>Date: Mon, Mar 16, 2026 at 6:00 AM<br>Subject: Why stairs fold<br>To: &lt;${reader}&gt;<br></div>
    <p><a href="https://letters.example/redirect/2/${base64(JSON.stringify({ e: 'https://letters.example/p/why-stairs-fold', s: 4711 }))}">View in browser</a></p><p>Hi Anna,</p>
    <p>Stairs fold because rooms are small, and the <a href="https://letters.example/redirect/2/${base64(JSON.stringify({ e: 'https://arxiv.org/abs/2603.00007', s: 4711 }))}">first paper</a> on them says how small.</p>
    <p>I measured mine for a year, and they took less time every month, until I stopped counting.</p>${footer}</div></div>`,
  told: {
    kind: 'post',
    title: 'Why stairs fold',
    day: '2026-03-16',
    keys: ['arxiv:2603.00007'],
    words: 'Stairs fold because rooms are small, and the first paper on them says how small.',
  },
};

/** Lines and bare addresses, forwarded by a desktop program. */
const plain: NewsletterMail = {
  name: 'plain text, forwarded by a desktop program',
  from: `Anna Reader <${reader}>`,
  subject: 'Fwd: Folding Weekly 12',
  date: 'Thu, 19 Mar 2026 09:00:00 +0000',
  text: `Begin forwarded message:\n\nFrom: Folding Weekly <list@weekly.example>\nSubject: Folding Weekly 12\nDate: 15 March 2026 at 08:00:00 GMT\nTo: ${reader}\n\nHello,\n\n${briefs
    .map((name, at) => `${at + 1}. https://${name}.example/plain?subscriber_id=4711\n${said(name)}`)
    .join(
      '\n\n',
    )}\n\nYou received this mail as ${reader}.\nTo unsubscribe: https://weekly.example/unsubscribe?email=${encoded(reader)}\n`,
  told: {
    kind: 'digest',
    title: 'Folding Weekly 12',
    day: '2026-03-15',
    keys: briefs.map((name) => `url:${name}.example/plain`),
  },
};

/** Cells of a table behind an office's scanner of links, in German; what only the service can unwrap leads nowhere any more. */
const table: NewsletterMail = {
  name: 'cells of a table in German, forwarded by an office program',
  from: `Anna Reader <${reader}>`,
  subject: 'WG: Neues vom Falten',
  date: 'Thu, 19 Mar 2026 10:00:00 +0000',
  html: `<hr><p><b>Von:</b> Falten &lt;post@falten.example&gt;<br><b>Gesendet:</b> Dienstag, 17. M\u00e4rz 2026<br><b>An:</b> ${reader}<br><b>Betreff:</b> Neues vom Falten</p>
    <table>${briefs.map((name) => `<tr><td><a href="https://eur01.safelinks.protection.outlook.com/?url=${encoded(`https://${name}.example/neu`)}&data=${personal}">Zu ${name}</a>: Jemand hat sie gebaut und beschrieben, wie sie sich nachts falten.</td></tr>`).join('')}
    <tr><td><a href="https://falten.us1.list-manage.com/track/click?u=8f1c0a1b2c3d&id=9a8b7c6d5e&e=4711aabbcc">Noch eines</a>: davon wei\u00df nur der Dienst, wohin es f\u00fchrt.</td></tr></table>
    <p><a href="https://falten.us1.list-manage.com/unsubscribe?u=8f1c&e=4711aabbcc">Abmelden</a> oder an ${reader} weitergeben</p>`,
  told: {
    kind: 'digest',
    title: 'Neues vom Falten',
    day: '2026-03-17',
    keys: briefs.map((name) => `url:${name}.example/neu`),
  },
};

/** Forwarded as a whole, with links in base64. */
const whole: NewsletterMail = {
  name: 'a link list, forwarded as an attachment',
  from: `Anna Reader <${reader}>`,
  subject: 'Fwd: Reading list',
  date: 'Fri, 20 Mar 2026 05:00:00 +0000',
  text: '',
  attached: [
    'From: Lists <lists@maker.example>', `To: "Anna Reader" <${reader}>`, 'Subject: =?utf-8?Q?Reading_list_=E2=80=93_folding?=', 'Date: Sat, 14 Mar 2026 06:00:00 +0000',
    'Message-ID: <list-9@maker.example>', 'MIME-Version: 1.0', 'Content-Type: text/html; charset=iso-8859-1', 'Content-Transfer-Encoding: 8bit', '',
    `<ul>${briefs.map((name) => `<li><a href="https://click.maker-mail.example/x8k2/${base64(`https://${name}.example/list?email=${reader}`)}">${name}</a>: ${said(name)}</li>`).join('')}</ul><p>Sent to ${reader}. <a href="https://maker.example/unsubscribe?token=4711">Unsubscribe</a></p>`,
  ].join('\r\n'),
  told: { kind: 'digest', title: 'Reading list \u2013 folding', day: '2026-03-14', keys: briefs.map((name) => `url:${name}.example/list`), paragraph: `stairs: ${said('stairs')}` },
}; // prettier-ignore

export const newsletterMails: readonly NewsletterMail[] = [straight, essay, plain, table, whole];
