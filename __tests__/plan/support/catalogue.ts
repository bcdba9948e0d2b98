import { both, type Distribution, wheel } from './index-server.ts';

/** Tags of wheels on every level that a target can be at, for one package after another. */
const NATIVE: Readonly<Record<string, readonly string[]>> = {
  'native-mixed': [
    'cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64',
    'cp312-abi3-manylinux_2_28_x86_64',
    'cp313-cp313-manylinux_2_28_x86_64',
    'cp313-cp313-manylinux_2_17_x86_64',
    'cp314-cp314-manylinux_2_39_aarch64',
    'cp38-abi3-manylinux_2_17_aarch64',
    'py3-none-any',
  ],
  'native-new-glibc': [
    'cp312-cp312-manylinux_2_40_x86_64',
    'cp38-abi3-manylinux_2_41_aarch64',
    'cp38-abi3-musllinux_1_2_x86_64',
  ],
  'native-old-names': [
    'cp38-abi3-manylinux1_x86_64',
    'cp38-abi3-manylinux2010_x86_64',
    'cp38-abi3-linux_x86_64',
    'cp38-abi3-manylinux2014_aarch64',
    'cp38-abi3-linux_aarch64',
    'cp38-abi3-musllinux_1_0_aarch64',
  ],
  'native-musl': [
    'cp312-cp312-musllinux_1_1_x86_64',
    'cp314-cp314-musllinux_1_2_x86_64',
    'cp312-abi3-musllinux_1_1_aarch64',
  ],
  'native-macos': [
    'cp313-cp313-macosx_11_0_arm64',
    'cp313-cp313-macosx_10_9_x86_64',
    'cp312-abi3-macosx_10_12_universal2',
    'cp312-abi3-macosx_14_0_arm64',
    'cp312-abi3-macosx_15_0_x86_64',
    'cp312-abi3-macosx_10_6_intel',
  ],
  'native-pure': [
    'py2.py3-none-any',
    'py3-none-any',
    'py313-none-any',
    'cp312-none-any',
    'py3-none-manylinux_2_17_x86_64',
    'cp314-none-manylinux_2_17_aarch64',
    'py310-none-musllinux_1_1_x86_64',
  ],
  'native-threads': [
    'cp313-cp313t-manylinux_2_17_x86_64',
    'cp314-cp314t-manylinux_2_17_x86_64',
    'cp315-abi3t-manylinux_2_17_x86_64',
    'pp311-pypy311_pp73-manylinux_2_17_x86_64',
  ],
  'native-windows': ['cp312-cp312-win_amd64', 'cp313-cp313-win_arm64'],
  'native-older-abi': [
    'cp32-abi3-manylinux_2_17_x86_64',
    'cp311-abi3-manylinux_2_5_x86_64',
    'cp310-cp310-manylinux_2_17_x86_64',
    'cp315-cp315-manylinux_2_17_x86_64',
  ],
};

/** One package for each marker of `MARKERS`. */
export const marked = (index: number): string => `marked-${String(index).padStart(2, '0')}`;

/** What PEP 508 allows and people write; all are true or false on some target that is tested. */
export const MARKERS: readonly string[] = [
  "python_version >= '3.13'",
  "python_version < '3.13'",
  "python_version == '3.12'",
  "python_version != '3.13'",
  "python_version > '3.12'",
  "python_version <= '3.12'",
  "python_version ~= '3.13'",
  "python_version == '3.12.*'",
  "python_version != '3.1*'",
  "python_version in '3.12 3.14'",
  "python_version not in '3.12, 3.14'",
  "python_full_version >= '3.12.4'",
  "python_full_version < '3.13.7'",
  "python_full_version == '3.13.*'",
  "python_full_version != '3.14.*'",
  "python_full_version ~= '3.13.0'",
  "python_full_version == '3.14.0'",
  "python_full_version >= '3.14.0rc1'",
  "python_full_version > '3.12.0'",
  "python_full_version in '3.12.0 3.13.0'",
  "'3.13' <= python_version",
  "'3.13' > python_version",
  "implementation_version >= '3.13'",
  "sys_platform == 'linux'",
  "sys_platform != 'linux'",
  "'linux' == sys_platform",
  "sys_platform in 'linux darwin'",
  "sys_platform not in 'win32 cygwin'",
  "'win' in sys_platform",
  "'win' not in sys_platform",
  "platform_machine == 'x86_64'",
  "platform_machine != 'x86_64'",
  "platform_machine in 'aarch64 arm64'",
  "'64' in platform_machine",
  "platform_system == 'Linux'",
  "platform_system == 'Darwin'",
  "platform_system != 'Windows'",
  "os_name == 'posix'",
  "os_name == 'nt'",
  "implementation_name == 'cpython'",
  "implementation_name != 'pypy'",
  "platform_python_implementation == 'CPython'",
  "platform_python_implementation != 'PyPy'",
  "platform_release == ''",
  "platform_version != ''",
  "sys_platform == 'linux' and python_version < '3.14'",
  "sys_platform == 'darwin' or python_version >= '3.14'",
  "(sys_platform == 'linux' or sys_platform == 'darwin') and platform_machine == 'x86_64'",
  "sys_platform == 'linux' or sys_platform == 'darwin' and platform_machine == 'x86_64'",
  "python_version >= '3.12' and (platform_machine == 'aarch64' or (python_version < '3.14' and os_name != 'nt'))",
  "extra == 'nothing'",
  "extra != 'nothing'",
  "sys_platform >= 'linux'",
  "sys_platform < 'z'",
];

/** The packages of the ring's own index. */
export function catalogue(): readonly Distribution[] {
  return [
    ...both('alpha', '1.0'),
    ...both('alpha', '2.0'),
    ...both('beta', '1.0', { requires: ['alpha'] }),
    ...both('delta', '1.0'),
    ...both('delta', '1.5'),
    ...both('delta', '2.0'),
    ...both('gamma', '1.0', {
      extras: ['fast', 'slow', 'all'],
      requires: [
        "delta<2; extra == 'fast'",
        "alpha; extra == 'slow'",
        "gamma[fast,slow]; extra == 'all'",
        'beta',
      ],
    }),
    ...both('ring-a', '1.0', { extras: ['x'], requires: ['ring-b', "ring-b[y]; extra == 'x'"] }),
    ...both('ring-b', '1.0', {
      extras: ['y'],
      requires: ['ring-a', "ring-a[x]; extra == 'y'", "delta; extra == 'y'"],
    }),
    ...both('epoch', '1!2.0+local.1'),
    { file: 'old-zip-1.0.zip', name: 'old-zip', version: '1.0' },
    {
      file: 'only_sdist-1.0.tar.gz',
      name: 'only-sdist',
      version: '1.0',
      requires: ["alpha; sys_platform == 'linux'"],
    },
    wheel('only-wheel', '1.0', 'cp312-abi3-manylinux_2_17_x86_64'),
    ...Object.entries(NATIVE).flatMap(([name, tags]) => [
      ...tags.map((tag) => wheel(name, '1.0', tag)),
      { file: `${name.replaceAll('-', '_')}-1.0.tar.gz`, name, version: '1.0' },
    ]),
    ...MARKERS.map((_, index) => wheel(marked(index), '1.0', 'py3-none-any')),
  ];
}

export const NATIVE_NAMES: readonly string[] = Object.keys(NATIVE);
