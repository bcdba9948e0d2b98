import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { BaseTree } from '../../../../src/action/verify/base-tree.ts';
import { verifyCode } from '../../../../src/action/verify/code.ts';
import type { FixedOutput, PackageConfig } from '../../../../src/config/types.ts';
import { UserError } from '../../../../src/system/errors.ts';
import { fakeHash } from '../../../../src/system/sri.ts';

// Of the hash that only the build job could compute, whatever the base's code looks like: it
// changes where the base has it, and nothing else does.

type Files = Readonly<Record<string, string>>;
const hashOf = (fill: number): string => `sha256-${Buffer.alloc(32, fill).toString('base64')}`;
/** Marks the literal of the package's own derivation in these texts; not part of them. */
const OWN = '@';
const own = `${OWN}"${hashOf(1)}"`;
const systems = `{ x86_64-linux = ${own}; aarch64-linux = ${OWN}"${hashOf(2)}"; }`;
const output = (more: Partial<FixedOutput> = {}): FixedOutput => ({
  ...{ attribute: '.pythonDeps', file: undefined, pointer: undefined, ...more },
});

interface Shape {
  readonly files: Files;
  readonly dependencies?: FixedOutput;
}
const app = (deps: string): string =>
  `rec { pythonDeps = mk { ${deps} }; app = mk { pname = "app"; version = "1.0"; deps = pythonDeps; }; }`;

/** Where the hash may be, and how it is found there. */
const shapes: readonly Shape[] = [
  { files: { 'default.nix': app(`outputHash = ${own};`) } },
  { files: { 'default.nix': app(`outputHash = ${systems}.\${system};`) } },
  {
    files: { 'default.nix': app(`src = fetchurl { hash = "${hashOf(7)}"; }; outputHash = ${own};`) },
  },
  {
    files: {
      'default.nix': app('outputHash = (import ./pins.nix).python;'),
      'pins.nix': `{ python = ${own}; }`,
    },
    dependencies: output({ file: 'pins.nix' }),
  },
  {
    files: {
      'default.nix': app('outputHash = pins.python.hash;'),
      'pins.json': `{ "python": { "hash": ${own} }, "web": { "hash": "${hashOf(4)}" } }`,
    },
    dependencies: output({ file: 'pins.json', pointer: '/python/hash' }),
  },
  {
    files: {
      'default.nix': app('outputHash = pins.python.hash;'),
      'pins.toml': `[web]\nhash = "${hashOf(4)}"\n[python]\nhash = ${own}\n`,
    },
    dependencies: output({ file: 'pins.toml', pointer: '/python/hash' }),
  },
  {
    files: { 'default.nix': `let h = ${own}; in ${app('outputHash = h;')}` },
    dependencies: output({ file: 'default.nix' }),
  },
];

/** What else a base may have. */
const others: Files = {
  'web.nix': `{ web = npm { pname = "web"; version = "2.0"; npmDepsHash = "${hashOf(8)}"; }; }`,
  'worker.nix': `{ worker = mk { pname = "worker"; pythonDeps = mk { outputHash = "${hashOf(9)}"; }; }; }`,
  'pins.web.json': `{ "web": "${hashOf(10)}", "x86_64-linux": "${hashOf(11)}" }`,
};

const literal = /"(?:[^"\\]|\\.)*"/g;
const plain = (files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.replaceAll(OWN, '')]));

/** Verifies changed files as the publishing job does. */
async function accepted({ files, dependencies }: Shape, after: Files): Promise<boolean> {
  const before = plain(files);
  const tree: BaseTree = {
    root: '/r',
    read: async (file) => before[file.slice('/r/'.length)],
    hasFile: async (name) => name in before,
    foldersIn: async () => [],
    filesWith: async (texts) =>
      Object.keys(before).filter((name) => texts.some((one) => before[name]?.includes(one))),
  };
  const config = { name: 'app', attribute: 'app', versionFiles: [], also: [], hasSource: true };
  const one = {
    config: { ...config, dependencies: dependencies ? [dependencies] : [] } as unknown as PackageConfig,
    ...{ file: 'default.nix', folder: '/r', isTrusted: true },
  };
  const changed = Object.entries(after).flatMap(([path, text]) =>
    before[path] !== undefined && before[path] !== text ? [{ path, before: before[path], after: text }] : [],
  );
  try {
    await verifyCode(changed, [one], [], tree);
    return true;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.code).toMatch(/^result-(?:refused|elsewhere)$/);
    return false;
  }
}

/** Whether files have new hashes at the marked literals, and all else as it was. */
function isAllowed(files: Files, after: Files): boolean {
  return Object.entries(files).every(([name, text]) => {
    const isSet = text.split(OWN).length > 2;
    const pattern = text
      .split(/@"[^"]*"/)
      .map((one) => one.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('"(sha256-[\\w+/]{42}[AEIMQUYcgkosw048]=)"');
    const found = new RegExp(`^${pattern}$`).exec(after[name] ?? '');
    return found?.slice(1).every((one) => one !== fakeHash || isSet) ?? false;
  });
}

const shape = fc.constantFrom(...shapes);
const more = fc
  .subarray(Object.keys(others))
  .map((names): Files => Object.fromEntries(names.map((name) => [name, others[name] ?? ''])));
const change = fc.record({
  at: fc.nat(40),
  to: fc.oneof(
    fc.nat(255).map((fill) => `"${hashOf(fill)}"`),
    fc.constantFrom(`"${fakeHash}"`, '"md5-AAAA"', '"1.1"', '""', 'h', `"${hashOf(3)}" + "x"`, '"$\u007bx}"'),
    fc.string({ unit: fc.constantFrom(...'"$\\{};=#/*ab ') }),
  ),
  /** In place of a literal; otherwise anywhere. */
  isLiteral: fc.boolean(),
});

function changedFiles(
  files: Files,
  changes: readonly (typeof change extends fc.Arbitrary<infer T> ? T : never)[],
) {
  const after: Record<string, string> = { ...files };
  for (const { at, to, isLiteral } of changes) {
    const places = Object.entries(after).flatMap(([name, text]) =>
      [...text.matchAll(literal)].map(({ index, 0: { length } }) => ({ name, index, length })),
    );
    const place = places[at % places.length];
    if (!place) continue;
    const { name, index, length } = place;
    const text = after[name] ?? '';
    after[name] = isLiteral
      ? text.slice(0, index) + to + text.slice(index + length)
      : text.slice(0, (at * 13) % text.length) + to + text.slice((at * 13) % text.length);
  }
  return after;
}

describe('a hash that only the build job could compute', () => {
  test('no other change passes', async () => {
    const changes = fc.array(change, { minLength: 1, maxLength: 3 });
    let passed = 0;
    await fc.assert(
      fc.asyncProperty(shape, more, changes, async (one, rest, some) => {
        const files = { ...one.files, ...rest };
        const after = changedFiles(plain(files), some);
        if (!(await accepted({ ...one, files }, after))) return;
        passed++;
        expect({ after, isAllowed: isAllowed(files, after) }).toEqual({ after, isAllowed: true });
      }),
      { numRuns: 3000 },
    );
    expect(passed).toBeGreaterThan(20);
  });

  test.each(shapes.map((one, index) => [index, one] as const))(
    'shape %i: a new hash at its place passes, beside other packages’',
    async (_, one) => {
      const files = { ...one.files, ...(one.dependencies ? others : {}) };
      const after = Object.fromEntries(
        Object.entries(files).map(([name, text]) => [name, text.replaceAll(/@"[^"]*"/g, `"${hashOf(200)}"`)]),
      );
      expect(await accepted({ ...one, files }, after)).toBe(true);
    },
  );

  test('of several hashes that have no name of it, none passes; the only one does', async () => {
    const deps = `${app('outputHash = h;')}`;
    const only = { files: { 'default.nix': `let h = ${own}; in ${deps}` } };
    const both = { files: { 'default.nix': `let h = ${own}; web = "${hashOf(5)}"; in ${deps}` } };
    const changed = (files: Files, fill: number): Files => ({
      'default.nix': plain(files)['default.nix']?.replace(hashOf(fill), hashOf(200)) ?? '',
    });
    expect(await accepted(only, changed(only.files, 1))).toBe(true);
    expect(await accepted(both, changed(both.files, 1))).toBe(false);
    expect(await accepted(both, changed(both.files, 5))).toBe(false);
  });
});
