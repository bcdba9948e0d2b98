import type { NixResult } from './nix-build.ts';
import { failureText, mismatches } from './nix-messages.ts';

// Why a build failed, from Nix's own errors: Nix 2.18 to 2.35, Lix 2.90 to 2.95, Determinate Nix
// 3.2 to 3.22 (__tests__/fixtures/nix-messages.ts names each source). Output of builders is only
// quoted.

/** The parts of a build's result that tell why it failed. */
export type Failure = Pick<NixResult, 'errors' | 'relayed' | 'lastPrinted'> & { readonly stderr?: string };

/** The cause of a failed build as one phrase. */
export function failureCause(failure: Failure): string {
  const { errors, relayed, lastPrinted, stderr = '' } = failure;
  return (
    lackingMachine(failure) ??
    otherHash(errors) ??
    failedBuilder(errors, lastPrinted) ??
    // A failed builder of a dependency is relayed by Nix's daemon.
    failedBuilder(relayed, lastPrinted) ??
    otherHash(relayed) ??
    failureText([...relayed, ...errors].join('\n') || stderr)
  );
}

/**
 * The cause of a failed build, or a full disk. Output of builders is quoted as such, because
 * anything in a build can print it.
 */
export function causeOf(result: NixResult): string {
  const { errors, relayed, stderr } = result;
  const full = /no space left on device|\bENOSPC\b/i;
  if (full.test([...errors, ...relayed].join('\n'))) return diskFull;
  if (full.test(stderr)) return `the build printed that ${diskFull}`;
  // A message of this program, from inside the build.
  const ours = [...stderr.matchAll(/^uv-fod: ([^\n]{1,600})$/gm)].at(-1)?.[1];
  return (ours === undefined ? failureCause(result) : `the build printed: ${ours}`).replace(/\.$/, '');
}

const diskFull =
  'the disk is full (No space left on device); free some or collect garbage (nix-collect-garbage)';

/** Which derivation no machine can build, and why; undefined if a builder was started. */
export function lackingMachine({ errors, stderr = '' }: Failure): string | undefined {
  const lacking = first(errors, (text) => missingMachine(text) ?? otherReason(text));
  if (lacking === undefined) return undefined;
  // A remote builder that refused; this part is only quoted.
  const refused = /^cannot build on '([^'\n]{1,200})': (.+)$/m.exec(stderr);
  return refused ? `${lacking}; ${refused[1]} could not be used: ${refused[2]?.slice(0, 200)}` : lacking;
}

/** The derivations that no machine builds, by relayed errors. Nix has to confirm that. */
export function relayedLacking({ relayed }: Failure): string[] {
  return relayed.flatMap((text) => {
    const isSo = (missingMachine(text) ?? otherReason(text)) !== undefined;
    const path = /'([^'\n]*?\/[a-z0-9]{32}-[^'\n/]+\.drv)'/.exec(text)?.[1];
    return isSo && path !== undefined ? [path] : [];
  });
}

/** The derivation whose dependencies failed, by Nix's own errors. */
export function dependent({ errors }: Failure): string | undefined {
  return first(errors, (text) => {
    const [, path, reason = ''] = /^error: Cannot build '([^'\n]+\.drv)'\.\n\s*Reason: (.+)/.exec(text) ?? [];
    if (path !== undefined) return /dependenc(?:y|ies) failed/.test(reason) ? path : undefined;
    return /^error: \d+ dependenc(?:y|ies) of derivation '([^'\n]+\.drv)' failed/.exec(text)?.[1];
  });
}

const drv = String.raw`'[^'\n]*?/[a-z0-9]{32}-([^'\n]+)\.drv'`;
/** The beginning of a message; what it quotes below can be a builder's. */
const start = String.raw`^error: (?:build of '[^'\n]+' on '[^'\n]+' failed: (?:error: )?)?`;
const cannotBuild = new RegExp(String.raw`${start}Cannot build ${drv}\.\n\s*Reason: (.+)`);
const systems = new RegExp(
  String.raw`${start}Cannot build ${drv}\.\n\s*Reason: (?:required system or feature not available|platform mismatch)\n\s*Required system: '([^']+)'.*\n\s*Current system: '([^']+)'`,
);
const oldSystems = new RegExp(
  String.raw`${start}a '([^'\n]+)' with features [^\n]{0,300} is required to build ${drv}, but I am a '([^'\n]+)'`,
);
const builderFailed = [
  new RegExp(String.raw`${start}Cannot build ${drv}\.\n\s*Reason: builder `),
  new RegExp(`${start}builder for ${drv} failed`),
];

/** A derivation for another system, without a machine that builds for it. */
function missingMachine(text: string): string | undefined {
  const old = oldSystems.exec(text);
  if (old) return noMachine(old[2], old[1], old[3]);
  const block = systems.exec(text);
  return block ? noMachine(block[1], block[2], block[3]) : undefined;
}

const noMachine = (name = '', required = '', current = ''): string =>
  required === current
    ? `${name} needs system features that this machine does not have, and no remote builder of nix.conf took it`
    : `${name} has to be built on ${required}; this machine is ${current}, and no remote builder of nix.conf took it`;

/** Any other reason of Nix, except failed builders and failed dependencies. */
function otherReason(text: string): string | undefined {
  const [, name, reason = ''] = cannotBuild.exec(text) ?? [];
  if (name === undefined || /^builder |dependenc(?:y|ies) failed/.test(reason)) return undefined;
  return `no machine takes ${name}: ${reason.slice(0, 200)}`;
}

/** A fixed-output derivation of the build whose hash is wrong. */
function otherHash(errors: readonly string[]): string | undefined {
  const [wrong] = mismatches(errors);
  const name = /[a-z0-9]{32}-(.+)\.drv$/.exec(wrong?.drv ?? '')?.[1];
  return name && `the hash of the fixed-output derivation ${name} is wrong`;
}

/** The builder that failed, and the last line printed. */
function failedBuilder(errors: readonly string[], lastPrinted: string | undefined): string | undefined {
  return first(errors, (text) => {
    const name = first(builderFailed, (pattern) => pattern.exec(text)?.[1]);
    if (name === undefined) return undefined;
    const printed = quotedLine(text) ?? lastPrinted?.trim();
    return `the build of ${name} failed${printed ? `, and last printed: ${printed.slice(0, 300)}` : ''}`;
  });
}

/** Nix quotes the last lines of a log with `>` if it did not show the log. */
const quotedLine = (text: string): string | undefined =>
  /^[ \t]+> (.*)$/.exec(text.split('\n').findLast((line) => /^[ \t]+> .*\S/.test(line)) ?? '')?.[1]?.trim();

function first<T, R>(items: readonly T[], of: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = of(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
