/**
 * The trailer that marks our commits: which branch it was made for, the commit that was checked out when it was computed, the
 * tree that it holds, and the run. The tree ties it to the content: a commit that somebody amended keeps the trailer but no
 * longer the tree, and counts as theirs.
 */
export interface Trailer {
  readonly branch: string;
  readonly base: string;
  readonly tree: string;
  readonly run: number | undefined;
}

const NAME = 'Uv-Fod';
const LINE = /^Uv-Fod: (\S+); base=([0-9a-f]{40}); tree=([0-9a-f]{40})(?:; run=(\d{1,16}))?$/;
// The last paragraph is a block of trailers where every line of it is one (git-interpret-trailers).
const TRAILER_LINE = /^[A-Za-z0-9-]+: \S/;

/** The message with our trailer in its last paragraph. */
export function addTrailer(message: string, trailer: Trailer): string {
  const text = message.trimEnd();
  const run = trailer.run === undefined ? '' : `; run=${trailer.run}`;
  const line = `${NAME}: ${trailer.branch}; base=${trailer.base}; tree=${trailer.tree}${run}`;
  const paragraphs = text.split('\n\n');
  const last = paragraphs.length > 1 ? (paragraphs.at(-1) ?? '') : '';
  const joins = last !== '' && last.split('\n').every((one) => TRAILER_LINE.test(one));
  return `${text}${joins ? '\n' : '\n\n'}${line}\n`;
}

/** Our trailer out of a commit message: the last line that is one, or undefined. */
export function readTrailer(message: string): Trailer | undefined {
  const match = message
    .split('\n')
    .map((line) => LINE.exec(line.trimEnd()))
    .findLast((found) => found !== null);
  if (!match) return undefined;
  const [, branch = '', base = '', tree = '', run] = match;
  return { branch, base, tree, run: run === undefined ? undefined : Number(run) };
}
