import { hostsOfNixPath } from '../nix/nix-path.ts';
import type { HostPolicy } from './host-policy.ts';

/** The policy for what Nix contacts while it evaluates untrusted code: the user's own Nix path is approved besides. */
export function withNixPath(policy: HostPolicy, open: HostPolicy, nixPath: string): HostPolicy {
  const hosts = new Set(hostsOfNixPath(nixPath));
  return {
    ...policy,
    judges: async () => true,
    approve: (address, what) =>
      (hosts.has(URL.parse(address)?.hostname ?? '') ? open : policy).approve(address, what),
  };
}
