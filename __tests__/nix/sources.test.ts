import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Loopback, onLoopback } from '../support/files/loopback.ts';
import { secondBuilds } from '../support/nix/check.ts';
import { makeRepository, serveRepositories } from '../support/nix/git-source.ts';
import { built, expectCode, nixBuild } from '../support/nix/nix.ts';
import { derivation, lock, pin, scratch, writeFiles } from '../support/nix/project.ts';
import { runText } from '../support/nix/run.ts';
import { sdistBytes, wheelBytes } from '../support/nix/wheel.ts';

// Every kind of source that uv.lock knows, in one project: each is installed, from the output
// alone.
const minutes = 60_000;
let dir: string;
let remove: () => Promise<void>;
let git: { url: string; close(): Promise<void> };
let files: Loopback;
let out: string;

const member = (name: string): string => `[project]
name = "${name}"
version = "1.0"

[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
`;

/** A file server that has one wheel, as a direct address in a lock. */
async function serveWheel(name: string, bytes: Buffer): Promise<string> {
  const server = createServer((request, response) => {
    if (request.url === `/${name}`) response.end(bytes);
    else response.writeHead(404).end();
  });
  files = await onLoopback(server);
  return `${files.origin}/${name}`;
}

beforeAll(async () => {
  ({ dir, remove } = await scratch('sources'));
  const tree = path.join(dir, 'tree');
  await writeFiles(tree, {
    // A checkout that honours this writes CRLF into __init__.py; the tree's own bytes have none.
    gitattributes: '*.py text eol=crlf\n',
    'python/pyproject.toml': member('from-git'),
    'python/src/from_git/__init__.py': 'where = "git"\n',
  });
  const below = path.join(dir, 'below');
  await writeFiles(below, { '__init__.py': 'where = "submodule"\n' });
  await makeRepository(below, path.join(dir, 'git'), 'below');
  git = await serveRepositories(path.join(dir, 'git'));
  await makeRepository(tree, path.join(dir, 'git'), 'repository', {
    'python/src/from_git/below': `${git.url}/below`,
  });
  const address = await serveWheel('from_url-1.0-py3-none-any.whl', wheelBytes('from_url', 'url'));
  await mkdir(path.join(dir, 'project/wheels'), { recursive: true });
  await mkdir(path.join(dir, 'project/index'), { recursive: true });
  await writeFile(
    path.join(dir, 'project/wheels/from_path-1.0-py3-none-any.whl'),
    wheelBytes('from_path', 'path'),
  );
  await writeFile(
    path.join(dir, 'project/index/from_index-1.0-py3-none-any.whl'),
    wheelBytes('from_index', 'index'),
  );
  await writeFile(
    path.join(dir, 'project/wheels/from_sdist-1.0.tar.gz'),
    await sdistBytes(dir, 'from_sdist', 'sdist'),
  );
  await writeFiles(dir, {
    'default.nix': derivation({ deps: 'extras = [ "more" ]; groups = [ "tools" ];' }),
    'project/pyproject.toml': `[project]
name = "sources"
version = "1.0"
requires-python = ">=3.14"
dependencies = ["charset-normalizer==3.4.4", "docopt==0.6.2", "from-git", "from-url", "from-path", "from-sdist", "from-index", "from-directory", "from-editable"]

[project.optional-dependencies]
more = ["six==1.17.0"]

[project.scripts]
normalizer = "sources:main"

[dependency-groups]
tools = ["iniconfig==2.1.0"]
unwanted = ["packaging==25.0"]

[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[tool.hatch.build.targets.wheel]
packages = ["sources"]

[tool.uv.sources]
from-git = { git = "${git.url}/repository", branch = "main", subdirectory = "python" }
from-url = { url = "${address}" }
from-path = { path = "wheels/from_path-1.0-py3-none-any.whl" }
from-sdist = { path = "wheels/from_sdist-1.0.tar.gz" }
from-directory = { path = "libraries/from-directory" }
from-editable = { path = "libraries/from-editable", editable = true }
from-index = { index = "local" }

[[tool.uv.index]]
name = "local"
url = "./index"
format = "flat"
explicit = true
`,
    'project/sources/__init__.py': 'def main():\n    print("the project\'s own")\n',
    'project/libraries/from-directory/pyproject.toml': member('from-directory'),
    'project/libraries/from-directory/from_directory.py': 'where = "directory"\n',
    'project/libraries/from-editable/pyproject.toml': member('from-editable'),
    'project/libraries/from-editable/src/from_editable/__init__.py': 'where = "editable"\n',
  });
  await lock(path.join(dir, 'project'));
  await pin(dir);
  [out = ''] = await built(['-A', 'env'], dir);
}, 5 * minutes);
afterAll(async () => {
  await git?.close();
  await files?.close();
  await remove();
});

const python = (code: string): Promise<string> => runText(`${out}/bin/python`, ['-I', '-c', code]);

describe("uv.lock's kinds of sources", () => {
  for (const kind of ['git', 'url', 'path', 'sdist', 'index', 'directory', 'editable']) {
    test(`${kind}: installed from the output alone`, async () => {
      const [where, file = ''] = (
        await python(`import from_${kind} as it; print(it.where, it.__file__)`)
      ).split(' ');
      expect(where).toBe(kind);
      expect(file.startsWith(`${out}/`)).toBe(true);
    });
  }

  test('git with its submodules', async () => {
    expect(await python('import from_git.below as it; print(it.where)')).toBe('submodule');
  });

  test('an sdist of the index that has no pyproject.toml', async () => {
    expect(await python('import docopt; print(docopt.__version__)')).toBe('0.6.2');
  });

  test('the extras and groups that were declared, and no others', async () => {
    const code = `
from importlib.metadata import distributions
print(*sorted(d.name.lower() for d in distributions() if d.name.lower() in ("six", "iniconfig", "packaging")))`;
    expect(await python(code)).toBe('iniconfig six');
  });

  test("a path that the project's own package and another one claim is the project's", async () => {
    // charset-normalizer brings a program of that name too.
    expect(await runText(`${out}/bin/normalizer`, [])).toBe("the project's own");
  });

  test("git trees are the commit's own bytes, whatever .gitattributes says", async () => {
    const file = await python('import from_git; print(from_git.__file__)');
    expect(await readFile(file, 'utf8')).toBe('where = "git"\n');
  });

  test(
    'every derivation is the same bit for bit',
    async () => {
      const all = [
        'it.uvDeps',
        'it.env.thirdParty',
        'it.env.builds."docopt-0.6.2"',
        'it.env.builds.from-editable',
        'it.env',
      ];
      expect(await secondBuilds(path.join(dir, 'default.nix'), all, dir)).toEqual([]);
    },
    3 * minutes,
  );
});

describe('a git revision that is gone', () => {
  test(
    'is one sentence that names it',
    async () => {
      const gone = 'deadbeef'.repeat(5);
      const expression = `
        let
          lock = builtins.fromJSON (builtins.readFile ./uv-fod.lock.json);
          pkgs = import <nixpkgs> { };
          fetchGitTree = import ${process.cwd()}/nix/fetch-git-tree.nix { inherit pkgs; tool = ${process.cwd()}/dist; };
        in fetchGitTree (lock.builds."from-git-1.0" // { commit = "${gone}"; hash = pkgs.lib.fakeHash; })`;
      const { code, stderr } = await nixBuild(['--expr', expression], dir);
      // 1 and not 100: Nix says so of fixed outputs whose builder fails.
      expectCode(1, { code, stderr });
      expect(stderr).toMatch(
        new RegExp(`uv-fod: Commit ${gone} of \\S+/repository can't be fetched: .+ lock again`),
      );
    },
    minutes,
  );
});

describe('a backend that asks for more while it builds', () => {
  const backend = `
def get_requires_for_build_wheel(config_settings=None):
    return ["six>=1"]

def build_wheel(folder, config_settings=None, metadata_directory=None):
    import six
    from hatchling.build import build_wheel
    return build_wheel(folder)
`;
  const pyproject = (more: string): string => `[project]
name = "asks"
version = "1.0"
requires-python = ">=3.14"

[build-system]
requires = ["hatchling"]
build-backend = "own"
backend-path = ["."]
${more}`;

  test(
    'is found out in the sandbox, and is one sentence with the remedy',
    async () => {
      const project = path.join(dir, 'asks');
      await writeFiles(project, {
        'default.nix': derivation(),
        'project/own.py': backend,
        'project/asks.py': '',
        'project/pyproject.toml': pyproject(''),
      });
      await lock(path.join(project, 'project'));
      await pin(project);
      const [requires = ''] = await built(['-A', 'env.builds.asks.requires'], project);
      expect(JSON.parse(await readFile(requires, 'utf8'))).toEqual(['six>=1']);
      // The lock command has asked as well, and pinned the answer.
      const file = path.join(project, 'uv-fod.lock.json');
      const pinned = await readFile(file, 'utf8');
      expect(JSON.parse(pinned).builds.asks.dynamicRequires).toEqual(['six>=1']);
      await built(['-A', 'env'], project);
      // A lock that lacks it is one sentence with the remedy.
      await writeFile(file, pinned.replace(/^ *"six-[^"]+",?\n/gm, '').replace(/,(\s*\])/g, '$1'));
      const { code, stderr } = await nixBuild(['-A', 'env'], project);
      expectCode(100, { code, stderr });
      const ours = stderr.split('\n').filter((line) => line.startsWith('uv-fod: '));
      expect(ours).toHaveLength(1);
      expect(ours[0]).toMatch(/asks 1\.0 asks for six>=1 while it is built.*uv-fod lock/);
    },
    3 * minutes,
  );
});
