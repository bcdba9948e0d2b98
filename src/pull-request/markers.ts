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

/**
 * The HTML comment at the end of our pull requests' bodies. `key` is a digest of what is proposed,
 * `text` one of title and body as last written, `closed` means that uv-fod closed it, `draft` that
 * it is a draft because it is unverified. A body without it was written by a person, and is kept.
 */
export interface BodyMarker {
  readonly key: string;
  readonly text: string;
  readonly closed: boolean;
  readonly draft?: boolean;
}

const MARKER = /<!-- uv-fod key=([0-9a-f]{16}) text=([0-9a-f]{16})( draft)?( closed)? -->/g;

/** The marker as text. */
function writeMarker(marker: BodyMarker): string {
  const flags = `${marker.draft ? ' draft' : ''}${marker.closed ? ' closed' : ''}`;
  return `<!-- uv-fod key=${marker.key} text=${marker.text}${flags} -->`;
}

/** The last marker of a body, or undefined. */
export function readMarker(body: string | null | undefined): BodyMarker | undefined {
  const match = [...(body ?? '').matchAll(MARKER)].at(-1);
  if (!match) return undefined;
  const [, key = '', text = '', draft, closed] = match;
  return { key, text, closed: closed !== undefined, ...(draft === undefined ? {} : { draft: true }) };
}

/** The body with its marker replaced. */
export function replaceMarker(body: string, marker: BodyMarker): string {
  return `${body.replaceAll(MARKER, '').trimEnd()}\n\n${writeMarker(marker)}`;
}

/** Closes the code block and the folds that are open at the end of cut Markdown. */
function closing(text: string): string {
  let fence: string | undefined;
  for (const line of text.split('\n')) {
    const run = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (run === undefined) continue;
    if (fence === undefined) fence = run;
    else if (run.startsWith(fence)) fence = undefined;
  }
  const open = text.split('<details').length - text.split('</details>').length;
  return `${fence === undefined ? '' : `\n${fence}`}${'\n</details>'.repeat(Math.max(open, 0))}`;
}

/** GitHub's limit for the body of a pull request, in characters; other forges have none. */
const BODY_LIMIT = 65_536;

/** The body with its marker, cut at a line if it is longer than the limit. */
export function finishBody(body: string, marker: BodyMarker): string {
  const end = `\n\n${writeMarker(marker)}`;
  if (body.length + end.length <= BODY_LIMIT) return `${body.trimEnd()}${end}`;
  const note =
    '\n\n*Cut here, because the body of a pull request is limited. The rest is in the summary of the job that opened this.*';
  // Leaves room for what `closing` adds.
  const room = BODY_LIMIT - end.length - note.length - 400;
  const line = body.lastIndexOf('\n', room);
  const cut = body.slice(0, line > 0 ? line : room);
  const closed = closing(cut);
  return `${cut.trimEnd()}${closed.length <= 400 ? closed : ''}${note}${end}`;
}
