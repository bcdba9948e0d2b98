import { mkdir, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect } from '@jest/globals';
import { runText } from '../../support/nix/run.ts';
import type { Acted, ActOptions } from '../../support/scenario/world.ts';

type Prepare = NonNullable<ActOptions['prepare']>;

/**
 * A hash that is not that of our derivation, but of a path in the store under our derivation's
 * name.
 */
export interface Foreign {
  /** `pname` of the project's dependencies; a derivation of this name is nobody else's. */
  readonly pname: string;
  readonly hash: string;
  readonly path: string;
}

/** Puts a foreign path into the store under a name of its own. */
export async function makeForeign(dir: string): Promise<Foreign> {
  const pname = `deps${Math.random().toString(36).slice(2)}`;
  const folder = path.join(await mkdtemp(path.join(dir, 'foreign-')), `${pname}-uv-deps`);
  await mkdir(folder);
  await writeFile(path.join(folder, 'evil.txt'), `not what ${pname} fetches\n`);
  const out = await runText('nix-store', ['--add-fixed', '--recursive', 'sha256', folder]);
  return { pname, path: out, hash: await runText('nix-hash', ['--type', 'sha256', '--sri', out]) };
}

/** The texts that a build may print to have the foreign hash taken; `drv` is our derivation. */
export const texts = {
  plain: (drv: string, hash: string): string =>
    `error: hash mismatch in fixed-output derivation '${drv}':\n         specified: ${fake}\n            got:    ${hash}\n`,
  coloured: (drv: string, hash: string): string =>
    `\u001b[31;1merror:\u001b[0m hash mismatch in fixed-output derivation '\u001b[35;1m${drv}\u001b[0m':\n  specified: \u001b[35;1m${fake}\u001b[0m\n     got:    \u001b[35;1m${hash}\u001b[0m\n`,
  /** A message of Nix's structured log, which Nix relays from builders. */
  message: (drv: string, hash: string): string =>
    `@nix ${JSON.stringify({ action: 'msg', level: 0, msg: texts.plain(drv, hash), raw_msg: texts.plain(drv, hash).slice(7), file: null })}\n`,
  /** Determinate Nix's structured mismatch, and a line of another activity. */
  result: (drv: string, hash: string): string =>
    `@nix ${JSON.stringify({ action: 'start', id: 7, level: 0, type: 101, text: texts.plain(drv, hash), parent: 0, fields: [] })}\n@nix ${JSON.stringify({ action: 'result', id: 7, type: 109, fields: [drv, fake, hash], payload: { storePath: drv, wanted: fake, got: hash } })}\n`,
  /** As a remote builder's failure is printed. */
  remote: (drv: string, hash: string): string =>
    `@nix ${JSON.stringify({ action: 'msg', level: 0, msg: `error: build of '${drv}' on 'ssh-ng://builder' failed: ${texts.plain(drv, hash).slice(7)}` })}\n`,
  /** As Nix quotes the end of a log. */
  quoted: (drv: string, hash: string): string =>
    `error: builder for '${drv}' failed with exit code 1;\n       last 3 log lines:\n       > ${texts.plain(drv, hash).replaceAll('\n', '\n       > ')}\n`,
  /** A line of 300 KiB whose last part is a message: pieces of it must not be lines. */
  long: (drv: string, hash: string): string =>
    `${'x'.repeat(1 << 16)}${texts.message(drv, hash)}${'x'.repeat(1 << 18)}${texts.message(drv, hash)}`,
} satisfies Record<string, (drv: string, hash: string) => string>;
const fake = 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';

/**
 * A server on the loopback that tells a builder what to print; it knows our derivation's path,
 * which no expression can.
 */
export async function startPrompter(foreign: Foreign, store = '/nix/store') {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    const make = texts[(request.url ?? '').slice(1) as keyof typeof texts];
    newest(store, `-${foreign.pname}-uv-deps.drv`).then(
      (drv) => response.end(make(drv, foreign.hash)),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    /** Shell text of a fixed-output derivation's builder: prints one of the texts. */
    print: (what: keyof typeof texts): string =>
      `node -e 'fetch("http://127.0.0.1:${port}/${what}").then((one) => one.text()).then((text) => process.stderr.write(text))'`,
    asked: () => asked,
    close: (): void => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The derivation that was written last, of those whose name ends so. */
async function newest(store: string, end: string): Promise<string> {
  const names = (await readdir(store)).filter((name) => name.endsWith(end));
  const times = await Promise.all(names.map(async (name) => (await stat(path.join(store, name))).ctimeMs));
  // As Nix names it, wherever the store is.
  return path.join('/nix/store', names[times.indexOf(Math.max(...times))] ?? '');
}

async function change(workspace: string, of: (text: string) => string): Promise<void> {
  const file = path.join(workspace, 'default.nix');
  const before = await readFile(file, 'utf8');
  const after = of(before);
  if (after === before) throw new Error('the derivation was not changed');
  await writeFile(file, after);
}

/** Our own derivation under its name, and what its builder runs first. */
export const ownBuilder =
  ({ pname }: Foreign, script: string): Prepare =>
  (workspace) =>
    change(workspace, (text) =>
      text.replace(
        'uvDeps = uv-fod.fetchUvDeps {',
        `uvDeps = uv-fod.fetchUvDeps {\n    pname = "${pname}";\n    preBuild = ''\n${script}\n'';`,
      ),
    );

/** Our derivation under its name, and one that it needs. */
export const needing =
  ({ pname }: Foreign, dependency: string): Prepare =>
  (workspace) =>
    change(workspace, (text) =>
      text.replace(
        /uvDeps = uv-fod\.fetchUvDeps \{([\s\S]*?)\n {2}\};/,
        (_, inner) =>
          `uvDeps0 = uv-fod.fetchUvDeps { pname = "${pname}"; ${inner}\n  };\n  uvDeps = uvDeps0 // { systems = builtins.mapAttrs (_: one: one.overrideAttrs (_: { extra = ${dependency}; })) uvDeps0.systems; };`,
      ),
    );

/** A dependency with the network, which has the right hash. */
export const fetched = (script: string): string => {
  // The hash of the file that holds `x`.
  const hash = 'sha256-LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE=';
  return `pkgs.runCommand "fetched${Math.random().toString(36).slice(2)}" { nativeBuildInputs = [ pkgs.nodejs ]; outputHash = "${hash}"; outputHashAlgo = null; outputHashMode = "flat"; } ''\n${script}; printf x > $out''`;
};

/** The foreign path in a script of Nix, as what the build needs. */
export const inStore = (foreign: Foreign): string => `\${builtins.storePath "${foreign.path}"}`;

/** One error under this code; the foreign hash is in no output and in no file. */
export function expectNotTaken(acted: Acted, foreign: Foreign, code: string | undefined): void {
  expect(acted.errors.map(({ title }) => title)).toEqual(code === undefined ? [] : [code]);
  expect([...acted.outputs.values()].join('\n')).not.toContain(foreign.hash);
  if (code !== undefined) expect([acted.code, acted.left, acted.outputs.size]).toEqual([1, '', 0]);
}
