import { jsonOf } from '../system/bounded-json.ts';
import { capped } from '../system/lines.ts';
import type { Log } from '../system/log.ts';
import { withoutColours } from '../system/printable.ts';
import type { Run, RunResult } from '../system/run.ts';

/**
 * The result of nix-build. Nix's own messages are separate from what builders print: only the
 * former decide anything.
 */
export interface NixResult extends RunResult {
  /** The end of the output that was shown, for people. */
  readonly stderr: string;
  /** Errors of the Nix that was started, in order, each beginning with `error:`. */
  readonly errors: readonly string[];
  /** Errors from Nix's daemon or a remote builder. A builder can forge them. */
  readonly relayed: readonly string[];
  /** The last line that a builder printed. */
  readonly lastPrinted: string | undefined;
  /**
   * Where something was built: addresses of remote builders, `thisMachine`; empty without a build.
   */
  readonly machines: readonly string[];
}

export const thisMachine = 'this machine';

export interface NixTools {
  readonly run: Run;
  readonly log: Log;
}

/** Passes values to an expression as string arguments, so that they never become code. */
export const argStrings = (values: Readonly<Record<string, string>>): string[] =>
  Object.entries(values).flatMap(([name, value]) => ['--argstr', name, value]);

/** Limits: characters of the shown output to keep, and errors of each kind. */
const mostShown = 256 * 1024;
const mostErrors = 100;

/**
 * Runs nix-build in a group of the log, which shows its output and progress.
 * @param args flags, and paths of derivations
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
  // `run` appends the signal that ended the program to stderr, and not to the lines.
  const ended = /\n(error: ended by [A-Z0-9]+)\n$/.exec(stderr.slice(-100))?.[1];
  if (ended !== undefined) reader.add({ kind: 'error', text: ended });
  return { code, stdout, ...reader.result() };
}

/** Shows the lines of Nix's log, and collects the fields of `NixResult`. */
function nixReader(log: Log) {
  const [errors, relayed]: [string[], string[]] = [[], []];
  const machineOf = new Map<string, string>();
  const shownLines = capped(log.info);
  let lastPrinted: string | undefined;
  let shown = '';
  const add = ({ kind, text }: NixEvent): void => {
    shown += `${text}\n`;
    if (shown.length > 2 * mostShown) shown = shown.slice(-mostShown);
    const [, drv, machine] = (kind === 'begun' && BUILDING.exec(text)) || [];
    // A remote builder's own message for this build has no address, so the address is kept.
    if (drv && (machine || !machineOf.has(drv))) machineOf.set(drv, machine ?? thisMachine);
    if (kind === 'printed' && text.trim() !== '') lastPrinted = withoutColours(text);
    if (kind !== 'error' && kind !== 'relayed') return;
    const kept = kind === 'error' ? errors : relayed;
    kept.push(text.slice(0, mostShown));
    if (kept.length > mostErrors) kept.shift();
  };
  return {
    add,
    line: (line: string): void => {
      const event = nixEvent(line);
      if (event === undefined) return;
      add(event);
      // Nix's own errors come last, and are shown even beyond the limit.
      if (event.kind === 'error') log.info(event.text);
      else shownLines.add(event.text);
      const progress = progressOf(event);
      if (progress !== undefined) log.progress(progress);
    },
    end: shownLines.end,
    result: (): Omit<NixResult, 'code' | 'stdout'> => ({
      ...{ stderr: shown, errors, relayed, lastPrinted, machines: [...new Set(machineOf.values())].sort() },
    }),
  };
}

/**
 * One line of Nix's `--log-format internal-json`: an object after `@nix ` (src/libutil/logging.cc;
 * Nix 2.18 to 2.36, Lix, Determinate Nix). No other output of Nix keeps its own messages separate
 * from those of builders.
 */
export interface NixEvent {
  /**
   * - `error`: raised by the Nix that was started, which alone has `raw_msg`.
   * - `relayed`: an error from Nix's daemon or a remote builder; a builder can forge it.
   * - `note`: a plan or warning of Nix; a builder can forge it too.
   * - `begun`: Nix starts a build or a download.
   * - `printed`: output of a builder, or anything else that is not Nix's.
   */
  readonly kind: 'error' | 'relayed' | 'note' | 'begun' | 'printed';
  readonly text: string;
}

/**
 * Activities of Nix itself (copyPath, build, substitute) and results that are lines of a log, by
 * number (src/libutil/include/nix/util/logging.hh). A builder can only start downloads.
 */
const activities: readonly unknown[] = [100, 105, 108];
const logLines: readonly unknown[] = [101, 107];
/** Nix's `lvlInfo`: shown without `--verbose`. */
const INFO = 3;

/**
 * Reads one line of stderr.
 * @returns undefined for counters and the end of activities
 */
export function nixEvent(line: string): NixEvent | undefined {
  if (!line.startsWith('@nix ')) return { kind: 'printed', text: line };
  const raw = jsonOf(line.slice('@nix '.length));
  if (raw === undefined) return { kind: 'printed', text: 'A line of the log is too long to be shown.' };
  const {
    action,
    level,
    type,
    text,
    msg,
    raw_msg: rawMessage,
    fields,
  } = Object(raw) as Record<string, unknown>;
  if (action === 'msg' && typeof msg === 'string') {
    const shown = withoutColours(msg);
    if (level === 0 && typeof rawMessage === 'string') return { kind: 'error', text: shown };
    const isRelayed = level === 0 && /^error(?: \(ignored\))?:/.test(shown);
    return { kind: isRelayed ? 'relayed' : 'note', text: shown };
  }
  if (action === 'start' && typeof text === 'string' && text !== '' && Number(level ?? Infinity) <= INFO)
    return { kind: activities.includes(type) ? 'begun' : 'printed', text: `${withoutColours(text)}...` };
  const [printed] = Array.isArray(fields) ? (fields as unknown[]) : [];
  if (action === 'result' && logLines.includes(type) && typeof printed === 'string')
    return { kind: 'printed', text: printed };
  return undefined;
}

/** Nix's message for a build, with the machine if it is a remote builder. */
const BUILDING = /^building '([^'\n]+\.drv)'(?: on '([^'\n]{1,200})')?\.\.\.$/;

const BEGUN = /^(building|checking outputs of|copying path) '(?:\/[^'/]+)+\/[a-z0-9]{32}-([^']+?)(?:\.drv)?'/;

/** Progress: what Nix builds or fetches, or how many wheels were fetched inside the build. */
function progressOf({ kind, text }: NixEvent): string | undefined {
  if (kind === 'printed') return /^uv-fod: (\d+ of \d+ wheels, [\d.]+ MB)/.exec(text)?.[1];
  const [, verb, name] = (kind === 'begun' && BEGUN.exec(text)) || [];
  return name && `${verb === 'copying path' ? 'fetching' : 'building'} ${name}`;
}
