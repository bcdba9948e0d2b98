// Nix's messages: Nix 2.18 to 2.35, Lix 2.90 to 2.95, Determinate Nix 3.2 to 3.22
// (__tests__/fixtures/nix-messages.ts names each source).

import { withoutColours } from '../system/printable.ts';

/** A fixed-output derivation whose output has another hash than declared. */
export interface Mismatch {
  readonly drv: string;
  readonly specified: string;
  readonly got: string;
}

/**
 * The hash mismatches among Nix's errors.
 *
 * The message has to match as a whole: `hash mismatch in fixed-output derivation '….drv':`,
 * `specified: …`, `got: …`; Lix adds `likely URL:`, `expected path:` and `got path:`. Quoted log
 * lines in other errors are never read.
 *
 * @param errors one message each, beginning with `error:`
 */
export function mismatches(errors: readonly string[]): Mismatch[] {
  return errors.flatMap((text) => {
    const found = MISMATCH.exec(text);
    const [, drv, specified, got] = found ?? [];
    return drv && specified && got ? [{ drv, specified, got }] : [];
  });
}

const MISMATCH = new RegExp(
  [
    // An error of a remote builder.
    String.raw`^error: (?:build of '[^'\n]+' on '[^'\n]+' failed: (?:error: )?)?`,
    String.raw`hash mismatch in fixed-output derivation '([^'\n]+)':\n`,
    String.raw`(?:[ \t]*likely URL: [^\n]*\n)?`,
    String.raw`[ \t]*specified:[ \t]+(\S+)\n`,
    String.raw`[ \t]*got:[ \t]+(\S+)`,
    String.raw`(?:\n[ \t]*expected path: [^\n]*\n[ \t]*got path: [^\n]*)?\s*$`,
  ].join(''),
);

/**
 * The cause in Nix's stderr as one line: the innermost `error:`, without its trace.
 * @returns at most 400 characters
 */
export function failureText(stderr: string): string {
  const lines = withoutColours(stderr)
    .split('\n')
    .map((line) => line.trim());
  const at = lines.findLastIndex((line) => line.startsWith('error:') && line.length > 'error:'.length);
  const text = at < 0 ? (lines.findLast((line) => line !== '') ?? 'Nix printed nothing') : (lines[at] ?? '');
  return text.replace(/^error:\s*/, '').slice(0, 400);
}
