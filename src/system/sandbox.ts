/**
 * Whether builds on this machine run in Nix's sandbox:
 * - `full`: all of them.
 * - `relaxed`: all but those whose derivation asks for none (`__noChroot`), and fixed-output
 *   derivations.
 * - `none`
 * - `unknown`: it can't be found out.
 * - `no-nix`: nothing is built here.
 */
export interface Sandbox {
  readonly isolation: 'full' | 'relaxed' | 'none' | 'unknown' | 'no-nix';
  /** Why it is unknown. Untrusted. */
  readonly why?: string;
}

/** Describes what the sandbox lacks, as a sentence without its period; undefined if nothing. */
export function lackOf({ isolation, why }: Sandbox): string | undefined {
  switch (isolation) {
    case 'none':
      return 'Nix builds without its sandbox on this machine';
    case 'relaxed':
      return "Nix's setting 'sandbox' is 'relaxed' on this machine, so a derivation may ask to be built without the sandbox";
    case 'unknown':
      return `whether Nix builds in its sandbox can't be found out on this machine (${why ?? 'Nix gives no reason'})`;
    default:
      return undefined;
  }
}
