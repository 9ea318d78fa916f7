// What YouTube's player knows of a video -> the same with the caption track in front that says what is spoken; pure.

interface Track {
  languageCode: string;
  /** "asr" when it was recognised by machine. */
  kind?: string;
}

interface Player {
  captions?: {
    playerCaptionsTracklistRenderer?: {
      captionTracks?: Track[];
      audioTracks?: { captionTrackIndices?: number[]; defaultCaptionTrackIndex?: number }[];
      defaultAudioTrackIndex?: number;
    };
  };
}

/**
 * Puts the best track first, where the library that fetches it looks: in the language that is spoken, written by people
 * rather than recognised. Spoken is what was recognised, else what YouTube shows by itself, else `language`, the item's
 * own. Text that is no such JSON comes back as it is.
 */
export function withSpokenTrackFirst(body: string, language: string | undefined): string {
  const player = readJson(body);
  const list = player?.captions?.playerCaptionsTracklistRenderer;
  if (!player || !list || !Array.isArray(list.captionTracks)) return body;
  const tracks = list.captionTracks.filter((track) => typeof track?.languageCode === 'string');
  const audio = list.audioTracks?.[list.defaultAudioTrackIndex ?? 0];
  // A dubbed video has recognised tracks in several languages; those of the voice it came with count.
  const heard = audio?.captionTrackIndices?.map((at) => list.captionTracks?.[at]) ?? tracks;
  const shown = list.captionTracks[audio?.defaultCaptionTrackIndex ?? -1];
  const spoken = (heard.find((track) => track?.kind === 'asr') ?? shown)?.languageCode ?? language;
  const rank = (track: Track): number => {
    if (baseOf(track.languageCode) === baseOf(spoken))
      return track.kind === 'asr' ? 2 : track.languageCode === spoken ? 0 : 1;
    return track === shown ? 3 : baseOf(track.languageCode) === 'en' ? 4 : 5;
  };
  list.captionTracks = tracks.toSorted((a, b) => rank(a) - rank(b));
  return JSON.stringify(player);
}

/** "en" of "en-GB". */
function baseOf(language: string | undefined): string | undefined {
  return language?.toLowerCase().split('-')[0];
}

function readJson(body: string): Player | undefined {
  try {
    const read: unknown = JSON.parse(body);
    return typeof read === 'object' && read !== null ? read : undefined;
  } catch {
    return undefined;
  }
}
