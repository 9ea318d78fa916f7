// Whether a card has a picture that a curator described; pure.
import type { Card } from '../store/issue-content.ts';
import { safeHref } from './safe-href.ts';

export interface DescribedPicture {
  storyId: number;
  /** Where its source has it. */
  url: string;
  alt: string;
}

/** Its picture; none where nobody said what it shows, or where it cannot be fetched. */
export function describedPicture({
  storyId,
  imageUrl,
  imageAlt: alt,
}: Pick<Card, 'storyId' | 'imageUrl' | 'imageAlt'>): DescribedPicture[] {
  const url = imageUrl && safeHref(imageUrl);
  return url?.startsWith('http') && alt ? [{ storyId, url, alt }] : [];
}
