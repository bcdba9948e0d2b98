import { MARKERS, marked, NATIVE_NAMES } from './catalogue.ts';
import { type MadeProject, one, toolUv } from './made-project.ts';
import { pyproject } from './projects.ts';

export function plain(): readonly MadeProject[] {
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
      `[dependency-groups]\na = ["delta"]\nb = ["beta"]\n${toolUv('default-groups = "all"')}`,
    ),
    one('legacy-dev', ['alpha'], toolUv('dev-dependencies = ["beta"]')),
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

export function forks(): readonly MadeProject[] {
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
      toolUv(`environments = ["sys_platform == 'linux' and python_version >= '3.13'"]`),
    ),
    one(
      'required-environments',
      ['native-mixed', 'native-macos'],
      toolUv(`required-environments = ["sys_platform == 'darwin' and platform_machine == 'arm64'"]`),
    ),
    one(
      'overrides-constraints-excludes',
      ['gamma[all]', 'ring-b[y]'],
      toolUv(
        'override-dependencies = ["delta==1.0; sys_platform == \'linux\'", "alpha<2"]\nconstraint-dependencies = ["beta<2"]\nexclude-dependencies = ["ring-a"]',
      ),
    ),
  ];
}

export function conflicts(): readonly MadeProject[] {
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

export function rules(): readonly MadeProject[] {
  const natives = ['native-mixed', 'native-pure', 'alpha'];
  return [
    one('no-binary', natives, toolUv('no-binary = true')),
    one('no-binary-package', natives, toolUv('no-binary-package = ["native-mixed", "alpha"]')),
    one('no-binary-but', natives, toolUv('no-binary = true\nno-build-package = ["native-pure"]')),
    one('no-binary-false-beats-list', natives, toolUv('no-binary = false\nno-binary-package = ["alpha"]')),
    one('no-build', [...natives, 'native-windows; python_version < "3.13"'], toolUv('no-build = true')),
    one(
      'no-build-package',
      ['native-mixed', 'native-windows'],
      toolUv('no-build-package = ["native-windows"]'),
    ),
    one(
      'no-build-but',
      ['native-mixed', 'native-windows'],
      toolUv('no-build = true\nno-binary-package = ["native-windows"]'),
    ),
    {
      name: 'uv-toml-hides-pyproject',
      files: {
        'pyproject.toml': pyproject('root', natives, toolUv('no-binary-package = ["alpha"]')),
        'uv.toml': 'no-binary-package = ["native-pure"]\n',
      },
    },
  ];
}
