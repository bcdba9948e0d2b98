import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Loopback, onLoopback } from '../support/files/loopback.ts';
import { expectCode, nixBuild } from '../support/nix/nix.ts';
import { scratch } from '../support/nix/project.ts';
import { runText } from '../support/nix/run.ts';

// The canary: where Nix builds without its sandbox, every other test of this ring would prove
// nothing.
let server: Loopback;
let dir: string;
let hostFolder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ dir, remove } = await scratch('canary'));
  hostFolder = await mkdtemp('/srv/canary-');
  await writeFile(path.join(hostFolder, 'secret'), 'of the host');
  server = await onLoopback(createServer((_, response) => response.end('reached')));
});
afterAll(async () => {
  await server?.close();
  await rm(hostFolder, { recursive: true, force: true });
  await remove();
});

/** A derivation that says what it sees, made new for each run so that Nix has to build it. */
const looker = (fixed: string): string => `
  derivation {
    name = "canary-${Date.now()}";
    system = builtins.currentSystem;
    builder = "/bin/bash";
    PATH = "/usr/bin";
    args = [ "-c" ''
      [ -e /srv ] && echo "sees /srv" >>seen
      [ -e ${hostFolder}/secret ] && echo "sees the host's file" >>seen
      [ -e ${dir} ] && echo "sees the host's /tmp" >>seen
      curl --silent --max-time 5 ${server.origin}/ | grep -q reached && echo "reaches loopback" >>seen
      if [ -e seen ]; then cat seen; else echo nothing; fi >$out
      cat $out
      # Not cat last: bash would become it, and Nix kills a builder that closes its output before it ends.
      exit 0
    '' ];
    ${fixed}
  }`;

describe("Nix's sandbox", () => {
  test('an ordinary derivation sees no file of the host and no server on loopback', async () => {
    const { code, stdout, stderr } = await nixBuild(['--expr', looker('')], dir);
    expectCode(0, { code, stderr });
    expect(stderr).toContain('\nnothing\n');
    expect(stdout).toMatch(/^\/nix\/store\//);
  });

  test('a fixed output reaches loopback, and still sees no file of the host', async () => {
    // The hash of the one right answer.
    const hash = `outputHash = builtins.hashString "sha256" "reaches loopback\\n"; outputHashAlgo = "sha256";`;
    const { code, stderr } = await nixBuild(['--expr', looker(hash)], dir);
    expectCode(0, { code, stderr });
  });

  test('is on, and nothing is built where it cannot be made', async () => {
    expect(await runText('nix', ['config', 'show', 'sandbox'])).toBe('true');
    expect(await runText('nix', ['config', 'show', 'sandbox-fallback'])).toBe('false');
  });
});
