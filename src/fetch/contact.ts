import { UserError } from '../system/errors.ts';
import type { Run } from '../system/run.ts';
import type { HostPolicy } from './host-policy.ts';
import { startProxy } from './proxy.ts';
import type { Upstream } from './upstream.ts';

/** Sets variables in lower and upper case, because programs differ in which they read first. */
const through = (address: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'].flatMap((name) => {
      const value = name === 'no_proxy' ? '' : address;
      return [
        [name, value],
        [name.toUpperCase(), value],
      ];
    }),
  );

/**
 * Runs programs that contact hosts themselves (uv, git, Nix's evaluation) through our own proxy,
 * which approves each address. Without rules, the programs run without the proxy.
 *
 * @throws UserError the proxy's first refusal, in place of the program's result
 */
export function makeContact(run: Run, policy: HostPolicy, upstream: Upstream): Run {
  return async (program, args, options = {}) => {
    if (!(await policy.isActive())) return run(program, args, options);
    const proxy = await startProxy(policy.approve, upstream, `A request of ${program}`);
    try {
      const env = { ...options.env, ...through(proxy.address) };
      const result = await run(program, args, { ...options, env });
      const [first] = proxy.refused;
      if (first === undefined) return result;
      const { code, message } = first;
      throw new UserError(code, message, { log: result.stderr, cause: first });
    } finally {
      proxy.close();
    }
  };
}
