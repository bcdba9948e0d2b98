// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Nix's interpolation
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeFiles } from '../nix/project.ts';
import { runText } from '../nix/run.ts';
import { git } from './repository.ts';
import { nixPath, uvFod } from './small.ts';
import { makeUpstream, type Upstream } from './upstream.ts';

/** Packages whose source is fetched by its tag, at 1.0.0, in a checkout each; 1.1.0 is released. */
export interface FetchedSources {
  readonly upstream: Upstream;
  /** Hash of a version's source. */
  hashOf(version: string): Promise<string>;
  /** @param files of the checkout, by path; `SOURCE` is the hash of 1.0.0's source in them */
  checkout(files: Readonly<Record<string, string>>, keys?: string): Promise<Checkout>;
  close(): Promise<void>;
}

export interface Checkout {
  readonly root: string;
  /** Commits all that there is. */
  commit(): Promise<unknown>;
  /** `uv-fod` by the built command. */
  run(...args: string[]): ReturnType<typeof uvFod>;
  /** `uv-fod update --find-releases`. */
  update(...args: string[]): ReturnType<typeof uvFod>;
  /** Lines that differ from the last commit, without their indentation and hashes. */
  changed(): Promise<string[]>;
  read(file: string): Promise<string>;
}

/** Arguments of both shapes. */
const dependencies = `target = { python = "3.14.8"; libc = "glibc:2.39"; };
    buildLock = ./uv-fod.lock.json;
    hash = { x86_64-linux = ""; aarch64-linux = ""; };`;

const fetched = (url: string, rev: string): string => `pkgs.fetchgit {
      url = "${url}";
      rev = "${rev}";
      hash = "SOURCE";
    }`;

const head = '{ pkgs ? import <nixpkgs> { }, uv-fod ? import <uv-fod> { inherit pkgs; } }:';

/** As examples/authentik. */
export const authentikShape = (url: string): string => `${head}
let
  version = "1.0.0";
in
{
  small = uv-fod.authentik-django {
    inherit version;
    pname = "small";
    src = ${fetched(url, 'version/${version}')};
    ${dependencies}
  };
}
`;

/** As docs/nix.md, with the source inside. */
export const envShape = (url: string, more = '', rev = 'version/${version}'): string => `${head}
{
  small = uv-fod.buildUvEnv rec {
    pname = "small";
    version = "1.0.0";
    src = ${fetched(url, rev)};
    uvDeps = uv-fod.fetchUvDeps {
      inherit src;
      ${dependencies}
    };
    buildLock = ./uv-fod.lock.json;
    pythonImportsCheck = [ "six" ];
    ${more}
  };
}
`;

/** @param six version that the lock of 1.1.0 has; that of 1.0.0 has 1.16.0 */
export async function makeFetchedSources(six = '1.17.0'): Promise<FetchedSources> {
  const dir = await mkdtemp(path.join(tmpdir(), 'fetched-'));
  const upstream = await makeUpstream(dir);
  await upstream.release('1.0.0', '1.16.0');
  await upstream.release('1.1.0', six);
  let count = 0;
  const hashOf = async (version: string): Promise<string> => {
    const copy = path.join(dir, `source-${++count}`);
    await runText('git', ['clone', '--quiet', '--branch', `version/${version}`, upstream.url, copy]);
    await rm(path.join(copy, '.git'), { recursive: true });
    return runText('nix', ['--extra-experimental-features', 'nix-command', 'hash', 'path', copy]);
  };
  const first = await hashOf('1.0.0');
  const checkout = async (files: Readonly<Record<string, string>>, keys = ''): Promise<Checkout> => {
    const root = path.join(dir, `checkout-${++count}`);
    await mkdir(root);
    const config = `[[package]]
attribute = "small"
${keys}
[package.releases]
git = "${upstream.url}"
tag = "version/{version}"
`;
    const all = { ...files, '.github/uv-fod.toml': config };
    await writeFiles(root, all);
    for (const file of Object.keys(files))
      await writeFile(
        path.join(root, file),
        (await readFile(path.join(root, file), 'utf8')).replaceAll('SOURCE', first),
      );
    await git(root, 'init', '--quiet');
    const commit = async (): Promise<unknown> => {
      await git(root, 'add', '--all');
      return git(root, 'commit', '--quiet', '--message', 'A package');
    };
    await commit();
    const run = (...args: string[]) => uvFod(args, root, { NIX_PATH: nixPath });
    return {
      ...{ root, commit, run },
      update: (...args) => run('update', '--find-releases', ...args),
      changed: async () => {
        const diff = await git(root, 'diff', '--unified=0', '--', '*.nix');
        const lines = diff.split('\n').filter((line) => /^\+(?!\+)/.test(line));
        return lines.map((line) =>
          line
            .slice(1)
            .trim()
            .replace(/sha256-[^"]+/g, '…'),
        );
      },
      read: (file) => readFile(path.join(root, file), 'utf8'),
    };
  };
  return {
    ...{ upstream, hashOf, checkout },
    close: async () => {
      await upstream.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
