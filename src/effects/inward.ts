import type { Network } from '../artifacts/network.ts';
import { UserError } from '../ports/errors.ts';
import { innerAddress, type Resolve, resolveBySystem } from './addresses.ts';

/**
 * A network on which no server of the public internet sends us on to an inner one (this machine, its network, a cloud's
 * metadata). It needs no configuration, which a fixed output in Nix's sandbox does not know: an index that is itself inside
 * may send on to whom it likes, because whoever locked it named the inside.
 * @throws UserError `redirect-inward`, from `Network.beforeRedirect`
 */
export function keptOutside(network: Network, resolve: Resolve = resolveBySystem): Network {
  return {
    ...network,
    beforeRedirect: async (from, to) => {
      if (from.hostname === to.hostname) return;
      const inner = await innerAddress(to, resolve);
      if (inner === undefined || (await innerAddress(from, resolve)) !== undefined) return;
      throw new UserError(
        'redirect-inward',
        `${from.host} redirects to ${to.host.slice(0, 200)} (${inner}), which is not of the public internet, and is not followed there. If that server is your own, let the index's address in the project name it directly, and lock again.`,
      );
    },
  };
}
