// Words of captions -> the same without marks of what is heard but not said, such as "[Music]" and "♪"; pure.

/** What is heard, in the languages of YouTube's captions. Words that talks put in brackets ("noise") are none of these. */
const sounds = wordSet(`
  music applause laughter laugh laughs laughing chuckle chuckles chuckling giggles giggling inaudible unintelligible
  indistinct crosstalk silence blank_audio no_speech beep beeps pause cheering cheers clapping claps cough coughs coughing sigh sighs sighing gasps sniffs sneezes humming
  musik applaus beifall gelächter lachen lacht klatschen unverständlich räuspern
  musique applaudissements rires rire
  música aplausos aplauso risas risa ininteligible risos risadas inaudível
  musica applausi applauso risate risata incomprensibile
  muziek gelach onverstaanbaar muzyka śmiech oklaski brawa niesłyszalne müzik alkış alkışlar gülme gülüşmeler
  skratt applåder musikk latter klapsalver hudba smích potlesk zene nevetés muzică râsete aplauze musiikkia naurua
  музыка аплодисменты смех неразборчиво музика сміх оплески нерозбірливо смях
  μουσική γέλια χειροκρότημα מוזיקה צחוק موسيقى ضحك تصفيق संगीत हंसी हँसी तालियाँ तालियां tertawa
  音楽 笑 笑い 笑い声 笑声 拍手 歓声 聞き取れず 聞き取り不能 音乐 音樂 掌声 掌聲 笑聲 鼓掌 欢呼 听不清 聽不清
  음악 박수 웃음 웃음소리 환호 เพลง เสียงหัวเราะ เสียงปรบมือ ดนตรี`);

/** What is said of a sound, and nothing by itself. */
const ofSounds = wordSet(`
  upbeat soft gentle slow fast calm dramatic tense suspenseful light loud quiet faint electronic piano guitar rock jazz
  classical orchestral ambient playing plays continues continued starts stops ends fades fading in out intro outro opening
  closing theme background audience crowd speaker audio and the of with more und et y e i en du de publikum`);

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/));
}

/** Not the quotation marks of East Asia, within which people speak. */
const inBrackets = /(?<!\w)[[({（［【〔*♪]([^[\](){}（）［］【】〔〕*♪\n]{1,60})[\])}）］】〕*♪]/gu;
const wholeLine = /^[[({<（［【〔*♪]([^[\](){}<>（）［］【】〔〕*♪]{1,60})[\])}>）］】〕*♪][.:]?$/u;

/**
 * Removes marks from words of one or more lines: a bracket of any form goes when its words are of the list, or when it is all
 * of its line and only of words, five at most; notes and the ">>" of a new speaker always. "(cross entropy)" within a line and
 * "[0, 1]" stay.
 */
export function withoutSoundMarks(text: string): string {
  return text
    .replace(/[♪♫♬♩]+/g, '♪')
    .split('\n')
    .map(cleanLine)
    .join('\n');
}

function cleanLine(line: string): string {
  const said = line.replace(/^\s*(?:>>+|＞＞+)\s*/, '').trim();
  const bare = said.replace(/^[-–—]\s/, '');
  const inside = wholeLine.exec(bare)?.[1];
  if (inside !== undefined && (isWords(inside) || isSound(inside))) return '';
  const left = said
    .replace(inBrackets, (whole, words: string) => (isSound(words) ? ' ' : whole))
    .replaceAll('♪', ' ')
    .replace(/[[(]\s{0,9}[\])]/g, (whole) => (said.includes(whole) ? whole : ' '))
    .replace(/[^\S\n]+/g, ' ')
    .trim();
  // A speaker of whom only a sound was heard.
  return left !== said && isSpeaker.test(left) ? '' : left;
}

const isSpeaker = /^[-–—]?\s?(?:\p{L}[\p{L}\p{N}. ]{0,40}:)?$/u;

/** Only words, without figures and commas: five, or ten characters where words have no space between them. */
function isWords(text: string): boolean {
  return (
    /^[\p{L}\p{M}\s'’.!-]+$/u.test(text) &&
    /\p{L}{2}|\p{Script=Han}/u.test(text) &&
    text.trim().split(/\s+/).length <= 5 &&
    (text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0) <= 10
  );
}

/** Every word is of the lists and one of them a sound; "[ __ ]" stands for a word that YouTube does not write. */
function isSound(text: string): boolean {
  const words = text
    .toLowerCase()
    .split(/[\s,.;:!&/+…-]+/)
    .filter((word) => word !== '' && !/^\d+$/.test(word));
  const isMark = (word: string) => sounds.has(word) || /^_+$/.test(word);
  return words.some(isMark) && words.every((word) => isMark(word) || ofSounds.has(word));
}
