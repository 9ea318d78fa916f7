// Bytes that somebody uploaded -> a logo as pages and mails show it: looked at, made smaller, written anew as PNG, so that nothing of the file itself is served.
import sharp from 'sharp';
import { grounds } from '../../core/brand.ts';
import { contrast } from '../../core/contrast.ts';

export interface ReadLogo {
  png: Buffer;
  /** As it is shown; the picture is twice as large, for sharp screens. */
  width: number;
  height: number;
  needsPlate: boolean;
}

/** Of the file; larger ones are refused before they are read. */
export const maxLogoBytes = 1_000_000;
const formats = new Set(['png', 'jpeg', 'webp']);
/** A bomb of a few kilobytes may unfold to gigabytes. */
const mostPixels = 16_000_000;
const [mostWidth, mostHeight, scale] = [280, 64, 2];
/** Of pictures (WCAG 2.2, 1.4.11). */
const leastContrast = 3;
const seconds = 10;

/** Returns the logo, or what is wrong with it in a sentence. */
export async function readLogo(bytes: Buffer): Promise<ReadLogo | string> {
  if (bytes.length === 0) return 'Choose a picture: PNG, JPEG or WebP.';
  if (bytes.length > maxLogoBytes) return 'The picture has more than 1 MB. Save it smaller.';
  const open = () => sharp(bytes, { limitInputPixels: mostPixels, animated: false, failOn: 'error' }).timeout({ seconds }); // prettier-ignore
  try {
    const { format } = await open().metadata();
    if (!formats.has(format)) return `This is ${format.toUpperCase()}; a logo is a PNG, JPEG or WebP.`;
    const { data, info } = await open()
      .rotate()
      .trim()
      .resize({ width: mostWidth * scale, height: mostHeight * scale, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .png({ compressionLevel: 9 })
      .toBuffer({ resolveWithObject: true });
    const mean = await meanColour(data);
    if (mean === undefined) return 'The picture is empty: every point of it is transparent.';
    if (contrast(mean, grounds.light) < leastContrast && info.channels === 4 && !(await sharp(data).stats()).isOpaque)
      return 'The picture is too pale for the light paper of pages and letters. Give it a ground of its own, or a darker one.';
    return {
      png: data,
      width: Math.max(1, Math.round(info.width / scale)),
      height: Math.max(1, Math.round(info.height / scale)),
      needsPlate: contrast(mean, grounds.dark) < leastContrast,
    };
  } catch {
    return 'This is no picture that can be read: a PNG, JPEG or WebP of at most 16 million points.';
  }
}

/** Of the points that are seen, weighted by how much; undefined when none is. */
async function meanColour(png: Buffer): Promise<string | undefined> {
  const { data } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const sums = [0, 0, 0];
  let seen = 0;
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3]! / 255;
    seen += alpha;
    for (const part of [0, 1, 2]) sums[part]! += data[at + part]! * alpha;
  }
  if (seen < 1) return undefined;
  return `#${sums.map((sum) => Math.round(sum / seen).toString(16).padStart(2, '0')).join('')}`; // prettier-ignore
}
