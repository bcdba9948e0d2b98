import { MARKERS, marked, NATIVE_NAMES } from './catalogue.ts';
import { pyproject } from './projects.ts';

export interface MadeProject {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** Plan from this folder below the project; the project itself where undefined. */
  readonly from?: string;
}

export interface Places {
  /** The loopback server's address. */
  readonly server: string;
  /** A git repository on disk with a package at its root and two in folders. */
  readonly repository: string;
}

const uv = (text: string): string => `[tool.uv]\n${text}\n`;
const one = (name: string, dependencies: readonly string[], more = ''): MadeProject => ({
  name,
  files: { 'pyproject.toml': pyproject('root', dependencies, more) },
});

/** Requirement sets that are nasty each in its own way; uv makes a lock of every one. */
export function madeProjects(places: Places): readonly MadeProject[] {
  return [...plain(), ...forks(), ...conflicts(), ...rules(), ...sources(places), ...workspaces()];
}

function plain(): readonly MadeProject[] {
  return [
    one(
      'every-marker',
      MARKERS.map((marker, index) => `${marked(index)}; ${marker}`),
    ),
    one('every-tag', NATIVE_NAMES),
    one('wheel-for-one-system', ['only-wheel']),
    one('sdists-only', ['only-sdist', 'old-zip']),
    one('epoch-and-local', ['epoch']),
    one('cyclic-extras', ['ring-a[x]']),
    one(
      'extras-of-extras',
      ['alpha'],
      `[project.optional-dependencies]
all = ["root[web,db]"]
web = ["gamma[fast]", "root[db]; python_version >= '3.13'"]
db = ["ring-b[y]; sys_platform == 'linux'"]
loop = ["root[pool]"]
pool = ["root[loop]", "delta"]
`,
    ),
    one(
      'groups',
      ['alpha'],
      `[dependency-groups]
dev = ["delta", { include-group = "lint" }]
lint = ["beta; python_version < '3.14'"]
docs = ["gamma[all]; platform_machine == 'aarch64'"]
empty = []
[tool.uv]
default-groups = ["dev", "docs"]
`,
    ),
    one(
      'default-groups-all',
      ['alpha'],
      `[dependency-groups]\na = ["delta"]\nb = ["beta"]\n${uv('default-groups = "all"')}`,
    ),
    one('legacy-dev', ['alpha'], uv('dev-dependencies = ["beta"]')),
    {
      name: 'dynamic-version',
      files: {
        'pyproject.toml':
          '[project]\nname = "root"\ndynamic = ["version"]\nrequires-python = ">=3.11"\ndependencies = ["alpha"]\n[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
        'backend.py':
          "from pathlib import Path\ndef prepare_metadata_for_build_wheel(directory, settings=None):\n    info = Path(directory) / 'root-3.0.dist-info'\n    info.mkdir()\n    (info / 'METADATA').write_text('Metadata-Version: 2.2\\nName: root\\nVersion: 3.0\\nRequires-Dist: alpha\\n')\n    (info / 'WHEEL').write_text('Wheel-Version: 1.0\\nTag: py3-none-any\\n')\n    return info.name\nprepare_metadata_for_build_editable = prepare_metadata_for_build_wheel\ndef build_wheel(*args):\n    raise NotImplementedError\n",
      },
    },
  ];
}

function forks(): readonly MadeProject[] {
  return [
    one('fork-by-platform-and-python', [
      "delta<1.2; sys_platform == 'darwin'",
      "delta>=1.2,<2; sys_platform == 'linux' and python_version < '3.13'",
      "delta>=2; sys_platform == 'linux' and python_version >= '3.13'",
      "alpha==1.0; platform_machine == 'x86_64'",
      "alpha==2.0; platform_machine != 'x86_64'",
      'gamma[all]; sys_platform == "darwin"',
      'gamma[slow]; python_version >= "3.14"',
    ]),
    one(
      'environments',
      ["delta<2; platform_machine == 'x86_64'", "delta>=2; platform_machine != 'x86_64'"],
      uv(`environments = ["sys_platform == 'linux' and python_version >= '3.13'"]`),
    ),
    one(
      'required-environments',
      ['native-mixed', 'native-macos'],
      uv(`required-environments = ["sys_platform == 'darwin' and platform_machine == 'arm64'"]`),
    ),
    one(
      'overrides-constraints-excludes',
      ['gamma[all]', 'ring-b[y]'],
      uv(
        'override-dependencies = ["delta==1.0; sys_platform == \'linux\'", "alpha<2"]\nconstraint-dependencies = ["beta<2"]\nexclude-dependencies = ["ring-a"]',
      ),
    ),
  ];
}

function conflicts(): readonly MadeProject[] {
  return [
    one(
      'conflicting-extras',
      ['beta'],
      `[project.optional-dependencies]
cpu = ["delta==1.0"]
gpu = ["delta==2.0", "native-mixed; sys_platform == 'linux'"]
both = ["gamma[slow]"]
[tool.uv]
conflicts = [[{ extra = "cpu" }, { extra = "gpu" }]]
`,
    ),
    one(
      'conflicting-group-and-extra',
      ['alpha'],
      `[project.optional-dependencies]
old = ["delta==1.0"]
[dependency-groups]
new = ["delta==2.0"]
dev = ["beta", "root[old]"]
[tool.uv]
conflicts = [[{ extra = "old" }, { group = "new" }]]
`,
    ),
    one(
      'three-way-conflict',
      ['alpha'],
      `[project.optional-dependencies]
a = ["delta==1.0"]
b = ["delta==1.5", "alpha==1.0"]
c = ["delta==2.0; python_version >= '3.13'"]
d = ["gamma[slow]"]
[tool.uv]
conflicts = [[{ extra = "a" }, { extra = "b" }, { extra = "c" }], [{ extra = "b" }, { extra = "d" }]]
`,
    ),
    {
      name: 'conflicts-between-members',
      files: {
        'pyproject.toml': `${pyproject('root', ['one'])}[tool.uv]\nconflicts = [[{ package = "one", extra = "x" }, { package = "two", extra = "x" }]]\n[tool.uv.workspace]\nmembers = ["one", "two"]\n[tool.uv.sources]\none = { workspace = true }\n`,
        'one/pyproject.toml': pyproject(
          'one',
          ['alpha'],
          '[project.optional-dependencies]\nx = ["delta==1.0"]\n',
        ),
        'two/pyproject.toml': pyproject(
          'two',
          ['beta'],
          '[project.optional-dependencies]\nx = ["delta==2.0"]\n',
        ),
      },
    },
    {
      name: 'extra-of-a-dependency-conflicts',
      files: {
        'pyproject.toml': `${pyproject('root', ['beta'], '[project.optional-dependencies]\nfast = ["lib[cuda]"]\nslow = ["lib[cpu]"]\n')}[tool.uv]\nconflicts = [[{ extra = "fast" }, { extra = "slow" }], [{ package = "lib", extra = "cpu" }, { package = "lib", extra = "cuda" }]]\n[tool.uv.workspace]\nmembers = ["lib"]\n[tool.uv.sources]\nlib = { workspace = true }\n`,
        'lib/pyproject.toml': pyproject(
          'lib',
          ['delta'],
          '[project.optional-dependencies]\ncpu = ["delta==1.0", "gamma[slow]"]\ncuda = ["delta==2.0", "gamma"]\n',
        ),
      },
    },
    {
      name: 'conflicting-members',
      files: {
        'pyproject.toml':
          '[tool.uv]\nconflicts = [[{ package = "one" }, { package = "two" }]]\n[tool.uv.workspace]\nmembers = ["one", "two"]\n',
        'one/pyproject.toml': pyproject('one', ['delta==1.0']),
        'two/pyproject.toml': pyproject('two', ['delta==2.0', 'beta']),
      },
    },
  ];
}

function rules(): readonly MadeProject[] {
  const natives = ['native-mixed', 'native-pure', 'alpha'];
  return [
    one('no-binary', natives, uv('no-binary = true')),
    one('no-binary-package', natives, uv('no-binary-package = ["native-mixed", "alpha"]')),
    one('no-binary-but', natives, uv('no-binary = true\nno-build-package = ["native-pure"]')),
    one('no-binary-false-beats-list', natives, uv('no-binary = false\nno-binary-package = ["alpha"]')),
    one('no-build', [...natives, 'native-windows; python_version < "3.13"'], uv('no-build = true')),
    one('no-build-package', ['native-mixed', 'native-windows'], uv('no-build-package = ["native-windows"]')),
    one(
      'no-build-but',
      ['native-mixed', 'native-windows'],
      uv('no-build = true\nno-binary-package = ["native-windows"]'),
    ),
    {
      name: 'uv-toml-hides-pyproject',
      files: {
        'pyproject.toml': pyproject('root', natives, uv('no-binary-package = ["alpha"]')),
        'uv.toml': 'no-binary-package = ["native-pure"]\n',
      },
    },
  ];
}

function sources({ server, repository }: Places): readonly MadeProject[] {
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
    one(
      'flat-index',
      ['alpha', 'native-mixed'],
      '[[tool.uv.index]]\nname = "flat"\nurl = "files"\nformat = "flat"\n',
    ),
  ];
}

function workspaces(): readonly MadeProject[] {
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
  return [
    { name: 'root-without-project', files: virtualRoot },
    { name: 'root-without-project-from-member', files: virtualRoot, from: 'packages/one' },
    { name: 'workspace', files: realRoot },
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
      files: { 'pyproject.toml': pyproject('root', ['alpha']).replace('>=3.11', '>=3.11,!=3.12.4,<3.14') },
    },
  ];
}
