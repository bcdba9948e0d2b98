import type { BuildLock } from '../build-lock/types.ts';
import { refuse } from './refuse.ts';

/** Hosts that the base's configuration allows, besides those that the base already fetches from. */
export interface HostLimits {
  readonly allowedHosts: readonly string[] | undefined;
  readonly isAllowedHost: (address: string, hosts: readonly string[]) => boolean;
}

/**
 * Builds may fetch only from hosts of the base, or those that its configuration allows.
 * @param known texts of the base with URLs that it fetches from
 * @throws UserError `result-refused`
 */
export function checkHosts(lock: BuildLock, known: readonly string[], limits: HostLimits): void {
  const hosts = new Set(known.flatMap(hostsIn));
  for (const address of addressesOf(lock)) {
    const host = URL.parse(address)?.host ?? '';
    const isAllowed =
      hosts.has(host) ||
      (limits.allowedHosts !== undefined && limits.isAllowedHost(address, limits.allowedHosts));
    if (!isAllowed)
      throw refuse(
        `its build lock fetches from '${host.slice(0, 200)}', and the base does not; allow it with allowed-hosts in the base's configuration`,
      );
  }
}

const hostsIn = (text: string): string[] =>
  [...text.matchAll(/(?:https?|ssh):\/\/([^/"'?#\s@]+@)?([^/"'?#\s]+)/g)].map(([, , host = '']) => host);

function addressesOf({ builds, wheels }: BuildLock): string[] {
  const sources = Object.values(builds).flatMap((build) =>
    'url' in build && build.url !== undefined ? [build.url] : [],
  );
  return [...sources, ...Object.values(wheels).map(({ url }) => url)];
}
