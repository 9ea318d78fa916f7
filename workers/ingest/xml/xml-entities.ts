// References in XML (`&amp;`, `&#8217;`, `&hellip;`, those of its DOCTYPE) -> characters, exactly once; pure.
import { decodeHTMLStrict } from 'entities';
import { joinHalves } from '../clean/surrogate-pairs.ts';

/** What declared entities may add to one document: "billion laughs" ends here. */
const maxExpansion = 1_000_000;
const maxValue = 2000;
const maxDeclared = 1000;

/** What may be one: nothing in HTML has a longer name than &CounterClockwiseContourIntegral; with its 32 characters. */
const spelled = /&(?:#\w{1,10}|[a-z]\w{1,31});/gi;

export interface Entities {
  /** Learns the internal entities of a DOCTYPE; external ones are not fetched and mean nothing. */
  declare(declarations: string): void;
  decode(text: string): string;
}

/** The entities of one document: those of XML and HTML, which need their semicolon, and the declared. */
export function createEntities(): Entities {
  const declared = new Map<string, string>();
  let expansion = 0;

  function expand(text: string): string {
    return text.replace(/&([\w.:-]{1,60});/g, (reference, name: string) => {
      const value = declared.get(name);
      if (value === undefined || expansion > maxExpansion) return reference;
      // An empty one counts too, so that the end comes.
      expansion += value.length + 1;
      return value;
    });
  }

  return {
    declare(declarations) {
      for (const [, name, double, single] of declarations.matchAll(
        /<!ENTITY\s+([\w.:-]{1,60})\s+(?:"([^"]*)"|'([^']*)')/g,
      )) {
        const value = expand(double ?? single ?? '');
        if (declared.size < maxDeclared && value.length <= maxValue && !declared.has(name!)) declared.set(name!, value);
      }
    },
    decode(text) {
      if (!text.includes('&')) return text;
      const expanded = declared.size > 0 && expansion < maxExpansion ? expand(text) : text;
      // Millions of lone ampersands take the decoder seconds, this expression a moment.
      return joinHalves(expanded).replace(spelled, (found) => decodeHTMLStrict(found));
    },
  };
}
