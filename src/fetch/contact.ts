import { UserError } from '../system/errors.ts';
import type { Run } from '../system/run.ts';
import type { HostPolicy } from './host-policy.ts';
import { startProxy } from './proxy.ts';
import type { Upstream } from './upstream.ts';

/** By both spellings of each name: programs differ in which they read first. */
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
 * Runs programs that contact hosts by themselves (uv, git, Nix's evaluation) so that they reach the network only through a proxy
 * of ours, which approves each address. Where nothing is judged they run as they are.
 *
 * @throws UserError what the proxy refused, in place of the program's words about it; the program's result does not count then
 */
export function makeContact(run: Run, policy: HostPolicy, upstream: Upstream): Run {
  return async (program, args, options = {}) => {
    if (!(await policy.judges())) return run(program, args, options);
    const proxy = await startProxy(policy.approve, upstream, `What ${program} asks for`);
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
