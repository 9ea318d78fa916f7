// The source tree -> every regular expression in it, by the parser of TypeScript, so that none is overlooked.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export interface OwnExpression {
  /** The file it stands in, from the root of the project. */
  file: string;
  /** Of one that is put together, the code that does it. */
  source: string;
  /** Undefined for one that is put together when the program runs. */
  flags: string | undefined;
}

const root = `${process.cwd()}/`;

/** Of core, workers and services: all literals, and what `new RegExp(...)` and `RegExp(...)` are given. */
export function ownExpressions(): OwnExpression[] {
  return ['core', 'workers', 'services'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => expressionsIn(join(folder, name))),
  );
}

function expressionsIn(file: string): OwnExpression[] {
  const found: OwnExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      found.push({ file, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    }
    const isCall = (ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'RegExp';
    // A copy of a literal is no other expression.
    if (isCall && !(node.arguments?.length === 1 && ts.isIdentifier(node.arguments[0]!))) {
      const [pattern, flags] = node.arguments ?? [];
      const isPlain = pattern !== undefined && ts.isStringLiteralLike(pattern);
      found.push(
        isPlain
          ? { file, source: pattern.text, flags: flags && ts.isStringLiteralLike(flags) ? flags.text : '' }
          : { file, source: node.getText(), flags: undefined },
      );
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true));
  return found;
}
