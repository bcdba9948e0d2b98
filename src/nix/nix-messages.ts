// What Nix says, read back. The texts are those of Nix 2.18 to 2.35, Lix 2.90 to 2.95 and Determinate Nix 3.2 to 3.22
// (__tests__/fixtures/nix-messages.ts has each with its source).

import { withoutColours } from '../system/printable.ts';

/** A fixed output whose bytes were not what its derivation declares. */
export interface Mismatch {
  readonly drv: string;
  readonly specified: string;
  readonly got: string;
}

/**
 * The hash mismatches among errors of Nix.
 *
 * The whole message has to be one: three lines, `hash mismatch in fixed-output derivation '….drv':`, `specified: …`, `got: …`. Lix adds
 * `likely URL:`, `expected path:` and `got path:`. A log's last lines, which Nix quotes in other errors, are never read.
 *
 * @param errors each one message, with `error:` before it
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
    // A remote builder's error, as the one who asked prints it.
    String.raw`^error: (?:build of '[^'\n]+' on '[^'\n]+' failed: (?:error: )?)?`,
    String.raw`hash mismatch in fixed-output derivation '([^'\n]+)':\n`,
    String.raw`(?:[ \t]*likely URL: [^\n]*\n)?`,
    String.raw`[ \t]*specified:[ \t]+(\S+)\n`,
    String.raw`[ \t]*got:[ \t]+(\S+)`,
    String.raw`(?:\n[ \t]*expected path: [^\n]*\n[ \t]*got path: [^\n]*)?\s*$`,
  ].join(''),
);

/**
 * The part of Nix's stderr that names the cause, as one line: the innermost `error:`, without the trace before it.
 * @returns at most 400 characters
 */
export function failureText(stderr: string): string {
  const lines = withoutColours(stderr)
    .split('\n')
    .map((line) => line.trim());
  const at = lines.findLastIndex((line) => line.startsWith('error:') && line.length > 'error:'.length);
  const text = at < 0 ? (lines.findLast((line) => line !== '') ?? 'it said nothing') : (lines[at] ?? '');
  return text.replace(/^error:\s*/, '').slice(0, 400);
}
