// Nix's `--log-format internal-json`: one object a line after `@nix ` (src/libutil/logging.cc; Nix
// 2.18 to 2.36, Lix, Determinate Nix). No other output of Nix keeps its own messages separate from
// those of builders.

import { withoutColours } from '../system/printable.ts';

/** One line of Nix's log. */
export type NixEvent =
  /**
   * An error. `isOwn`: raised by the Nix that was started, which alone has `raw_msg`. Others come
   * from Nix's daemon or a remote builder, and a builder can forge them.
   */
  | { readonly kind: 'error'; readonly text: string; readonly isOwn: boolean }
  /** A plan or warning of Nix; a builder can forge it too. */
  | { readonly kind: 'note'; readonly text: string }
  /** Nix starts a build or a download. */
  | { readonly kind: 'begun'; readonly text: string }
  /** Output of a builder, or anything else that is not Nix's. */
  | { readonly kind: 'printed'; readonly text: string };

/** Activities and results by number (src/libutil/include/nix/util/logging.hh). */
const activities = { copyPath: 100, build: 105, substitute: 108 };
const results = { buildLogLine: 101, postBuildLogLine: 107 };
/** Nix's `lvlInfo`: shown without `--verbose`. */
const INFO = 3;

interface Raw {
  readonly action?: unknown;
  readonly level?: unknown;
  readonly type?: unknown;
  readonly text?: unknown;
  readonly msg?: unknown;
  readonly raw_msg?: unknown;
  readonly fields?: unknown;
}

/**
 * Reads one line of stderr.
 * @returns undefined for counters and the end of activities
 */
export function nixEvent(line: string): NixEvent | undefined {
  if (!line.startsWith('@nix ')) return { kind: 'printed', text: line };
  const raw = parse(line.slice('@nix '.length));
  if (raw === undefined) return { kind: 'printed', text: 'A line of the log is too long to be shown.' };
  switch (raw.action) {
    case 'msg':
      return messageOf(raw);
    case 'start':
      return begunOf(raw);
    case 'result':
      return printedOf(raw);
    default:
      return undefined;
  }
}

function parse(text: string): Raw | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return undefined;
  }
}

function messageOf({ level, msg, raw_msg: rawMessage }: Raw): NixEvent | undefined {
  if (typeof msg !== 'string') return undefined;
  const text = withoutColours(msg);
  const isError = level === 0 && (typeof rawMessage === 'string' || /^error(?: \(ignored\))?:/.test(text));
  return isError ? { kind: 'error', text, isOwn: typeof rawMessage === 'string' } : { kind: 'note', text };
}

function begunOf({ level, type, text }: Raw): NixEvent | undefined {
  if (typeof text !== 'string' || text === '' || typeof level !== 'number' || level > INFO) return undefined;
  // A builder can only start downloads (type 101).
  const isNix = Object.values(activities).some((one) => one === type);
  return { kind: isNix ? 'begun' : 'printed', text: `${withoutColours(text)}...` };
}

function printedOf({ type, fields }: Raw): NixEvent | undefined {
  const isLine = Object.values(results).some((one) => one === type);
  const [text] = Array.isArray(fields) ? (fields as unknown[]) : [];
  return isLine && typeof text === 'string' ? { kind: 'printed', text } : undefined;
}
