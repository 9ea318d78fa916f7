// The text of an XML document, whole or torn -> its tags and texts one by one, by the tokenizer of htmlparser2; pure.
import { Tokenizer } from 'htmlparser2';

export interface XmlEvents {
  open(name: string, attributes: Record<string, string>): void;
  close(name: string): void;
  /** Character data, its references not yet decoded. */
  text(text: string): void;
  /** Character data that has no references. */
  literal(text: string): void;
  /** Whether the rest may stay unread. */
  isEnough(): boolean;
  /** The declarations inside a DOCTYPE. */
  declarations(text: string): void;
}

/** Characters in which a DOCTYPE is looked for: it comes first, and looking for one that never ends takes quadratic time. */
const maxProlog = 20_000;
/** Attributes of one element that are kept. */
const maxAttributes = 200;
/** The tokenizer ends a DOCTYPE at its first ">", so one with declarations inside is read beforehand. */
const doctype = /<!DOCTYPE[^>[]*\[([\s\S]*?)\]\s*>/i;

/**
 * Tells `on` everything that is in `text`. Nothing is an error: a lone "<" is text, what is never closed ends with the
 * document. Attribute names come in lower case. No reference is followed, so nothing outside is ever read.
 */
export function scanXml(text: string, on: XmlEvents): void {
  const declared = doctype.exec(text.slice(0, maxProlog));
  if (declared) on.declarations(declared[1]!);
  const body = declared ? text.slice(0, declared.index) + text.slice(declared.index + declared[0].length) : text;
  const tokenizer = new Tokenizer(
    { xmlMode: true, decodeEntities: false },
    tokenEvents(body, on, () => tokenizer.pause()),
  );
  tokenizer.write(body);
  if (!on.isEnough()) tokenizer.end();
}

/** The tokenizer's events, since its parser keeps a stack that takes quadratic time when somebody nests a million deep. */
function tokenEvents(body: string, on: XmlEvents, pause: () => void): ConstructorParameters<typeof Tokenizer>[1] {
  let name = '';
  let attribute = '';
  let value = '';
  let attributes: Record<string, string> = {};
  let count = 0;
  const open = () => on.open(name, attributes);
  const close = (closed: string) => {
    on.close(closed);
    if (on.isEnough()) pause();
  };
  return {
    onopentagname: (start, end) => {
      name = body.slice(start, end);
      attributes = {};
      count = 0;
    },
    onattribname: (start, end) => {
      attribute = body.slice(start, end).toLowerCase();
      value = '';
    },
    onattribdata: (start, end) => void (value += body.slice(start, end)),
    onattribentity: () => undefined,
    onattribend: () => {
      if (count++ < maxAttributes) attributes[attribute] ??= value;
    },
    onopentagend: open,
    onselfclosingtag: () => {
      open();
      close(name);
    },
    onclosetag: (start, end) => close(body.slice(start, end)),
    ontext: (start, end) => on.text(body.slice(start, end)),
    ontextentity: () => undefined,
    oncdata: (start, end, offset) => on.literal(body.slice(start, end - offset)),
    oncomment: () => undefined,
    ondeclaration: () => undefined,
    onprocessinginstruction: () => undefined,
    onend: () => undefined,
  };
}
