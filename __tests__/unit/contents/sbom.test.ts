import { Version } from '@cyclonedx/cyclonedx-library/Spec';
import { JsonStrictValidator } from '@cyclonedx/cyclonedx-library/Validation';
import { describe, expect, test } from '@jest/globals';
import type { BuildLock } from '../../../src/build-lock/schema.ts';
import { sbomText } from '../../../src/contents/sbom.ts';
import { loadProject } from '../../../src/uv/lock/project.ts';

const hex = (digit: string): string => digit.repeat(64);
const target = {
  ...{ system: 'x86_64-linux', python: '3.14.8', libc: 'glibc:2.39', packages: [], extras: ['fast'] },
  ...{ groups: [], allPackages: false, defaultGroups: false },
};

const wheel = (name: string, digit: string): string =>
  `wheels = [{ url = "https://user:secret@files.example/${name}-1.0-py3-none-any.whl", hash = "sha256:${hex(digit)}", size = 1 }]`;
const lock = `version = 1
requires-python = ">=3.14"

[[package]]
name = "app"
version = "2.0"
source = { editable = "." }
dependencies = [{ name = "a" }, { name = "b", marker = "sys_platform == 'win32'" }, { name = "built" }, { name = "tree" }, { name = "forked" }]

[package.optional-dependencies]
fast = [{ name = "c" }]
slow = [{ name = "d" }]

[[package]]
name = "a"
version = "1.0"
source = { registry = "https://index.example/simple" }
dependencies = [{ name = "c" }]
${wheel('a', '1')}

[[package]]
name = "b"
version = "1.0"
source = { registry = "https://index.example/simple" }
${wheel('b', '2')}

[[package]]
name = "built"
version = "1.0"
source = { registry = "https://index.example/simple" }
sdist = { url = "https://files.example/built-1.0.tar.gz", hash = "sha512:${'3'.repeat(128)}", size = 1 }

[[package]]
name = "c"
version = "1.0"
source = { registry = "https://index.example/simple" }
${wheel('c', '4')}

[[package]]
name = "d"
version = "1.0"
source = { registry = "https://index.example/simple" }
${wheel('d', '5')}

[[package]]
name = "forked"
version = "1.0"
source = { git = "https://forge.example/o/forked.git?tag=v1#${'a'.repeat(40)}" }

[[package]]
name = "tree"
version = "0.1"
source = { editable = "packages/tree" }
`;
const files: Readonly<Record<string, string>> = {
  '/p/uv.lock': lock,
  '/p/pyproject.toml': '[project]\nname = "app"\nversion = "2.0"\nrequires-python = ">=3.14"\n',
};
const sri = `sha256-${Buffer.from(hex('6'), 'hex').toString('base64')}`;
const environment = { wheels: ['setuptools-80.0-py3-none-any.whl'], builds: [] };
const { system, ...buildTarget } = target;
const buildLock: BuildLock = {
  ...{ version: 1, target: buildTarget, builds: {} },
  systems: {
    [system]: {
      plan: '',
      hash: '',
      builds: [],
      environments: { 'built-1.0': environment, tree: environment },
    },
  },
  wheels: { 'setuptools-80.0-py3-none-any.whl': { url: 'https://files.example/setuptools.whl', hash: sri } },
};

const text = async (): Promise<string> =>
  sbomText(await loadProject('/p', async (file) => files[file]), target, buildLock, '0.0.0');

interface Bom {
  readonly serialNumber: string;
  readonly metadata: { readonly timestamp?: string; readonly component: { readonly name: string } };
  readonly components: readonly {
    readonly name: string;
    readonly scope: string;
    readonly purl?: string;
    readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
    readonly externalReferences?: readonly { readonly url: string; readonly type: string }[];
    readonly properties: readonly { readonly name: string; readonly value: string }[];
  }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

describe('an SBOM', () => {
  test('is valid, and the same bytes each time, without a time', async () => {
    const [one, two] = [await text(), await text()];
    expect(one).toBe(two);
    expect(await new JsonStrictValidator(Version.v1dot6).validate(one)).toBeNull();
    const bom = JSON.parse(one) as Bom;
    expect(bom.metadata.timestamp).toBeUndefined();
    expect(bom.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-/);
  });

  test('has what is installed, what builds it, and its graph, for the target', async () => {
    const one = await text();
    const bom = JSON.parse(one) as Bom;
    expect(one).not.toContain('secret');
    const of = (name: string) => bom.components.find((item) => item.name === name);
    expect(bom.components.map(({ name }) => name).sort()).toEqual([
      ...['a', 'app', 'built', 'c', 'forked', 'setuptools', 'tree'],
    ]);
    expect(of('a')).toMatchObject({
      ...{ scope: 'required', purl: 'pkg:pypi/a@1.0?file_name=a-1.0-py3-none-any.whl' },
      hashes: [{ alg: 'SHA-256', content: hex('1') }],
      externalReferences: [{ url: 'https://files.example/a-1.0-py3-none-any.whl', type: 'distribution' }],
    });
    expect(of('built')).toMatchObject({
      hashes: [{ alg: 'SHA-512' }],
      externalReferences: [{ type: 'source-distribution' }],
    });
    expect(of('forked')?.purl).toContain(
      `vcs_url=git%2Bhttps%3A%2F%2Fforge.example%2Fo%2Fforked.git%40${'a'.repeat(40)}`,
    );
    expect(of('tree')?.purl).toBeUndefined();
    expect(of('tree')?.properties).toContainEqual({ name: 'uv-fod:in-tree', value: 'packages/tree' });
    expect(of('setuptools')).toMatchObject({ scope: 'excluded', hashes: [{ content: hex('6') }] });
    expect(
      of('setuptools')
        ?.properties.filter(({ name }) => name === 'uv-fod:builds')
        .map(({ value }) => value),
    ).toEqual([...['built-1.0', 'tree']]);
    const needs = (ref: string) => bom.dependencies.find((item) => item.ref === ref)?.dependsOn;
    expect(needs('root')).toEqual(['app@2.0']);
    expect(needs('app@2.0')).toEqual(['a@1.0', 'built@1.0', 'c@1.0', 'forked@1.0', 'tree@0.1']);
    expect(needs('a@1.0')).toEqual(['c@1.0']);
  });
});
