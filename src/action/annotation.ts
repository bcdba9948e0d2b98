import path from 'node:path';
import type { UserError } from '../system/errors.ts';
import { pathBelow } from '../system/inside.ts';
import { harmless, printable } from '../system/printable.ts';
import { tellingLines } from '../system/telling-lines.ts';

/** A message with `AnnotationProperties` of @actions/core. */
interface Annotation {
  readonly message: string;
  readonly properties: {
    readonly title: string;
    readonly file?: string;
    readonly startLine?: number;
    readonly startColumn?: number;
  };
}

/**
 * Makes an annotation for the line of an error: the message, then the log's important lines.
 * @param root root of the checkout; a position outside of it is omitted
 */
export function annotationOf(error: UserError, root: string): Annotation {
  const { at, code, message, log = '' } = error;
  const lines = tellingLines(log);
  const file = (at === undefined ? undefined : pathBelow(root, path.resolve(root, at.file))) ?? '';
  const isInside = file !== '';
  return {
    message: harmless(
      lines.length === 0 ? message : `${message}\n\n${lines.map((line) => `| ${line}`).join('\n')}`,
    ),
    properties: {
      title: code,
      ...(isInside ? { file: harmless(printable(file)) } : {}),
      ...(isInside && at?.line ? { startLine: at.line } : {}),
      ...(isInside && at?.column ? { startColumn: at.column } : {}),
    },
  };
}
