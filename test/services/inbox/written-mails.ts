// What people write to us and what their programs put around it, in the shapes of a dozen of them; words and addresses are made up.
const letter = 'news@example.org';

export interface WrittenShape {
  name: string;
  /** Fields beside From, To and Subject. */
  headers?: string[];
  text?: string;
  html?: string;
}

const gmailQuote = `<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Sat, Nov 21, 2026 at 8:00 AM Courant &lt;<a href="mailto:${letter}">${letter}</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0"><div>Courant No 12</div><div>leave</div><div>help</div></blockquote></div>`;

/** Each with `typed` at the top (or where its program puts it) and a letter of ours quoted, in which "leave" and "help" stand as lines. */
export function written(typed: string): WrittenShape[] {
  const asHtml = typed.split('\n').map((line) => `<div>${line || '<br>'}</div>`).join(''); // prettier-ignore
  const quoted = '> Courant No 12\n>\n> leave\n> help';
  return [
    { name: 'Gmail', text: `${typed}\n\nOn Sat, Nov 21, 2026 at 8:00 AM Courant <${letter}> wrote:\n\n${quoted}\n`, html: `<div dir="ltr">${asHtml}</div><br>${gmailQuote}` },
    { name: 'Gmail, a long name broken over lines', text: `${typed}\n\nOn Sat, Nov 21, 2026 at 8:00 AM Courant, what a field publishes in a week <\n${letter}> wrote:\n\n${quoted}\n` },
    { name: 'Gmail, HTML only', html: `<div dir="ltr">${asHtml}</div><br>${gmailQuote}` },
    { name: 'Gmail in Chinese', text: `${typed}\n\nCourant <${letter}> 于2026年11月21日周六 08:00写道：\n\n${quoted}\n` },
    { name: 'Outlook', text: `${typed}\n\n________________________________\nFrom: Courant <${letter}>\nSent: Saturday, November 21, 2026 8:00 AM\nTo: Ada <ada@reader.example>\nSubject: Courant No 12\n\nCourant No 12\n\nleave\nhelp\n` },
    { name: 'Outlook, HTML only', html: `<html><head><style>p.MsoNormal {margin:0}</style></head><body><div class="WordSection1">${typed.split('\n').map((line) => `<p class="MsoNormal">${line || '&nbsp;'}<o:p></o:p></p>`).join('')}<p class="MsoNormal"><o:p>&nbsp;</o:p></p><div style="border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal"><b>From:</b> Courant &lt;${letter}&gt; <br><b>Sent:</b> Saturday, November 21, 2026 8:00 AM<br><b>To:</b> Ada<br><b>Subject:</b> Courant No 12<o:p></o:p></p></div><p>leave</p><p>help</p></div></body></html>` },
    { name: 'Outlook on a phone', html: `<div dir="auto">${asHtml}</div><div id="ms-outlook-mobile-signature">Get <a href="https://aka.ms/o0ukef">Outlook for iOS</a></div><hr style="width:98%"><div id="divRplyFwdMsg" dir="ltr"><font><b>From:</b> Courant &lt;${letter}&gt;<br><b>Sent:</b> Saturday<br><b>Subject:</b> Courant No 12</font></div><div>leave</div><div>help</div>` },
    { name: 'Outlook in German', text: `${typed}\n\nVon: Courant <${letter}>\nGesendet: Samstag, 21. November 2026 08:00\nAn: Ada <ada@reader.example>\nBetreff: Courant No 12\n\nleave\nhelp\n` },
    { name: 'Outlook in Chinese', text: `${typed}\n\n发件人: Courant <${letter}>\n发送时间: 2026年11月21日 8:00\n收件人: Ada <ada@reader.example>\n主题: Courant No 12\n\nleave\nhelp\n` },
    { name: 'Apple Mail', text: `${typed}\n\n> On 21 Nov 2026, at 08:00, Courant <${letter}> wrote:\n> \n> leave\n> help\n`, html: `<html><body><div>${asHtml}</div><div><br><blockquote type="cite"><div>On 21 Nov 2026, at 08:00, Courant &lt;${letter}&gt; wrote:</div><div>leave</div></blockquote></div></body></html>` },
    { name: 'iPhone', text: `${typed}\n\nSent from my iPhone\n\n> On Nov 21, 2026, at 8:00 AM, Courant <${letter}> wrote:\n> \n> leave\n` },
    { name: 'iPhone in German', text: `${typed}\n\nVon meinem iPhone gesendet\n\n> Am 21.11.2026 um 08:00 schrieb Courant <${letter}>:\n> \n> leave\n` },
    { name: 'Thunderbird, below the quote', text: `On 11/21/26 08:00, Courant wrote:\n${quoted}\n\n${typed}\n\n-- \nAda\nleave\n` },
    { name: 'Thunderbird in German', text: `Am 21.11.26 um 08:00 schrieb Courant:\n${quoted}\n${typed}\n` },
    { name: 'Thunderbird in French', text: `${typed}\n\nLe 21/11/2026 à 08:00, Courant a écrit :\n${quoted}\n` },
    { name: 'mutt', text: `On Sat, Nov 21, 2026 at 08:00:00AM +0000, Courant wrote:\n${quoted}\n\n${typed}\n\n-- \nAda Lovelace\nleave\n` },
    { name: 'QQ', html: `<div>${asHtml}</div><div><br></div><div style="font-size:12px;padding:2px 0">------------------&nbsp;原始邮件&nbsp;------------------</div><div style="background:#efefef"><div><b>发件人:</b> "Courant" &lt;${letter}&gt;;</div><div><b>主题:</b> Courant No 12</div></div><div>leave</div><div>help</div>` },
    { name: 'Netease', text: `${typed}\n\n\n\n\n在 2026-11-21 08:00:00，"Courant" <${letter}> 写道：\n\nleave\nhelp\n` },
    { name: 'Netease on a phone', text: `${typed}\n\n| |\nAda\n|\n\n---- 回复的原邮件 ----\n| 发件人 | Courant<${letter}> |\n| 日期 | 2026年11月21日 08:00 |\nleave\n` },
    { name: 'a Spanish phone', text: `${typed}\n\nEnviado desde mi iPhone\n\n> El 21 nov 2026, a las 8:00, Courant <${letter}> escribió:\n> leave\n` },
    { name: 'Outlook of old', text: `${typed}\n\n-----Original Message-----\nFrom: Courant\nSubject: Courant No 12\n\nleave\n` },
  ]; // prettier-ignore
}

/** The bytes of one. */
export function rawOf(
  { headers = [], text, html }: Omit<WrittenShape, 'name'>,
  head: { from: string; to: string; subject: string; id?: string },
): string {
  const { from, to, subject, id = `<${Math.random().toString(36).slice(2)}@mua.example>` } = head;
  const encoded = Array.from(subject).every((one) => one <= '~')
    ? subject
    : `=?utf-8?B?${Buffer.from(subject).toString('base64')}?=`;
  const fields = [`From: ${from}`, `To: ${to}`, `Subject: ${encoded}`, `Message-ID: ${id}`, 'Date: Sat, 21 Nov 2026 09:00:00 +0000', 'MIME-Version: 1.0', ...headers]; // prettier-ignore
  const part = (type: string, body: string): string[] => [`Content-Type: text/${type}; charset=utf-8`, 'Content-Transfer-Encoding: base64', '', ...(Buffer.from(body).toString('base64').match(/.{1,76}/g) ?? [])]; // prettier-ignore
  if (text !== undefined && html !== undefined)
    return [...fields, 'Content-Type: multipart/alternative; boundary="=_w"', '', '--=_w', ...part('plain', text), '--=_w', ...part('html', html), '--=_w--', ''].join('\r\n'); // prettier-ignore
  return [...fields, ...(html === undefined ? part('plain', text ?? '') : part('html', html)), ''].join('\r\n');
}
