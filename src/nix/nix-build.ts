import { capped } from '../system/lines.ts';
import type { Log } from '../system/log.ts';
import { withoutColours } from '../system/printable.ts';
import type { Run, RunResult } from '../system/run.ts';
import { type NixEvent, nixEvent } from './nix-events.ts';
import { nixProgress } from './nix-progress.ts';

/**
 * The result of nix-build. Nix's own messages are separate from what builders print: only the
 * former decide anything.
 */
export interface NixResult extends RunResult {
  /** The end of what was shown, for people. */
  readonly stderr: string;
  /** Errors of the Nix that was started, in order, each beginning with `error:`. */
  readonly errors: readonly string[];
  /** Errors from Nix's daemon or a remote builder. A builder can forge them. */
  readonly relayed: readonly string[];
  /** The last line that a builder printed. */
  readonly lastPrinted: string | undefined;
}

export interface NixTools {
  readonly run: Run;
  readonly log: Log;
}

/** Characters kept of what was shown, and errors of each kind. */
const mostShown = 256 * 1024;
const mostErrors = 100;

/**
 * Runs nix-build in a group of the log, which shows its output and progress.
 * @param args flags, and a derivation's path or arguments from `nixArguments`
 */
export async function nixBuild(
  args: readonly string[],
  { run, log }: NixTools,
  title: string,
): Promise<NixResult> {
  const reader = nixReader(log);
  const { code, stdout, stderr } = await log.group(title, () =>
    run('nix-build', ['--no-out-link', '--log-format', 'internal-json', ...args], {
      onLine: reader.line,
    }).finally(reader.end),
  );
  // How the program ended is on no line of its output.
  const ended = /\n(error: ended by [A-Z0-9]+)\n$/.exec(stderr.slice(-100))?.[1];
  if (ended !== undefined) reader.add({ kind: 'error', text: ended, isOwn: true });
  return { code, stdout, ...reader.result() };
}

/** Shows the lines of Nix's log, and keeps what is needed. */
function nixReader(log: Log) {
  const progressOf = nixProgress();
  const [errors, relayed]: [string[], string[]] = [[], []];
  const shownLines = capped(log.info);
  let lastPrinted: string | undefined;
  let shown = '';
  const add = (event: NixEvent): void => {
    shown += `${event.text}\n`;
    if (shown.length > 2 * mostShown) shown = shown.slice(-mostShown);
    if (event.kind === 'printed' && event.text.trim() !== '') lastPrinted = withoutColours(event.text);
    if (event.kind !== 'error') return;
    const kept = event.isOwn ? errors : relayed;
    kept.push(event.text.slice(0, mostShown));
    if (kept.length > mostErrors) kept.shift();
  };
  return {
    add,
    line: (line: string): void => {
      const event = nixEvent(line);
      if (event === undefined) return;
      add(event);
      // Nix's own errors come last, and are shown even beyond the limit.
      if (event.kind === 'error' && event.isOwn) log.info(event.text);
      else shownLines.add(event.text);
      const far = progressOf(event);
      if (far !== undefined) log.progress(far);
    },
    end: shownLines.end,
    result: (): Omit<NixResult, 'code' | 'stdout'> => ({ stderr: shown, errors, relayed, lastPrinted }),
  };
}
