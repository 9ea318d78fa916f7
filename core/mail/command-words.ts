// What a reader may write to us as a subject or a first line, in the languages of the interface; written as `foldWords` leaves them.
import type { WordsLang } from '../words-langs.ts';

export type CommandName = 'help' | 'pause' | 'resume' | 'leave' | 'interests' | 'subscribe';

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
    en: ['leave', 'unsubscribe', 'unsubscribe me', 'stop', 'remove', 'remove me', 'sign off', 'signoff', 'cancel', 'cancel my subscription', 'cancel subscription', 'cancellation', 'unsubscription', 'opt out'],
    zh: ['退订', '退訂', '取消订阅', '取消訂閱'],
    es: ['baja', 'darme de baja', 'darse de baja', 'dar de baja', 'quiero darme de baja', 'cancelar', 'cancelar suscripcion', 'salir', 'desuscribir', 'desuscribirme', 'desuscripcion', 'cancelacion', 'cancelar la suscripcion'],
    de: ['abbestellen', 'abmelden', 'austragen', 'kundigen', 'kuendigen', 'abo kundigen', 'newsletter abbestellen', 'ich mochte mich abmelden', 'kundigung', 'kuendigung', 'abmeldung', 'abbestellung', 'austragung', 'newsletter abmelden', 'newsletter kundigen', 'newsletter abmeldung', 'newsletterabmeldung', 'newsletter kundigung', 'abo kundigung', 'abo abmelden', 'abo abbestellen'],
    fr: ['se desabonner', 'me desabonner', 'desabonner', 'desabonnez-moi', 'desabonnement', 'desinscrire', 'se desinscrire', 'me desinscrire', 'desinscription', 'quitter', 'arreter', 'resilier', 'resiliation', 'annulation', "annuler l'abonnement", "annuler mon abonnement"],
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

/** Dropped behind a command: "unsubscribe me from this list". */
export const commandTails = [
  'me', 'from this list', 'from the list', 'from your list', 'from this newsletter', 'from the newsletter', 'from this mailing list', 'from your newsletter', 'to the newsletter', 'to this newsletter',
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
