// `{% keep key %}…{% endkeep %}`: a fragment cache; the key must name everything the fragment shows.
import { Tag, Value, type Context, type Emitter, type Liquid, type TagToken, type Template, type TopLevelToken } from 'liquidjs'; // prettier-ignore

/** Of a list's lines, some 600 bytes each; those written longest ago go first. */
const mostKept = 2_000;

/** Adds the tag; without a key what stands between is written each time. */
export function addKeep(liquid: Liquid): void {
  const kept = new Map<string, string>();

  class Keep extends Tag {
    private readonly key: Value;
    private readonly inner: Template[] = [];

    constructor(token: TagToken, remaining: TopLevelToken[], engine: Liquid) {
      super(token, remaining, engine);
      this.key = new Value(token.args, engine);
      while (remaining.length > 0) {
        const next = remaining.shift()!;
        if ('name' in next && next.name === 'endkeep') return;
        this.inner.push(engine.parser.parseToken(next, remaining));
      }
      throw new Error(`{% ${token.name} %} without {% endkeep %}`);
    }

    override *render(context: Context, emitter: Emitter): Generator<unknown, void, string> {
      const key: string | null = yield this.key.value(context, true);
      const known = key ? kept.get(key) : undefined;
      if (known !== undefined) return emitter.write(known);
      const html = yield this.liquid.renderer.renderTemplates(this.inner, context);
      emitter.write(html);
      if (!key) return;
      kept.set(key, html);
      if (kept.size > mostKept) kept.delete(kept.keys().next().value!);
    }
  }

  liquid.registerTag('keep', Keep);
}
