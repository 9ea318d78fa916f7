// How mail programs mark what somebody did not type: what is quoted or forwarded, and signatures; compared after `foldWords`.

/** "On Sat, 21 Nov 2026, Courant wrote:", at its end or before the name. */
export const wroteWords = ['wrote', 'schrieb', 'a ecrit', 'escribio', '写道', '寫道'];

/** What the first line of such a sentence begins with, where it goes over several. */
export const wroteStarts = ['on ', 'am ', 'le ', 'el ', '在', '于'];

/** Above what is forwarded, where no dashes frame it. */
export const forwardedStarts = [
  'begin forwarded message',
  'anfang der weitergeleiteten',
  'debut du message transfere',
  'debut du message reexpedie',
  'inicio del mensaje reenviado',
  '开始转发的邮件',
  '開始轉寄郵件',
];

/** Fields of a head written as text: "From:", "Gesendet:". Two in a row are one. */
export const headFields = [
  ['from', 'sent', 'date', 'to', 'cc', 'subject', 'reply-to'],
  ['von', 'gesendet', 'datum', 'an', 'betreff', 'antwort an'],
  ['de', 'envoye', 'date', 'a', 'objet', 'repondre a'],
  ['de', 'enviado', 'enviado el', 'fecha', 'para', 'asunto'],
  ['发件人', '发送时间', '发送日期', '日期', '时间', '收件人', '抄送', '抄送人', '主题', '寄件者', '寄件日期', '收件者', '主旨'],
].flat(); // prettier-ignore

/** What phones and programs write under every mail. */
export const programSignatures = [
  'sent from my',
  'sent from mail',
  'sent from outlook',
  'sent from yahoo',
  'sent from proton',
  'sent with ',
  'get outlook for',
  'von meinem',
  'gesendet von',
  'gesendet mit',
  'gesendet aus',
  'diese nachricht wurde von meinem',
  'outlook fur ',
  'holen sie sich outlook',
  'envoye de mon',
  'envoye depuis',
  'envoye a partir',
  'telecharger outlook',
  'obtenez outlook',
  'enviado desde',
  'enviado con',
  'obtener outlook',
  'descargar outlook',
  '发自我的',
  '从我的',
  '發自我的',
  '從我的',
  '来自我的',
  '发送自',
  '获取 outlook',
  '获取outlook',
];
