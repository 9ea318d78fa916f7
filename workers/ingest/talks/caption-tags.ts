// Words of a caption -> the same without the tags that only say how they look, who speaks or when; pure.

/** WebVTT's own, those of SRT, times within a cue, and the places of Advanced SubStation. */
const tag =
  /<\/?(?:b|i|u|s|c|v|em|strong|lang|ruby|rt|font|span|p|div)(?:[.\s][^<>]{0,300})?>|<\d[\d:.,]{0,20}>|\{\\[^{}]{1,200}\}/gi;

/** Removes the tags that captions know; any other word in angle brackets was said. A <br> ends a line. */
export function withoutCaptionTags(text: string): string {
  return text.replace(/<br ?\/?>/gi, '\n').replace(tag, '');
}
