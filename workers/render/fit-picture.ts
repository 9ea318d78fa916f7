// A picture from anywhere -> one for letters: checked, made small, encoded anew, so that nothing but what is seen is left of it.
import sharp from 'sharp';
import { PermanentError } from '../../core/errors.ts';

/** As the column of a letter is wide, and no taller than a screen; kept twice as large, for sharp screens. */
const shown = { width: 592, height: 480 };
const scale = 2;
/** Smaller ones are icons and marks of whoever published it. */
const smallest = { width: 200, height: 100 };
/** Decoded it would take four bytes each. */
const mostPixels = 40_000_000;
/** SVG is a program, and PDF a document. */
const formats = ['jpeg', 'png', 'webp', 'gif', 'heif'];

export interface FittedPicture {
  /** A JPEG without what cameras and programs wrote into it. */
  bytes: Buffer;
  /** In pixels of the letter. */
  width: number;
  height: number;
  /** As it is stored. */
  pixels: { width: number; height: number };
}

/** Throws PermanentError for what is no picture, is too small, or too large to be decoded. Equal bytes give equal bytes. */
export async function fitPicture(given: Buffer): Promise<FittedPicture> {
  const picture = sharp(given, { limitInputPixels: mostPixels });
  const { format, width, height } = await picture.metadata().catch(refuse);
  if (!formats.includes(format)) throw new PermanentError(`a picture as ${format} is not taken`);
  if (width < smallest.width || height < smallest.height)
    throw new PermanentError(`the picture has ${width} by ${height} pixels, fewer than ${smallest.width} by ${smallest.height}`); // prettier-ignore
  const { data, info } = await picture
    .rotate()
    .resize({ width: shown.width * scale, height: shown.height * scale, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 76, mozjpeg: true })
    .toBuffer({ resolveWithObject: true })
    .catch(refuse);
  const share = Math.min(1, shown.width / info.width, shown.height / info.height);
  const { width: wide, height: high } = info;
  return { bytes: data, width: Math.round(wide * share), height: Math.round(high * share), pixels: { width: wide, height: high } }; // prettier-ignore
}

function refuse(cause: unknown): never {
  throw new PermanentError('this is no picture that can be read', { cause });
}
