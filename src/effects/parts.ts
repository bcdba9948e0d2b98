import { readFile } from 'node:fs/promises';
import type { Log } from '../ports/log.ts';
import type { Parts } from '../update/update.ts';
import { readText } from './files.ts';
import { makeNetwork } from './network.ts';
import { childEnvironment, makeRun } from './run.ts';

/**
 * The collaborators of all stages, out of a process's environment.
 * @param scratch folder for temporary files, which the caller deletes
 */
export function makeParts(environment: NodeJS.ProcessEnv, log: Log, scratch: string): Parts {
  return {
    run: makeRun(childEnvironment(environment)),
    log,
    read: readText,
    scratch,
    now: () => performance.now(),
    network: () => networkFrom(environment),
  };
}

/** The network as the environment describes it: proxies, and certificates by the names that Nix and OpenSSL use. */
export async function networkFrom(environment: NodeJS.ProcessEnv) {
  const get = (name: string): string | undefined => environment[name] ?? environment[name.toUpperCase()];
  // nixpkgs points there where a fixed output's hash is known and nobody has to be trusted.
  const bundle = [environment.NIX_SSL_CERT_FILE, environment.SSL_CERT_FILE].find(
    (file) => file && !file.endsWith('/no-cert-file.crt'),
  );
  return makeNetwork({
    httpProxy: get('http_proxy') ?? get('all_proxy'),
    httpsProxy: get('https_proxy') ?? get('all_proxy'),
    noProxy: get('no_proxy'),
    certificates: bundle === undefined ? undefined : await readFile(bundle, 'utf8'),
  });
}
