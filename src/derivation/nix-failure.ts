import { failureText, withoutColours } from './nix-messages.ts';

// Why a build did not come about, out of Nix's words. They are those of Nix 2.18 to 2.35, Lix 2.90 to 2.95 and Determinate Nix 3.2 to
// 3.22 (__tests__/fixtures/nix-messages.ts has each with its source).

/** The cause of a failed build as one phrase: which builder, its last words, or what this machine lacks; else Nix's own words. */
export function failureCause(stderr: string): string {
  return lackingMachine(stderr) ?? failedBuilder(withoutColours(stderr)) ?? failureText(stderr);
}

/** What no machine of Nix's would build, and why, as one phrase; undefined where a build was begun. */
export function lackingMachine(stderr: string): string | undefined {
  const text = withoutColours(stderr);
  const lacking = missingMachine(text) ?? otherReason(text);
  // A remote builder that was asked first, and why it did not take it.
  const refused = lacking && /^cannot build on '([^']+)': (.+)$/m.exec(text);
  return refused ? `${lacking}; ${refused[1]} could not be used: ${refused[2]?.slice(0, 200)}` : lacking;
}

const drv = String.raw`'[^'\n]*?/[a-z0-9]{32}-([^'\n]+)\.drv'`;

/** A derivation for another system, and no machine that builds for it. */
function missingMachine(text: string): string | undefined {
  const old = new RegExp(
    `a '([^']+)' with features .{0,300} is required to build ${drv}, but I am a '([^']+)'`,
  ).exec(text);
  if (old) return noMachine(old[2], old[1], old[3]);
  const block = new RegExp(
    String.raw`Cannot build ${drv}\.\n\s*Reason: (?:required system or feature not available|platform mismatch)\n\s*Required system: '([^']+)'.*\n\s*Current system: '([^']+)'`,
  ).exec(text);
  return block ? noMachine(block[1], block[2], block[3]) : undefined;
}

const noMachine = (name = '', required = '', current = ''): string =>
  required === current
    ? `${name} needs system features that this machine does not have, and no remote builder of nix.conf took it`
    : `${name} has to be built on ${required}; this machine is ${current}, and no remote builder of nix.conf took it`;

/** Any other reason that Nix gives by name, but for a builder that failed and for dependencies that did. */
function otherReason(text: string): string | undefined {
  const all = text.matchAll(new RegExp(String.raw`Cannot build ${drv}\.\n\s*Reason: (.+)`, 'g'));
  for (const [, name, reason = ''] of all)
    if (!/^builder |dependenc(?:y|ies) failed/.test(reason)) return `no machine takes ${name}: ${reason}`;
  return undefined;
}

/** Which builder failed, and the last line that it printed. */
function failedBuilder(text: string): string | undefined {
  const failure =
    new RegExp(String.raw`Cannot build ${drv}\.\n\s*Reason: builder `).exec(text) ??
    new RegExp(`builder for ${drv} failed`).exec(text);
  if (!failure) return undefined;
  const said = quotedLine(text) ?? lineBefore(text.slice(0, failure.index));
  return `the build of ${failure[1]} failed${said === undefined ? '' : `, and last said: ${said.slice(0, 300)}`}`;
}

/** Nix quotes a log's last lines with `>`, where it has not shown the log itself. */
const quotedLine = (text: string): string | undefined =>
  /^[ \t]+> (.*)$/.exec(text.split('\n').findLast((line) => /^[ \t]+> .*\S/.test(line)) ?? '')?.[1]?.trim();

/** What nix-build has shown right before its own message. */
function lineBefore(text: string): string | undefined {
  const line = text
    .split('\n')
    .slice(0, -1)
    .findLast((one) => one.trim() !== '')
    ?.trim();
  const isNix = line !== undefined && /^(?:error|warning|building |copying |these |this |\/nix\/)/.test(line);
  return isNix ? undefined : line;
}
