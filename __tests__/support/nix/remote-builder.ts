import { spawn } from 'node:child_process';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { runText } from './run.ts';

/**
 * Another machine as Nix sees it: an ssh server on the loopback, and a store of its own behind it.
 */
export interface RemoteBuilder {
  /** Address of its store. */
  readonly address: string;
  /** What makes Nix build there and nowhere else: `NIX_CONFIG` and ssh's options. */
  readonly env: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/**
 * Starts one.
 * @param dir for keys and configuration
 * @param store folder of its store
 * @param systems what it builds for, with commas
 */
export async function startRemoteBuilder(
  dir: string,
  store: string,
  systems: string,
): Promise<RemoteBuilder> {
  const [host, client] = [path.join(dir, 'host'), path.join(dir, 'client')];
  for (const key of [host, client]) await runText('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  await copyFile(`${client}.pub`, path.join(dir, 'authorized'));
  const port = await freePort();
  await writeFile(path.join(dir, 'sshd_config'), configuration(dir, port, systems));
  // Where sshd locks itself in before a login.
  await mkdir('/run/sshd', { recursive: true });
  const server = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', path.join(dir, 'sshd_config')], {
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
  await reachable(port);
  const address = `ssh-ng://root@127.0.0.1?remote-store=${store}`;
  return {
    address,
    env: {
      NIX_CONFIG: `max-jobs = 0\nbuilders = ${address} ${systems} ${client} 4 1 - - -`,
      NIX_SSHOPTS: `-p ${port} -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null`,
    },
    close: async () => {
      server.kill();
      await ended;
    },
  };
}

/** A fixed output takes certificates and proxies from the machine that builds it. */
const passed = ['NIX_SSL_CERT_FILE', 'SSL_CERT_FILE', 'http_proxy', 'https_proxy', 'no_proxy'];

const configuration = (dir: string, port: number, systems: string): string =>
  [
    ...[`Port ${port}`, 'ListenAddress 127.0.0.1', `HostKey ${dir}/host`],
    ...[`AuthorizedKeysFile ${dir}/authorized`, 'PidFile none', 'StrictModes no', 'UsePAM no'],
    ...['PasswordAuthentication no', 'PermitRootLogin yes'],
    `SetEnv PATH=/usr/bin:/usr/sbin "NIX_CONFIG=extra-platforms = ${systems.replaceAll(',', ' ')}" ${passed.flatMap((name) => (process.env[name] ? [`"${name}=${process.env[name]}"`] : [])).join(' ')}`,
    '',
  ].join('\n');

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Waits until somebody listens, for at most ten seconds. */
async function reachable(port: number): Promise<void> {
  for (let left = 100; left > 0; left -= 1) {
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nobody listens on port ${port}: sshd did not start`);
}
