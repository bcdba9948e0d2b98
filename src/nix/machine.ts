import { readFileSync, readlinkSync } from 'node:fs';

/**
 * What Nix's sandbox depends on: boot, namespaces, and the user and capabilities of this process.
 * @returns undefined without /proc
 */
export function machineIdentity(environment: NodeJS.ProcessEnv): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8');
    const namespaces = ['mnt', 'user', 'pid'].map((name) => readlinkSync(`/proc/self/ns/${name}`));
    const rights = readFileSync('/proc/self/status', 'utf8').match(
      /^(Uid|CapEff|CapBnd|NoNewPrivs|Seccomp):.*$/gm,
    );
    const nix = Object.entries(environment).filter(([name]) => /^NIX_(?!SSL_CERT_FILE)/.test(name));
    return JSON.stringify([boot, namespaces, rights, nix.sort()]);
  } catch {
    return undefined;
  }
}
