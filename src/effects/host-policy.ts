import { isIP } from 'node:net';
import { AbortError } from 'p-retry';
import type { Network } from '../artifacts/network.ts';
import { isAllowedHost } from '../config/hosts.ts';
import type { CheckHost } from '../ports/check-host.ts';
import { UserError } from '../ports/errors.ts';
import { once } from '../ports/once.ts';
import { innerAddress, isPublicAddress, type Resolve, resolveBySystem } from './addresses.ts';
import type { Admit } from './look-up.ts';

/** Where may be fetched from. Both come from the base branch: what a stranger proposes does not widen it. */
export interface HostRules {
  /** `allowed-hosts` of the configuration; undefined: not limited to a list. */
  readonly allowedHosts: readonly string[] | undefined;
  /** Whether lock and sources are a stranger's. Without a list only public addresses are asked then. */
  readonly isStranger: boolean;
}

/** Judges addresses before they are asked, and again what a name stands for when a connection is made. */
export interface HostPolicy {
  readonly check: CheckHost;
  readonly admit: Admit;
  /**
   * Approves an address before contact and resolves its name once.
   * @returns the IP addresses that may be connected to, and no others: nothing is resolved again
   * @throws UserError `host-not-allowed`; NodeJS.ErrnoException if the name is unknown
   */
  readonly approve: (address: string, what: string) => Promise<readonly string[]>;
}

/** @param rules asked for when the first address is judged */
export function makeHostPolicy(
  rules: () => Promise<HostRules>,
  resolve: Resolve = resolveBySystem,
): HostPolicy {
  const get = once(rules);
  const check: CheckHost = async (address, what) => {
    const { allowedHosts, isStranger } = await get();
    if (allowedHosts === undefined && !isStranger) return;
    const url = URL.parse(address);
    if (url === null || !/^(https?|ssh):$/.test(url.protocol))
      throw refused(what, address, 'is no http, https or ssh address');
    if (allowedHosts !== undefined) {
      if (!isAllowedHost(address, allowedHosts))
        throw refused(what, url.host, "is not among the configuration's allowed-hosts");
      return;
    }
    if (url.username !== '' || url.password !== '')
      throw refused(what, url.host, 'comes with credentials in the address');
    const inner = await innerAddress(url, resolve);
    if (inner !== undefined) throw refused(what, url.host, notPublic(inner));
  };
  // Whoever owns a name may answer otherwise the second time it is asked (DNS rebinding).
  const admit: Admit = async (host, addresses) => {
    const { allowedHosts, isStranger } = await get();
    const inner = addresses.find((address) => !isPublicAddress(address));
    if (allowedHosts === undefined && isStranger && inner !== undefined)
      throw refused('A file', host, notPublic(inner));
  };
  return {
    check,
    admit,
    approve: async (address, what) => {
      await check(address, what);
      const host = new URL(address).hostname.replace(/^\[|\]$/g, '');
      const addresses = isIP(host) ? [host] : await resolve(host);
      await admit(host, addresses);
      return addresses;
    },
  };
}

const notPublic = (address: string): string => `is ${address}, which is not of the public internet`;

function refused(what: string, host: string, why: string): UserError {
  return new UserError(
    'host-not-allowed',
    `${what} is not fetched: '${host.slice(0, 200)}' ${why}. Nothing was changed. If it may be fetched from, list it as allowed-hosts in .github/uv-fod.toml of the base branch; what a pull request says there does not count.`,
  );
}

/** A network that judges each address before it asks there: a redirect's as well. */
export function guarded(network: Network, check: CheckHost): Network {
  return {
    ...network,
    get: async (url, headers, signal) => {
      try {
        await check(url.href, url.pathname.split('/').at(-1) || url.host);
        return await network.get(url, headers, signal);
      } catch (error) {
        // What was refused would be refused again: here, or where the connection was to be made.
        throw error instanceof UserError ? new AbortError(error) : error;
      }
    },
  };
}
