// What Nix says, read back. The texts are those of Nix 2.18 to 2.36 and of Lix to 2.94; see docs/decisions for sources.

/** A fixed output whose bytes were not what its derivation declares. */
export interface Mismatch {
  readonly drv: string;
  readonly specified: string;
  readonly got: string;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with the escape character
const colours = /\u001b\[[0-9;]*m/g;

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
  for (const line of stderr.replace(colours, '').split('\n')) {
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
  const lines = stderr
    .replace(colours, '')
    .split('\n')
    .map((line) => line.trim());
  const at = lines.findLastIndex((line) => line.startsWith('error:') && line.length > 'error:'.length);
  const text = at < 0 ? (lines.findLast((line) => line !== '') ?? 'it said nothing') : (lines[at] ?? '');
  return text.replace(/^error:\s*/, '').slice(0, 400);
}
