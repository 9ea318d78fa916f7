// The text of an XML document, whole or torn -> its tags and texts one by one, by htmlparser2; pure.
import { Parser } from 'htmlparser2';

export interface XmlEvents {
  open(name: string, attributes: Record<string, string>): void;
  close(name: string): void;
  /** Character data, its references not yet decoded. */
  text(text: string): void;
  /** Character data that has no references. */
  literal(text: string): void;
  /** The declarations inside a DOCTYPE. */
  declarations(text: string): void;
}

/** The tokenizer ends a DOCTYPE at its first ">", so one with declarations inside is read beforehand. */
const doctype = /<!DOCTYPE[^>[]*\[([\s\S]*?)\]\s*>/i;

/**
 * Tells `on` everything that is in `text`. Nothing is an error: a lone "<" is text, what is never closed ends with the
 * document. Attribute names come in lower case. No reference is followed, so nothing outside is ever read.
 */
export function scanXml(text: string, on: XmlEvents): void {
  let isLiteral = false;
  const parser = new Parser(
    {
      onopentag: (name, attributes) => on.open(name, attributes),
      onclosetag: (name) => on.close(name),
      ontext: (part) => (isLiteral ? on.literal(part) : on.text(part)),
      oncdatastart: () => (isLiteral = true),
      oncdataend: () => (isLiteral = false),
    },
    { xmlMode: true, decodeEntities: false, lowerCaseAttributeNames: true },
  );
  const declared = doctype.exec(text);
  if (declared) on.declarations(declared[1]!);
  parser.end(declared ? text.slice(0, declared.index) + text.slice(declared.index + declared[0].length) : text);
}
