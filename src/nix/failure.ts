import { withoutColours } from '../system/printable.ts';
import type { NixResult } from './nix-build.ts';

// Why Nix failed, from its own errors: Nix 2.18 to 2.35, Lix 2.90 to 2.95, Determinate Nix 3.2 to
// 3.22 (__tests__/fixtures/nix-messages.ts names each source). Output of builders is only quoted.

/** The parts of a build's result that show why it failed. */
export type Failure = Pick<NixResult, 'errors' | 'relayed' | 'lastPrinted'> & { readonly stderr?: string };

/** A fixed-output derivation whose output has another hash than declared. */
export interface Mismatch {
  readonly drv: string;
  readonly got: string;
}

/** The beginning of a message. Text that is quoted below it may come from a builder. */
const start = String.raw`^error: (?:build of '[^'\n]+' on '[^'\n]+' failed: (?:error: )?)?`;
const drvName = String.raw`'[^'\n]*?/[a-z0-9]{32}-([^'\n]+)\.drv'`;

/** Lix adds an address and two paths. */
const MISMATCH = new RegExp(
  [
    String.raw`${start}hash mismatch in fixed-output derivation '([^'\n]+)':\n`,
    String.raw`(?:[ \t]*likely URL: [^\n]*\n)?`,
    String.raw`[ \t]*specified:[ \t]+\S+\n`,
    String.raw`[ \t]*got:[ \t]+(\S+)`,
    String.raw`(?:\n[ \t]*expected path: [^\n]*\n[ \t]*got path: [^\n]*)?\s*$`,
  ].join(''),
);

/**
 * The hash mismatches among Nix's errors. A message has to match as a whole: log lines that are
 * quoted in other errors do not count.
 * @param errors one message each, beginning with `error:`
 */
export function mismatches(errors: readonly string[]): Mismatch[] {
  return errors.flatMap((text) => {
    const [, drv, got] = MISMATCH.exec(text) ?? [];
    return drv && got ? [{ drv, got }] : [];
  });
}

/**
 * The cause in Nix's stderr as one line: the innermost `error:`, without its trace.
 * @returns at most 400 characters, without a period
 */
export function failureText(stderr: string): string {
  const lines = withoutColours(stderr)
    .split('\n')
    .map((line) => line.trim());
  const cause = lines.findLast((line) => /^error:./.test(line)) ?? lines.findLast((line) => line !== '');
  return (cause ?? 'Nix printed nothing')
    .replace(/^error:\s*/, '')
    .slice(0, 400)
    .replace(/\.$/, '');
}

const diskFull =
  'the disk is full (No space left on device); free some or collect garbage (nix-collect-garbage)';

/**
 * The cause of a failed build as one phrase, without a period. Output of builders is quoted as
 * such, because anything in a build can print it.
 */
export function causeOf(failure: Failure): string {
  const { errors, relayed, lastPrinted, stderr = '' } = failure;
  // Nix's daemon relays the failure of a dependency's builder.
  const all = [...errors, ...relayed];
  const full = /no space left on device|\bENOSPC\b/i;
  if (full.test(all.join('\n'))) return diskFull;
  if (full.test(stderr)) return `the build printed that ${diskFull}`;
  // A message of this program, from inside the build.
  const ours = [...stderr.matchAll(/^uv-fod: ([^\n]{1,600})$/gm)].at(-1)?.[1];
  if (ours !== undefined) return `the build printed: ${ours.replace(/\.$/, '')}`;
  return (
    lackingMachine(failure) ??
    first(all, otherHash) ??
    first(all, (text) => failedBuilder(text, lastPrinted)) ??
    failureText([...relayed, ...errors].join('\n') || stderr)
  );
}

/** Names a fixed-output derivation of the build whose hash is wrong. */
function otherHash(text: string): string | undefined {
  const name = /[a-z0-9]{32}-(.+)\.drv$/.exec(mismatches([text])[0]?.drv ?? '')?.[1];
  return name && `the hash of the fixed-output derivation ${name} is wrong`;
}

const builderFailed = new RegExp(
  String.raw`${start}(?:Cannot build ${drvName}\.\n\s*Reason: builder |builder for ${drvName} failed)`,
);

/** Names the builder that failed, with the last line that it printed. */
function failedBuilder(text: string, lastPrinted: string | undefined): string | undefined {
  const [, now, old] = builderFailed.exec(text) ?? [];
  const name = now ?? old;
  if (name === undefined) return undefined;
  // Nix quotes the last lines of a log with `>` if it did not show the log.
  const quoted = text.split('\n').findLast((line) => /^[ \t]+> .*\S/.test(line));
  const printed = (quoted?.replace(/^[ \t]+> /, '') ?? lastPrinted)?.trim().slice(0, 300);
  return `the build of ${name} failed${printed ? `, and last printed: ${printed}` : ''}`;
}

/** Names the derivation that no machine can build, and why; undefined if a builder was started. */
export function lackingMachine({ errors, stderr = '' }: Failure): string | undefined {
  const lacking = first(errors, reasonOf);
  if (lacking === undefined) return undefined;
  // A remote builder that refused; its message is only quoted.
  const refused = /^cannot build on '([^'\n]{1,200})': (.+)$/m.exec(stderr);
  return refused ? `${lacking}; ${refused[1]} could not be used: ${refused[2]?.slice(0, 200)}` : lacking;
}

const cannotBuild = new RegExp(
  String.raw`${start}Cannot build ${drvName}\.\n\s*Reason: (.+)(?:\n\s*Required system: '([^']+)'.*\n\s*Current system: '([^']+)')?`,
);
/** The message of Lix, and of Nix before 2.30. */
const required = new RegExp(
  String.raw`${start}a '([^'\n]+)' with features [^\n]{0,300} is required to build ${drvName}, but I am a '([^'\n]+)'`,
);

/** The reason why no machine builds a derivation; undefined if a builder or a dependency failed. */
function reasonOf(text: string): string | undefined {
  const [, oldSystem, oldName, here] = required.exec(text) ?? [];
  if (oldName !== undefined) return noMachine(oldName, oldSystem, here);
  const [, name, reason = '', system, current] = cannotBuild.exec(text) ?? [];
  if (name === undefined || /^builder |dependenc(?:y|ies) failed/.test(reason)) return undefined;
  if (system !== undefined) return noMachine(name, system, current);
  return `no machine takes ${name}: ${reason.slice(0, 200)}`;
}

const noMachine = (name: string, system: string | undefined, here: string | undefined): string =>
  system === here
    ? `${name} needs system features that this machine does not have, and no remote builder of nix.conf took it`
    : `${name} has to be built on ${system}; this machine is ${here}, and no remote builder of nix.conf took it`;

function first<T, R>(items: readonly T[], of: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = of(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
