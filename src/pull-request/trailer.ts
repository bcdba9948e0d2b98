/**
 * The trailer that marks our commits: branch, base commit, tree and run. An amended commit keeps
 * the trailer but has another tree, so it counts as someone else's.
 */
export interface Trailer {
  readonly branch: string;
  readonly base: string;
  readonly tree: string;
  readonly run: number | undefined;
}

const NAME = 'Uv-Fod';
const LINE = /^Uv-Fod: (\S+); base=([0-9a-f]{40}); tree=([0-9a-f]{40})(?:; run=(\d{1,16}))?$/;
// The last paragraph holds trailers if every line of it is one (git-interpret-trailers).
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

/** The last trailer of ours in a commit message. */
export function readTrailer(message: string): Trailer | undefined {
  const match = message
    .split('\n')
    .map((line) => LINE.exec(line.trimEnd()))
    .findLast((found) => found !== null);
  if (!match) return undefined;
  const [, branch = '', base = '', tree = '', run] = match;
  return { branch, base, tree, run: run === undefined ? undefined : Number(run) };
}
