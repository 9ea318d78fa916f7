// Words of a caption -> the same without the tags that only say how they look, who speaks or when; pure.

/** WebVTT's own, those of SRT, times within a cue, and the places of Advanced SubStation. */
const tag =
  /<\/?(?:b|i|u|s|c|v|em|strong|lang|ruby|rt|font)(?:[.\s][^<>]{0,300})?>|<\d[\d:.,]{0,20}>|\{\\[^{}]{1,200}\}/gi;
/** Of HTML, which some programs leave in: what has attributes, and what is closed. A lone "<div>" was said. */
const layout = /<(?:span|p|div)\s[^<>]{1,300}>|<\/(?:span|p|div)>/gi;
const bareLayout = /<(?:span|p|div)>/gi;

/** Removes the tags that captions know; any other word in angle brackets was said. A <br> ends a line. */
export function withoutCaptionTags(text: string): string {
  const plain = text.replace(/<br ?\/?>/gi, '\n').replace(tag, '');
  if (!/<\/?(?:span|p|div)/i.test(plain)) return plain;
  const isClosed = /<\/(?:span|p|div)>/i.test(plain);
  return (isClosed ? plain.replace(bareLayout, '') : plain).replace(layout, '');
}
