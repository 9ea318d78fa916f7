// A response of arXiv -> values by the names of its elements, through the tokenizer that reads feeds; pure.
import { PermanentError } from '../../../core/errors.ts';
import { scanXml } from '../xml/scan-xml.ts';
import { createEntities } from '../xml/xml-entities.ts';

/** Elements that come any number of times. */
const lists = new Set(['entry', 'item', 'record', 'author', 'category', 'day', 'keyname']);

/** How the texts of an element are put together that came several times where one belongs; of others the first counts. */
const joints: Record<string, string> = {
  'dc:creator': ', ',
  error: '; ',
  comments: '; ',
  'arxiv:comment': '; ',
  doi: ' ',
  'arxiv:doi': ' ',
  'arxiv:DOI': ' ',
};

/** Of all attributes only the name of a category matters. */
const keptAttribute = 'term';

/** The text of an element that holds nothing else, else what it holds by name. */
type Value = string | { [name: string]: Value | Value[] };

interface Open {
  name: string;
  text: string;
  inside: { [name: string]: Value | Value[] } | undefined;
}

/** Reads a response; throws PermanentError for XML whose elements do not all end, so that what was cut off is never taken for the whole. */
export function readArxivXml(text: string): unknown {
  const entities = createEntities();
  const stack: Open[] = [{ name: '', text: '', inside: {} }];
  let isBroken = false;
  const current = (): Open => stack.at(-1)!;
  scanXml(text, {
    open(name, attributes) {
      const term = attributes[keptAttribute];
      stack.push({ name, text: '', inside: term === undefined ? undefined : { term: entities.decode(term) } });
    },
    close(name) {
      if (stack.length === 1 || current().name !== name) return void (isBroken = true);
      const { inside, text: own } = stack.pop()!;
      put((current().inside ??= {}), name, inside ?? own.trim());
    },
    text: (part) => void (current().text += entities.decode(part)),
    literal: (part) => void (current().text += part),
    declarations: (part) => entities.declare(part),
    isEnough: () => isBroken,
  });
  if (isBroken || stack.length > 1)
    throw new PermanentError('arXiv answered with broken XML; correct the address or wait');
  return current().inside;
}

function put(parent: { [name: string]: Value | Value[] }, name: string, value: Value): void {
  // It would be the prototype of what is read.
  if (name === '__proto__') return;
  const before = parent[name];
  if (lists.has(name)) parent[name] = [...(Array.isArray(before) ? before : []), value];
  else parent[name] = before === undefined ? value : oneOf(name, before as Value, value);
}

function oneOf(name: string, before: Value, value: Value): Value {
  if (typeof value !== 'string' || value === '') return before;
  if (typeof before !== 'string' || before === '') return value;
  return joints[name] === undefined ? before : `${before}${joints[name]}${value}`;
}
