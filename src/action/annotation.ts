import path from 'node:path';
import type { UserError } from '../system/errors.ts';
import { pathBelow } from '../system/inside.ts';
import { harmless, printable } from '../system/printable.ts';
import { tellingLines } from '../system/telling-lines.ts';

/** What of `AnnotationProperties` (@actions/core) is used. */
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
 * An error as GitHub shows it beside the line that it is about: cause and remedy, then the last lines of the failing stage's log.
 * @param root folder of the checkout; a position outside of it is one of no file that GitHub knows
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
