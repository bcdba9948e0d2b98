import { type MadeProject, one, type Places } from './made-project.ts';
import { pyproject } from './projects.ts';

/** Makes uv take a folder for a package that is built. */
const BUILDABLE = '[build-system]\nrequires = []\nbuild-backend = "x"\nbackend-path = ["."]\n';

export function sources({ server, repository }: Places): readonly MadeProject[] {
  const git = `git+file://${repository}`;
  return [
    one('git', [
      `tree @ ${git}@v1`,
      `below @ ${git}@main#subdirectory=packages/below`,
      `deep @ ${git}#subdirectory=packages/deep`,
    ]),
    one(
      'git-by-marker',
      ['tree', 'alpha'],
      `[tool.uv.sources]\ntree = [{ git = "file://${repository}", tag = "v1", marker = "python_version < '3.13'" }, { git = "file://${repository}", branch = "main", marker = "python_version >= '3.13'" }]\n`,
    ),
    one(
      'several-indexes',
      ['shared', 'alpha', 'plain'],
      `[[tool.uv.index]]\nname = "one"\nurl = "${server}/one/simple"\nexplicit = true\n[[tool.uv.index]]\nname = "two"\nurl = "${server}/sha512-two/simple"\nexplicit = true\n[[tool.uv.index]]\nname = "three"\nurl = "${server}/bare-three/simple"\n[tool.uv.sources]\nshared = [{ index = "one", marker = "platform_machine == 'x86_64'" }, { index = "two", marker = "platform_machine != 'x86_64'" }]\n`,
    ),
    one('addresses', [
      `alpha @ ${server}/main/files/alpha-1.0-py3-none-any.whl`,
      `delta @ ${server}/main/files/delta-1.5.tar.gz`,
      `native-mixed @ ${server}/main/files/native_mixed-1.0-cp312-abi3-manylinux_2_28_x86_64.whl ; sys_platform == 'linux' and platform_machine == 'x86_64'`,
    ]),
    {
      name: 'paths',
      files: {
        'pyproject.toml': `${pyproject('root', ['alpha', 'delta', 'lib', 'tool', 'bare'])}[tool.uv.sources]\nalpha = { path = "files/alpha-1.0-py3-none-any.whl" }\ndelta = { path = "files/delta-1.5.tar.gz" }\nlib = { path = "lib" }\ntool = { path = "tools/tool", editable = true }\nbare = { path = "bare", package = false }\n`,
        'lib/pyproject.toml': pyproject(
          'lib',
          ['beta'],
          '[build-system]\nrequires = []\nbuild-backend = "x"\nbackend-path = ["."]\n',
        ),
        'tools/tool/pyproject.toml': pyproject('tool', ['gamma']),
        'bare/pyproject.toml': pyproject('bare', ['ring-a']),
      },
    },
    {
      name: 'folders-under-no-build',
      files: {
        'pyproject.toml': `${pyproject('root', ['alpha'], '[project.optional-dependencies]\nlib = ["lib"]\nmember = ["one"]\n')}[tool.uv]\nno-build = true\n[tool.uv.workspace]\nmembers = ["one"]\n[tool.uv.sources]\nlib = { path = "lib" }\none = { workspace = true }\n`,
        'lib/pyproject.toml': pyproject('lib', ['beta'], BUILDABLE),
        'one/pyproject.toml': pyproject('one', ['delta'], BUILDABLE),
      },
    },
    one(
      'flat-index',
      ['alpha', 'native-mixed'],
      '[[tool.uv.index]]\nname = "flat"\nurl = "files"\nformat = "flat"\n',
    ),
  ];
}

export function workspaces(): readonly MadeProject[] {
  const virtualRoot = {
    'pyproject.toml':
      '[dependency-groups]\ndev = ["delta==1.5"]\ntools = ["gamma[fast]; python_version >= \'3.13\'"]\n[tool.uv.workspace]\nmembers = ["packages/*"]\n',
    'packages/one/pyproject.toml': pyproject(
      'one',
      ['alpha', 'two'],
      '[dependency-groups]\ndev = ["ring-a"]\n[tool.uv.sources]\ntwo = { workspace = true }\n',
    ),
    'packages/two/pyproject.toml': pyproject(
      'two',
      ['native-mixed'],
      '[project.optional-dependencies]\nmore = ["beta"]\n',
    ),
  };
  const realRoot = {
    'pyproject.toml': `${pyproject('root', ['one[more]'])}[dependency-groups]\ndev = ["delta==1.5"]\ntools = ["beta"]\n[tool.uv]\npackage = false\n[tool.uv.workspace]\nmembers = ["packages/*"]\n[tool.uv.sources]\none = { workspace = true }\n`,
    'packages/one/pyproject.toml': pyproject(
      'one',
      ['alpha'],
      '[project.optional-dependencies]\nmore = ["ring-b[y]"]\n[dependency-groups]\ndev = ["native-pure"]\ntest = ["gamma"]\n[build-system]\nrequires = []\nbuild-backend = "x"\nbackend-path = ["."]\n[tool.uv]\ndefault-groups = ["test"]\n',
    ),
  };
  // A member without groups, so that the root's are there to be inherited: by name, not by default.
  const twoMembers = { ...realRoot, 'packages/two/pyproject.toml': pyproject('two', ['native-mixed']) };
  return [
    { name: 'root-without-project', files: virtualRoot },
    { name: 'root-without-project-from-member', files: virtualRoot, from: 'packages/one' },
    { name: 'workspace', files: realRoot },
    { name: 'workspace-of-two', files: twoMembers },
    { name: 'workspace-of-two-from-member', files: twoMembers, from: 'packages/two' },
    { name: 'workspace-from-member', files: realRoot, from: 'packages/one' },
    {
      name: 'group-python',
      files: {
        'pyproject.toml': pyproject(
          'root',
          ['alpha'],
          '[dependency-groups]\nnew = ["delta"]\n[tool.uv.dependency-groups]\nnew = { requires-python = ">=3.13" }\n',
        ),
      },
    },
    {
      name: 'exact-python',
      files: { 'pyproject.toml': pyproject('root', ['alpha']).replace('>=3.11', '>=3.11,!=3.12.4,!=3.13.*') },
    },
  ];
}
