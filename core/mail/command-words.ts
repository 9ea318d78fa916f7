// What a reader may write to us as a subject or a first line, in the languages of the interface; written as `foldWords` leaves them.
import type { WordsLang } from '../words-langs.ts';

export type CommandName = 'help' | 'pause' | 'resume' | 'leave' | 'interests' | 'subscribe';

/** Each start with each end. */
const each = (starts: readonly string[], ends: readonly string[]): string[] => starts.flatMap((start) => ends.map((end) => `${start} ${end}`)); // prettier-ignore

/** What people write who do not know that a program reads it. "Delete me" is more than leaving, and for a person, but where it names the list. */
const leaveSentences: Readonly<Record<WordsLang, readonly string[]>> = {
  en: [
    ...each(['remove', 'delete'], ['my address', 'my email', 'my email address', 'my mail address', 'my e-mail address', 'my name'].flatMap((what) => ['from this list', 'from the list', 'from your list', 'from your mailing list', 'from this mailing list'].map((list) => `${what} ${list}`))),
    ...each(['delete me', 'take me off', 'get me off'], ['this list', 'the list', 'your list', 'your mailing list', 'this mailing list', 'the mailing list', 'from this list', 'from your list', 'from the list', 'from your mailing list', 'from this mailing list', 'of this list', 'of your list']),
    'remove my address', 'remove my email', 'remove my email address', 'remove my e-mail address', 'take me off', 'unsubscribe my address', 'opt me out', 'opting out', 'cancel my newsletter', 'cancel this newsletter',
    ...each(['no more'], ['emails', 'mails', 'e-mails', 'email', 'mail', 'newsletters', 'of this', 'of these', 'of these emails', 'of these mails', 'of your emails']),
    ...each(['stop sending me', 'stop sending', 'do not send me', "don't send me", 'do not send me any more', "don't send me any more", 'never send me', 'i do not want', "i don't want", 'i do not want any more', "i don't want any more", 'i no longer want', 'i no longer want to receive', 'i do not want to receive', "i don't want to receive", 'i no longer wish to receive'], ['emails', 'mails', 'e-mails', 'newsletters', 'these emails', 'these mails', 'this newsletter', 'your newsletter', 'your emails', 'your mails', 'any emails', 'any mails', 'any more emails', 'any more mails']),
    "don't send me this", 'do not send me this', 'stop sending me this', "don't send me any more", 'do not send me any more', 'stop these emails', 'stop these mails', 'stop this newsletter', 'stop emailing me', 'stop mailing me', 'stop writing to me', "don't email me", 'do not email me', "don't mail me", 'do not mail me', "don't write to me", 'do not write to me',
  ],
  zh: ['把我移除', '将我移除', '把我删除', '将我删除', '把我移出列表', '将我移出列表', '把我从列表中删除', '将我从列表中删除', '把我从列表中移除', '将我从列表中移除', '把我从邮件列表中删除', '将我从邮件列表中删除', '把我从邮件列表中移除', '将我从邮件列表中移除', '不要再发了', '别再发了', '不要再发邮件', '别再发邮件', '不要再给我发邮件', '别再给我发邮件', '不要再给我发邮件了', '别再给我发邮件了', '不想再收到邮件', '不想再收到', '不想再收到你们的邮件', '不想再收到您的邮件', '不再接收', '不再接收邮件', '不要再發了', '別再發了', '不要再給我發郵件', '不想再收到郵件', '將我從列表中刪除', '把我從列表中刪除'],
  es: [
    'denme de baja', 'deme de baja', 'dame de baja', 'quitenme', 'quiteme', 'quitame', 'saquenme', 'saqueme', 'sacame',
    ...each(['quitenme', 'quiteme', 'quitame', 'saquenme', 'saqueme', 'sacame', 'eliminenme', 'elimineme', 'eliminame', 'borrenme', 'borreme', 'borrame'], ['de la lista', 'de esta lista', 'de su lista', 'de tu lista', 'de vuestra lista', 'de la lista de correo']),
    ...each(['no mas'], ['correos', 'emails', 'mails', 'mensajes', 'boletines']),
    ...each(['no quiero recibir mas', 'no quiero mas', 'no deseo recibir mas', 'no me envien mas', 'no me envie mas', 'no me envies mas', 'no me manden mas', 'dejen de enviarme', 'deje de enviarme'], ['correos', 'emails', 'mails', 'mensajes', 'boletines']),
    ...each(['no quiero recibir', 'ya no quiero recibir', 'no deseo recibir', 'ya no deseo recibir'], ['este boletin', 'su boletin', 'sus correos', 'estos correos', 'correos']),
  ],
  de: [
    'tragen sie mich aus', 'tragt mich aus', 'trag mich aus', 'melden sie mich ab', 'meldet mich ab', 'melde mich ab', 'mich abmelden', 'mich austragen', 'bestellen sie mich ab', 'entfernen', 'newsletter stornieren',
    ...each(['nehmen sie mich', 'nehmt mich', 'nimm mich', 'loschen sie mich', 'loscht mich', 'losche mich', 'entfernen sie mich', 'entfernt mich', 'entferne mich', 'streichen sie mich', 'streicht mich', 'streiche mich', 'loschen sie meine adresse', 'entfernen sie meine adresse'], ['aus dem verteiler', 'aus ihrem verteiler', 'aus eurem verteiler', 'aus diesem verteiler', 'aus der liste', 'von der liste', 'aus ihrer liste', 'von ihrer liste', 'aus dieser liste', 'von dieser liste']),
    ...each(['aus dem verteiler', 'aus ihrem verteiler', 'aus der liste', 'von der liste', 'mich aus dem verteiler', 'mich aus der liste', 'mich von der liste'], ['nehmen', 'loschen', 'entfernen', 'streichen', 'austragen']),
    // "I would like" before them is dropped as before every command.
    ...each(['keine', 'keine weiteren', 'senden sie mir keine', 'schicken sie mir keine', 'schickt mir keine', 'schick mir keine', 'sendet mir keine', 'senden sie mir keine weiteren', 'schicken sie mir keine weiteren'], ['mails', 'e-mails', 'emails', 'newsletter', 'nachrichten'].flatMap((what) => [what, `${what} mehr`, `${what} mehr bekommen`, `${what} mehr erhalten`, `${what} bekommen`])),
    'diesen newsletter nicht mehr', 'den newsletter nicht mehr', 'schreiben sie mir nicht mehr',
  ],
  fr: [
    'desinscrivez-moi', 'desinscrivez moi', 'desabonnez moi', 'desabonne-moi', 'desinscris-moi',
    ...each(['retirez-moi', 'retirez moi', 'retire-moi', 'enlevez-moi', 'enlevez moi', 'supprimez-moi', 'supprimez moi', 'supprime-moi', 'rayez-moi', 'otez-moi', 'me retirer', 'me supprimer', "m'enlever", "m'oter", 'retirez mon adresse', 'supprimez mon adresse', 'retirer mon adresse', 'supprimer mon adresse'], ['de la liste', 'de cette liste', 'de votre liste', 'de ta liste', 'de vos listes', 'de la liste de diffusion', 'de votre liste de diffusion', 'de cette liste de diffusion']),
    ...each(["ne m'envoyez plus de", "ne m'envoie plus de", 'je ne veux plus de', 'je ne souhaite plus de'], ['mails', 'mail', 'e-mails', 'emails', 'courriels', 'messages', 'newsletter', 'newsletters']),
    ...each(['je ne veux plus recevoir', 'je ne souhaite plus recevoir', 'je ne desire plus recevoir', 'ne plus recevoir', 'arretez de m\'envoyer'], ['vos mails', 'vos messages', 'vos courriels', 'votre newsletter', 'cette newsletter', 'ces mails', 'de mails', 'des mails', 'vos emails', 'vos e-mails', 'la newsletter', 'cette lettre', 'votre lettre']),
    "ne m'envoyez plus rien", "ne m'ecrivez plus",
  ],
}; // prettier-ignore

/** Whole lines, but for what may follow: when a pause ends, and interests. */
export const commandWords: Readonly<Record<CommandName, Readonly<Record<WordsLang, readonly string[]>>>> = {
  help: {
    en: ['help', 'info', 'commands', '?'],
    zh: ['帮助', '幫助', '说明'],
    es: ['ayuda'],
    de: ['hilfe'],
    fr: ['aide'],
  },
  pause: {
    en: ['pause', 'pause my subscription', 'hold'],
    zh: ['暂停', '暫停'],
    es: ['pausa', 'pausar', 'suspender'],
    de: ['pausieren', 'unterbrechen'],
    fr: ['suspendre', 'mettre en pause'],
  },
  resume: {
    en: ['resume', 'resume my subscription', 'continue', 'restart', 'unpause'],
    zh: ['恢复', '恢復', '继续', '繼續'],
    es: ['reanudar', 'continuar'],
    de: ['fortsetzen', 'weiter', 'wieder aufnehmen'],
    fr: ['reprendre', 'continuer'],
  },
  leave: {
    en: ['leave', 'unsubscribe', 'unsubscribe me', 'stop', 'remove', 'remove me', 'sign off', 'signoff', 'cancel', 'cancel my subscription', 'cancel subscription', 'cancellation', 'unsubscription', 'opt out', ...leaveSentences.en],
    zh: ['退订', '退訂', '取消订阅', '取消訂閱', ...leaveSentences.zh],
    es: ['baja', 'darme de baja', 'darse de baja', 'dar de baja', 'quiero darme de baja', 'cancelar', 'cancelar suscripcion', 'salir', 'desuscribir', 'desuscribirme', 'desuscripcion', 'cancelacion', 'cancelar la suscripcion', ...leaveSentences.es],
    de: ['abbestellen', 'abmelden', 'austragen', 'kundigen', 'kuendigen', 'abo kundigen', 'newsletter abbestellen', 'ich mochte mich abmelden', 'kundigung', 'kuendigung', 'abmeldung', 'abbestellung', 'austragung', 'newsletter abmelden', 'newsletter kundigen', 'newsletter abmeldung', 'newsletterabmeldung', 'newsletter kundigung', 'abo kundigung', 'abo abmelden', 'abo abbestellen', ...leaveSentences.de],
    fr: ['se desabonner', 'me desabonner', 'desabonner', 'desabonnez-moi', 'desabonnement', 'desinscrire', 'se desinscrire', 'me desinscrire', 'desinscription', 'quitter', 'arreter', 'resilier', 'resiliation', 'annulation', "annuler l'abonnement", "annuler mon abonnement", ...leaveSentences.fr],
  },
  interests: {
    en: ['interests', 'interest', 'my interests'],
    zh: ['兴趣', '興趣', '关注', '關注'],
    es: ['intereses', 'mis intereses'],
    de: ['interessen', 'meine interessen'],
    fr: ['interets', "centres d'interet", 'mes interets', "mes centres d'interet"],
  },
  subscribe: {
    en: ['subscribe', 'subscribe me', 'sign me up', 'sign up', 'join', 'subscription'],
    zh: ['订阅', '訂閱'],
    es: ['suscribir', 'suscribirme', 'suscribirse', 'suscripcion', 'alta'],
    de: ['abonnieren', 'anmelden', 'bestellen', 'abonnement', 'anmeldung'],
    fr: ["s'abonner", "m'abonner", 'abonner', 'abonnement', 'inscription', "s'inscrire"],
  },
}; // prettier-ignore

/** Dropped before and behind a command, as often as they stand there. */
export const politeWords = [
  'please', 'thanks', 'thank you', 'hi', 'hello', 'bitte', 'danke', 'vielen dank', 'por favor', 'gracias',
  "s'il vous plait", 'svp', 'merci', '请', '請', '谢谢', '謝謝', '您好', '你好',
]; // prettier-ignore

/** Dropped before a command: "I would like to unsubscribe". */
export const requestWords = [
  'i want to', 'i would like to', "i'd like to", 'i wish to', 'i want you to', 'kindly', 'ich mochte', 'ich will', 'ich wurde gern', 'ich wurde gerne', 'merci de', 'veuillez', 'je souhaite', 'je voudrais', 'je veux', 'je desire',
  'quiero', 'quisiera', 'deseo', 'me gustaria', '我要', '我想要', '我想', '我希望', '请帮我', '請幫我', '帮我', '幫我', '麻烦', '麻煩',
]; // prettier-ignore

/** "I want help" is a call for it; "I would like to help" offers it, and is for a person. */
export const offerWords = ['i want to', 'i would like to', "i'd like to", 'i wish to'];

/** Dropped behind a command: "unsubscribe me from this list". */
export const commandTails = [
  'me', 'any more', 'anymore', 'any longer', 'again', 'ever again', 'at once', 'immediately', 'now', 'sofort', 'ab sofort', 'inmediatamente', 'immediatement', 'from this list', 'from the list', 'from your list', 'from this newsletter', 'from the newsletter', 'from this mailing list', 'from your newsletter', 'from your mailing list', 'from the mailing list', 'from all lists', 'this newsletter', 'your newsletter', 'aus dem verteiler', 'aus der liste', 'de votre liste', 'de su lista', 'to the newsletter', 'to this newsletter',
  'newsletter', 'from newsletter', 'the newsletter', 'my subscription', 'subscription', 'abo', 'mein abo', 'meines abos', 'des abos', 'abonnement', 'mon abonnement', 'de mon abonnement', 'des abonnements', 'suscripcion', 'mi suscripcion', 'de mi suscripcion', 'des newsletters',
  'den newsletter', 'vom newsletter', 'von dieser liste', 'von diesem newsletter', 'mich', 'de esta lista', 'de la lista', 'del boletin', 'al boletin', 'de cette liste', 'de la liste', 'de la lettre', 'a la lettre',
]; // prettier-ignore

/** "pause until 24 December". */
export const untilWords = [
  'until',
  'till',
  'bis zum',
  'bis',
  'hasta el',
  'hasta',
  "jusqu'au",
  "jusqu'a",
  '直到',
  '到',
  '至',
];
/** "pause for three weeks". */
export const forWords = ['for', 'fur', 'fuer', 'por', 'durante', 'pendant', 'pour'];

/** As they begin in each of the languages. */
export const spanWords = {
  days: ['day', 'tag', 'dia', 'jour', '天', '日'],
  weeks: ['week', 'woche', 'semana', 'semaine', '周', '週', '星期', '个星期', '个周'],
  months: ['month', 'monat', 'mes', 'mois', '个月', '個月', '月'],
} as const;

/** Too long for a pause; read, so that it is asked back. */
export const yearWords = ['year', 'jahr', 'ano', 'an', 'annee', '年'];

export const numberWords: Readonly<Record<string, number>> = {
  a: 1, an: 1, one: 1, ein: 1, eine: 1, einen: 1, un: 1, una: 1, une: 1, 一: 1,
  two: 2, zwei: 2, dos: 2, deux: 2, 二: 2, 两: 2, 兩: 2,
  three: 3, drei: 3, tres: 3, trois: 3, 三: 3, four: 4, vier: 4, cuatro: 4, quatre: 4, 四: 4,
  five: 5, funf: 5, cinco: 5, cinq: 5, 五: 5, six: 6, sechs: 6, seis: 6, 六: 6, seven: 7, sieben: 7, siete: 7, sept: 7, 七: 7, eight: 8, acht: 8, ocho: 8, huit: 8, 八: 8,
  nine: 9, neun: 9, nueve: 9, neuf: 9, 九: 9, ten: 10, zehn: 10, diez: 10, dix: 10, 十: 10,
}; // prettier-ignore

/** A greeting is no command, and no interest. */
export const greetings = ['hi', 'hello', 'hey', 'dear', 'good morning', 'good day', 'hallo', 'liebe', 'lieber', 'sehr geehrte', 'guten tag', 'guten morgen', 'moin', 'hola', 'estimado', 'estimada', 'buenos dias', 'buenas', 'bonjour', 'bonsoir', 'salut', 'cher', 'chere', '您好', '你好', '尊敬的']; // prettier-ignore
/** With these, what somebody has to say is over. */
export const closings = ['thanks', 'thank you', 'many thanks', 'regards', 'best', 'kind regards', 'best regards', 'warm regards', 'cheers', 'sincerely', 'yours', 'greetings', 'all the best', 'danke', 'vielen dank', 'besten dank', 'gruss', 'grusse', 'viele grusse', 'beste grusse', 'liebe grusse', 'mit freundlichen', 'freundliche', 'mfg', 'lg', 'vg', 'gracias', 'muchas gracias', 'saludos', 'un saludo', 'atentamente', 'cordialmente', 'merci', 'cordialement', 'bien cordialement', 'bien a vous', 'amicalement', 'salutations', '谢谢', '謝謝', '此致', '祝好', '敬礼', '顺祝', '多谢']; // prettier-ignore
