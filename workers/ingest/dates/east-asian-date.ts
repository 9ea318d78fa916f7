// A date with the units of Chinese, Japanese or Korean -> the same with the marks of ISO 8601; pure.

const afternoon = /午後|下午|오후/;
const halves =
  /(?:午前|上午|오전|午後|下午|오후)\s*(\d{1,2}(?:[:時时点點시]\s?\d{1,2}[分분]?)?(?::?\s?\d{1,2}秒?초?)?)/;

/** The year before the first of an era, of Japan's and of the Republic of China's. */
const eraBegins: Record<string, number> = { 令和: 2018, 平成: 1988, 昭和: 1925, 民國: 1911, 民国: 1911 };
const eras = /(令和|平成|昭和|民國|民国)\s?(\d{1,3}|元)年/;

/** "2026年11月21日 下午3时05分" becomes "2026-11-21 3:05 pm"; any other text stays as it is. */
export function unfoldEastAsian(text: string): string {
  if (!/[年년月월日일時时点點시午오]/.test(text)) return text;
  return text
    .replace(eras, (_, era: string, year: string) => `${eraBegins[era]! + (year === '元' ? 1 : Number(year))}年`)
    .replace(halves, (half, time: string) => `${time} ${afternoon.test(half) ? 'pm' : 'am'}`)
    .replace(/ ?[年년月월] ?/g, '-')
    .replace(/ ?[日일] ?/g, ' ')
    .replace(/ ?[時时点點시] ?/g, ':')
    .replace(/[分분]\s*(?=\d{1,2}\s*[秒초])/g, ':')
    .replace(/[分분秒초]/g, '')
    .replace(/[（(]\p{Script=Han}[)）]|星期\p{Script=Han}|\p{Script=Hangul}요일/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}
