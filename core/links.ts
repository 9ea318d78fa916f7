// Every address that appears in a mail or on a page, spelled once. Opening one never changes anything (RFC 8058, law 5).
import type { SignalKind } from './signal-kinds.ts';

/** The addresses below `publicUrl`, which has no slash at its end. */
export function linksOf(publicUrl: string) {
  return {
    home: `${publicUrl}/`,
    archive: `${publicUrl}/issues`,
    feed: `${publicUrl}/feed.xml`,
    jsonFeed: `${publicUrl}/feed.json`,
    outbox: `${publicUrl}/outbox`,
    issue: (slug: string) => `${publicUrl}/issues/${slug}`,
    /** The issue in another language. */
    edition: (slug: string, lang: string) => `${publicUrl}/issues/${slug}/${lang}`,
    map: (slug: string) => `${publicUrl}/issues/${slug}/map`,
    picture: (hash: string, type: 'png' | 'jpg' = 'png') => `${publicUrl}/pictures/${hash}.${type}`,
    subscribe: `${publicUrl}/#subscribe`,
    story: (storyId: number) => `${publicUrl}/stories/${storyId}`,
    shortlist: (token: string) => `${publicUrl}/groups/${token}`,
    confirm: (token: string) => `${publicUrl}/confirm/${token}`,
    preferences: (token: string) => `${publicUrl}/preferences/${token}`,
    data: (token: string) => `${publicUrl}/preferences/${token}/data.zip`,
    /** A link of a letter, by the letter's id: 0 is the story's own, the others its further items; story 0 is seen by nobody. */
    go: (letterId: string, { storyId, link }: { storyId: number; link: number }) =>
      `${publicUrl}/go/${letterId}/${storyId}/${link}`,
    unsubscribe: (token: string) => `${publicUrl}/unsubscribe/${token}`,
    privateFeed: (feedToken: string) => `${publicUrl}/private/${feedToken}/feed.xml`,
    savedFeed: (feedToken: string) => `${publicUrl}/private/${feedToken}/saved.xml`,
    /** Of a mail about a change of address. */
    move: (token: string) => `${publicUrl}/address/${token}`,
    /** Of a letter that asks which of two stories its reader would rather read: this one. */
    pair: (token: string, slug: string, storyId: number) => `${publicUrl}/pair/${token}/${slug}/${storyId}`,
    signal: (token: string, storyId: number, kind: SignalKind) => `${publicUrl}/signal/${token}/${storyId}/${kind}`,
  };
}

export type Links = ReturnType<typeof linksOf>;
