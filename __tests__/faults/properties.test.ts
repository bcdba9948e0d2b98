import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { wheelsOf } from '../../src/fetch/wheels.ts';
import { stringAt } from '../../src/nix/code-literals.ts';
import { literalAt, nixString } from '../../src/nix/literal.ts';
import { replaced } from '../../src/nix/literal-candidates.ts';
import { narHash } from '../../src/nix/nar.ts';
import { code, text } from '../../src/pull-request/report/markdown.ts';
import { UserError } from '../../src/system/errors.ts';
import { harmless } from '../../src/system/printable.ts';
import { sriFromHex } from '../../src/system/sri.ts';
import { parseLock } from '../../src/uv/lock/parse.ts';
import { readSettings } from '../../src/uv/lock/settings.ts';
import { planProject } from '../../src/uv/plan/plan.ts';
import { parseTarget } from '../../src/uv/plan/target.ts';
import { anyCharacter } from '../support/any-character.ts';
import { run, runText } from '../support/nix/run.ts';
import { minutes } from './support/world.ts';

/** UV_FOD_RUNS multiplies: 10 makes 100,000 cases of the 10,000. */
const runs = (count: number): { numRuns: number } => ({
  numRuns: count * Number(process.env.UV_FOD_RUNS ?? 1),
});

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'properties-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

/** Whatever goes in: a value, or words for people; never a defect. */
function isTold(body: () => unknown): void {
  try {
    body();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.message.length).toBeLessThan(5000);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not reach a terminal
    expect(error.message).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  }
}

const anyText = fc.string({ unit: anyCharacter, maxLength: 60 });
const hash = `sha256:${'0'.repeat(64)}`;

describe('locks', () => {
  test('any bytes as a lock are read or told about', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) =>
        isTold(() => parseLock(Buffer.from(bytes).toString(), 'uv.lock')),
      ),
      runs(2000),
    );
  });

  /** TOML of any data, as a lock might have it. */
  const value = fc.oneof(
    anyText,
    fc.integer(),
    fc.boolean(),
    fc.array(anyText, { maxLength: 3 }),
    fc.dictionary(anyText, anyText, { maxKeys: 3 }),
  );
  const inline = (data: unknown): string => {
    if (Array.isArray(data)) return `[${data.map(inline).join(', ')}]`;
    if (typeof data === 'object' && data !== null)
      return `{ ${Object.entries(data)
        .map(([key, item]) => `${JSON.stringify(key)} = ${inline(item)}`)
        .join(', ')} }`;
    return typeof data === 'string' ? JSON.stringify(data).replaceAll('\u007f', '\\u007F') : String(data);
  };
  const keys = [
    'name',
    'version',
    'source',
    'dependencies',
    'wheels',
    'sdist',
    'metadata',
    'optional-dependencies',
    '__proto__',
    'constructor',
  ];
  const packages = fc.array(fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 8 }), { maxLength: 4 });

  test('any tables under the names that a lock has are read or told about', () => {
    fc.assert(
      fc.property(packages, (list) => {
        const body = list.map(
          (one) =>
            `[[package]]\n${Object.entries(one)
              .map(([key, item]) => `${key} = ${inline(item)}`)
              .join('\n')}`,
        );
        isTold(() =>
          parseLock(`version = 1\nrequires-python = ">=3.14"\n\n${body.join('\n\n')}\n`, 'uv.lock'),
        );
      }),
      runs(2000),
    );
  });

  const settings = readSettings({}, 'uv.toml');
  test('any lock that can be read is planned or told about', () => {
    const declared = {
      system: 'x86_64-linux',
      python: '3.14.8',
      libc: 'glibc:2.39',
      packages: [],
      allPackages: true,
      extras: [],
      groups: [],
      defaultGroups: false,
    };
    const target = parseTarget(declared);
    const name = fc.constantFrom('a', 'b', 'c', 'd');
    const marker = fc.constantFrom(
      '',
      "sys_platform == 'linux'",
      "extra == 'x'",
      "python_full_version < '3.0'",
    );
    const dependency = fc
      .tuple(name, marker)
      .map(([to, when]) => `{ name = "${to}"${when ? `, marker = "${when}"` : ''} }`);
    const file = fc.constantFrom(
      '1.0-py3-none-any',
      '1.0-cp314-cp314-linux_x86_64',
      '1.0-cp39-abi3-macosx_11_0_arm64',
      '1.0-1-py2-none-any',
    );
    const item = fc.record({
      name,
      dependencies: fc.array(dependency, { maxLength: 4 }),
      files: fc.array(file, { maxLength: 3 }),
      isVirtual: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.uniqueArray(item, { maxLength: 4, selector: (one) => one.name }), (list) => {
        const lock = `version = 1\nrequires-python = ">=3.14"\n\n${list.map((one) => `[[package]]\nname = "${one.name}"\nversion = "1.0"\nsource = ${one.isVirtual ? '{ virtual = "." }' : '{ registry = "https://index.example/simple" }'}\ndependencies = [${one.dependencies.join(', ')}]\nwheels = [${one.files.map((tag) => `{ url = "https://index.example/${one.name}-${tag}.whl", hash = "${hash}" }`).join(', ')}]`).join('\n\n')}\n`;
        isTold(() => {
          const parsed = parseLock(lock, 'uv.lock');
          const project = {
            lock: parsed,
            root: '/p',
            lockFile: '/p/uv.lock',
            settings,
            current: undefined,
            rootPyproject: undefined,
            pyprojects: new Map(),
          };
          const artifacts = planProject(
            project as unknown as Parameters<typeof planProject>[0],
            target,
            declared,
          );
          const names = artifacts.map((artifact) => artifact.name);
          expect(new Set(names).size).toBe(names.length);
        });
      }),
      runs(1000),
    );
  });
});

describe('names', () => {
  test('any file name is one file of the output, or refused', () => {
    fc.assert(
      fc.property(anyText, (filename) =>
        isTold(() => {
          const [wheel] = wheelsOf([{ name: 'x', version: '1', kind: 'wheel', filename }]);
          expect(path.dirname(path.resolve('/out/wheels', wheel?.filename ?? ''))).toBe('/out/wheels');
        }),
      ),
      runs(2000),
    );
  });
});

describe('patches and reports', () => {
  const next = `sha256-${'A'.repeat(42)}E=`;
  test('any text is patched in its one literal, or left alone', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        const head = `${before.replaceAll('\n', ' ')}\n`;
        const source = `${head}  hash = "";${after}`;
        isTold(() => {
          const place = literalAt(source, { file: '/x.nix', line: 2, column: 3 });
          if (!place) return;
          const made = replaced('/x.nix', source, [{ place, value: next }]);
          expect(Buffer.from(made).toString()).toBe(
            Buffer.from(`${head}  hash = "${next}";${after}`).toString(),
          );
        });
      }),
      runs(1000),
    );
  });

  test('any text comes back out of a Nix string as it went in', () => {
    fc.assert(
      fc.property(anyText, (words) => {
        const written = nixString(words);
        expect(stringAt(written, 0)).toEqual({ end: written.length, value: words });
      }),
      runs(1000),
    );
  });

  test('any text in a log is no command, and in a report no mention, link or tag', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          fc.constantFrom(
            '::error::x',
            '\r::add-path::/x',
            '@octocat',
            '<b>',
            '#1',
            '[a](https://x.example)',
          ),
        ),
        anyText,
        (a, b) => {
          const words = a + b;
          expect(harmless(words)).not.toMatch(/^\s*(::|##\[)/m);
          expect(text(words)).not.toMatch(/@\w|#\d|<\w|::/);
          expect(code(words)).not.toMatch(/\n/);
        },
      ),
      runs(1000),
    );
  });
});

describe('against Nix itself', () => {
  const name = fc
    .stringMatching(/^[A-Za-z0-9_. é\u{1f600}-]{1,12}$/u)
    .filter((one) => one !== '.' && one !== '..');
  const node = fc.oneof(
    fc.record({
      kind: fc.constant('file' as const),
      bytes: fc.uint8Array({ maxLength: 40 }),
      executable: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('link' as const),
      target: fc.constantFrom('x', '../..', '/etc/passwd', 'nowhere'),
    }),
  );
  const tree = fc.dictionary(
    name,
    fc.oneof(
      { weight: 3, arbitrary: node },
      { weight: 1, arbitrary: fc.dictionary(name, node, { maxKeys: 4 }) },
    ),
    { maxKeys: 6 },
  );
  type Node = { kind: 'file'; bytes: Uint8Array; executable: boolean } | { kind: 'link'; target: string };

  async function write(folder: string, entries: Readonly<Record<string, unknown>>): Promise<void> {
    await mkdir(folder, { recursive: true });
    for (const [entry, item] of Object.entries(entries)) {
      const at = path.join(folder, entry);
      const one = item as Node;
      if (one.kind === 'file') await writeFile(at, one.bytes, { mode: one.executable ? 0o755 : 0o644 });
      else if (one.kind === 'link') await symlink(one.target, at);
      else await write(at, item as Record<string, unknown>);
    }
  }

  test(
    'the NAR hash of any tree is the one that Nix prints',
    async () => {
      const trees = fc.sample(tree, 60);
      const folders = trees.map((_, index) => path.join(dir, `tree-${index}`));
      for (const [index, folder] of folders.entries()) await write(folder, trees[index] ?? {});
      const printed = await runText('nix', [
        '--extra-experimental-features',
        'nix-command',
        'hash',
        'path',
        ...folders,
      ]);
      expect(await Promise.all(folders.map(narHash))).toEqual(printed.split('\n'));
    },
    minutes,
  );

  test(
    'and so is the SRI form of any digest',
    async () => {
      const digests = fc
        .sample(fc.uint8Array({ minLength: 32, maxLength: 32 }), 20)
        .map((bytes) => Buffer.from(bytes).toString('hex'));
      const { code: ended, stdout } = await run('nix', [
        '--extra-experimental-features',
        'nix-command',
        'hash',
        'to-sri',
        '--type',
        'sha256',
        ...digests,
      ]);
      expect(ended).toBe(0);
      expect(digests.map((hex) => sriFromHex(hex))).toEqual(stdout.trim().split('\n'));
    },
    minutes,
  );
});
