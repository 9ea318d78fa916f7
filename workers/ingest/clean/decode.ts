// Bytes of unknown encoding -> text: byte order mark, UTF-8, what HTTP or the document says, then a guess; pure.
// Node 20's own TextDecoder maps windows-1252 0x80-0x9f wrongly, hence @exodus/bytes.
import { createRequire } from 'node:module';
import { getBOMEncoding, normalizeEncoding, TextDecoder } from '@exodus/bytes/encoding.js';

const require = createRequire(import.meta.url);

/** Decodes `bytes`; never throws: what no encoding explains becomes U+FFFD. */
export function decodeText(bytes: Uint8Array, contentType?: string | null): string {
  const isBig = quadOrder(bytes);
  if (isBig !== undefined) return readQuads(bytes, isBig);
  const marked = getBOMEncoding(bytes) ?? wideEncoding(bytes);
  if (marked) return read(bytes, marked);
  if (isJapaneseMail(bytes)) return read(bytes, 'iso-2022-jp');
  // Strict UTF-8 before any label: hardly anything else is valid UTF-8, and labels are often wrong.
  const utf8 = tryRead(bytes, 'utf-8');
  if (utf8 !== undefined) return utf8;
  const labels = [labelOf(contentType), declaredIn(bytes)].filter((label) => label !== undefined);
  for (const label of labels) {
    const text = label === 'utf-8' ? undefined : tryRead(bytes, label);
    if (text !== undefined) return text;
  }
  // Mostly UTF-8 with some bytes broken: losing those beats reading all of it as something else.
  const lossy = read(bytes, 'utf-8');
  if (labels.includes('utf-8') && brokenShare(lossy) < 0.02) return lossy;
  return read(bytes, labels.find((label) => label !== 'utf-8') ?? guess(bytes));
}

/** UTF-16 without a mark shows as a zero beside the first `<` or `{`. */
function wideEncoding(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if ((first === 0x3c || first === 0x7b) && second === 0) return 'utf-16le';
  if (first === 0 && (second === 0x3c || second === 0x7b)) return 'utf-16be';
  return undefined;
}

/** ISO-2022-JP is ASCII to every other decoder, but for the escapes with which its letters begin. */
function isJapaneseMail(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 200_000));
  return (start.includes('\u001b$B') || start.includes('\u001b$@')) && start.includes('\u001b(');
}

/** UTF-32, which no decoder reads since the web has none: whether its bytes come in big-endian order. */
function quadOrder(bytes: Uint8Array): boolean | undefined {
  const [a = 1, b, c, d] = bytes;
  if (a === 0 && b === 0 && ((c === 0xfe && d === 0xff) || (c === 0 && d === 0x3c))) return true;
  return c === 0 && d === 0 && ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) ? false : undefined;
}

function readQuads(bytes: Uint8Array, isBig: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const code = view.getUint32(at, !isBig);
    if (at > 0 || code !== 0xfeff) parts.push(code < 0x110000 ? String.fromCodePoint(code) : '\ufffd');
  }
  return parts.join('');
}

function labelOf(contentType: string | null | undefined): string | undefined {
  return known(/charset\s*[=:]\s*["']?([\w.:-]+)/i.exec(contentType ?? '')?.[1]);
}

/** The encoding in an XML declaration or an HTML meta element, which are ASCII in every encoding left by now. */
function declaredIn(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 2048)).toString('latin1');
  const declared = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([^"']+)["']/i.exec(start)?.[1];
  return known(declared ?? /<meta[^<>]+charset=["']?([\w-]+)/i.exec(start)?.[1]);
}

/** WHATWG labels: gb2312 means gbk (which reads as gb18030), latin1 means windows-1252. A declared UTF-16 is no UTF-16 here. */
function known(label: string | undefined): string | undefined {
  const name = label === undefined ? null : normalizeEncoding(label.trim());
  return name === null || name === 'replacement' || name.startsWith('utf-16') ? undefined : name;
}

function guess(bytes: Uint8Array): string {
  // Loaded with the first text that names no encoding: its tables take 13 MB.
  const { detectAll } = require('jschardet') as typeof import('jschardet');
  const guesses = detectAll(Buffer.from(bytes.subarray(0, 200_000))).flatMap(({ encoding, confidence }) => {
    const name = known(pages[encoding ?? ''] ?? encoding ?? undefined);
    return name === undefined ? [] : [{ name, confidence }];
  });
  const [best] = guesses;
  const western = guesses.find(({ name }) => name === 'windows-1252');
  if (best === undefined) return 'windows-1252';
  const isUnsure = otherScripts.test(best.name) && best.confidence < unsure;
  return isUnsure && western && western.confidence * 2 > best.confidence ? western.name : best.name;
}

/** What the detector calls by Microsoft's numbers. */
const pages: Record<string, string> = { CP932: 'shift_jis', CP949: 'euc-kr' };
/** Of a few accents it makes Cyrillic or Greek about as surely as French; of Russian it is surer. */
const otherScripts = /^(?:windows-125[13-8]|iso-8859-[5-9]|koi8|x-mac-cyrillic|macintosh)/;
const unsure = 0.2;

function tryRead(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function read(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding).decode(bytes);
}

function brokenShare(text: string): number {
  return (text.match(/\ufffd/g)?.length ?? 0) / Math.max(1, text.length);
}
