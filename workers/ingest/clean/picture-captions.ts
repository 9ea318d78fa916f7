// The elements of a post in their order -> which of them say what stands below a picture.

export interface Captions {
  /** Whether what opens here describes a picture; asked of every element, in the order of the post. */
  isCaption: (tagName: string, attributes: Record<string, string>) => boolean;
  /** How many did. */
  count: () => number;
}

/** Of Blogger, WordPress, Substack and others: "tr-caption", "wp-caption-text", "image-caption". */
const captionClass = /(?:^|\s)(?:[\w-]{0,40}[-_])?(?:fig)?caption(?:[-_]text)?(?:\s|$)/i;
const pictures = new Set(['img', 'picture', 'svg', 'video', 'audio', 'iframe', 'canvas', 'object', 'embed']);
/** What a figure may hold in a picture's stead, with its words: whose quote it is, what a table counts. */
const saying = new Set(['blockquote', 'table', 'pre']);
/** Named so, it is all of a table, or says what the table shows. */
const tables = new Set(['table', 'caption']);

export function findCaptions(): Captions {
  let count = 0;
  let isOfWords = false;
  return {
    isCaption: (tagName, attributes) => {
      if (tagName === 'figure' || pictures.has(tagName)) isOfWords = false;
      else if (saying.has(tagName)) isOfWords = true;
      const isCaption =
        tagName === 'figcaption' ? !isOfWords : !tables.has(tagName) && captionClass.test(attributes['class'] ?? '');
      if (isCaption) count++;
      return isCaption;
    },
    count: () => count,
  };
}
