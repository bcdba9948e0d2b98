import type { CheckHost } from '../system/check-host.ts';
import type { BuildLock } from './types.ts';

/** The addresses that Nix fetches from for a build lock, with a name for each. */
function addressesIn({ builds, wheels }: BuildLock): { address: string; what: string }[] {
  const sources = Object.entries(builds).flatMap(([what, build]) =>
    'url' in build && build.url !== undefined ? [{ address: build.url, what }] : [],
  );
  return [...sources, ...Object.entries(wheels).map(([what, { url: address }]) => ({ address, what }))];
}

/** Approves all addresses, since the configuration is not known inside Nix builds. */
export async function approveBuildLock(lock: BuildLock, checkHost: CheckHost | undefined): Promise<void> {
  for (const { address, what } of addressesIn(lock)) await checkHost?.(address, what);
}
