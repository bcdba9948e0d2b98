// What Nix says, read back. The texts are those of Nix 2.18 to 2.35, Lix 2.90 to 2.95 and Determinate Nix 3.2 to 3.22
// (__tests__/fixtures/nix-messages.ts has each with its source).

/** A fixed output whose bytes were not what its derivation declares. */
export interface Mismatch {
  readonly drv: string;
  readonly specified: string;
  readonly got: string;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with the escape character
const colours = /\u001b\[[0-9;]*m/g;

export const withoutColours = (text: string): string => text.replace(colours, '');

/**
 * Finds every hash mismatch in what Nix wrote to stderr.
 *
 * The message is three lines, `hash mismatch in fixed-output derivation '….drv':`, `specified: …`, `got: …`; Lix adds
 * `likely URL:`, `expected path:` and `got path:`, so `got:` is only taken with the colon right behind it.
 */
export function mismatches(stderr: string): Mismatch[] {
  const found: Mismatch[] = [];
  let drv: string | undefined;
  let specified: string | undefined;
  for (const line of withoutColours(stderr).split('\n')) {
    drv = /hash mismatch in fixed-output derivation '([^']+)'/.exec(line)?.[1] ?? drv;
    specified = /^\s*specified:\s+(\S+)/.exec(line)?.[1] ?? specified;
    const got = /^\s*got:\s+(\S+)/.exec(line)?.[1];
    if (got !== undefined && drv !== undefined && specified !== undefined) {
      found.push({ drv, specified, got });
      drv = specified = undefined;
    }
  }
  return found;
}

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
