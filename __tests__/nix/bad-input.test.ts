import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectCode, nixBuild } from '../support/nix/nix.ts';
import { derivation, scratch, writeFiles } from '../support/nix/project.ts';

// What a fixed output says about a lock that it can't serve: one sentence each, with the remedy.
// Nothing is downloaded.
let dir: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ dir, remove } = await scratch('bad-input'));
});
afterAll(() => remove());

const hash = `sha256:${'0'.repeat(64)}`;
const project = (more = ''): string => `[project]
name = "bad"
version = "1.0"
requires-python = ">=3.14"
dependencies = ["thing==1.0"]

[tool.uv]
package = false
${more}`;

const lock = (artifacts: string, head = 'version = 1\nrevision = 3'): string => `${head}
requires-python = ">=3.14"

[[package]]
name = "bad"
version = "1.0"
source = { virtual = "." }
dependencies = [{ name = "thing" }]

[[package]]
name = "thing"
version = "1.0"
source = { registry = "https://index.example/simple" }
${artifacts}
`;

const wheel = (tags: string): string =>
  `wheels = [{ url = "https://index.example/thing-1.0-${tags}.whl", hash = "${hash}", size = 1 }]`;

/** Builds the fixed output of a project that it can't be made for. */
async function refusal(files: Record<string, string>, deps = ''): Promise<string> {
  await writeFiles(dir, { 'default.nix': derivation({ deps }), ...files });
  const { code, stderr } = await nixBuild(['-A', 'uvDeps'], dir);
  expectCode(1, { code, stderr });
  const ours = stderr.split('\n').filter((line) => line.startsWith('uv-fod: '));
  expect(ours).toHaveLength(1);
  expect(ours[0]).not.toContain('defect of uv-fod');
  return ours[0] ?? '';
}

describe('a fixed output refuses', () => {
  test('a lock of version 2', async () => {
    const message = await refusal({
      'project/pyproject.toml': project(),
      'project/uv.lock': lock(wheel('py3-none-any'), 'version = 2'),
    });
    expect(message).toMatch(/uv\.lock.*version 2/);
  });

  test('a lock that is not TOML', async () => {
    const message = await refusal({
      'project/pyproject.toml': project(),
      'project/uv.lock': 'version = = 1\n',
    });
    expect(message).toMatch(/uv\.lock.*TOML/);
  });

  test('a package without an artifact for the target: names it and the tags that there are', async () => {
    const message = await refusal({
      'project/pyproject.toml': project(),
      'project/uv.lock': lock(wheel('cp314-cp314-win_amd64')),
    });
    expect(message).toContain('thing 1.0');
    expect(message).toContain('cp314-cp314-win_amd64');
  });

  test('a wheel that is newer than the declared libc', async () => {
    const message = await refusal({
      'project/pyproject.toml': project(),
      'project/uv.lock': lock(wheel('cp314-cp314-manylinux_2_40_x86_64')),
    });
    expect(message).toContain('manylinux_2_40');
  });

  test('an sdist of a kind that uv refuses', async () => {
    const address = 'https://index.example/thing-1.0.tar.bz2';
    const message = await refusal({
      'project/pyproject.toml': project(`\n[tool.uv.sources]\nthing = { url = "${address}" }\n`),
      'project/uv.lock': lock(`sdist = { hash = "${hash}" }`).replace(
        'source = { registry = "https://index.example/simple" }',
        `source = { url = "${address}" }`,
      ),
    });
    expect(message).toContain('thing');
    expect(message).toContain("does not build from 'thing-1.0.tar.bz2'");
  });

  test('an extra that there is not', async () => {
    const message = await refusal(
      { 'project/pyproject.toml': project(), 'project/uv.lock': lock(wheel('py3-none-any')) },
      'extras = [ "nowhere" ];',
    );
    expect(message).toContain('nowhere');
  });

  test('extras that conflict', async () => {
    const message = await refusal(
      {
        'project/pyproject.toml': project(
          '\n[project.optional-dependencies]\none = []\ntwo = []\n\n[[tool.uv.conflicts]]\n',
        ).replace('[[tool.uv.conflicts]]\n', ''),
        'project/uv.lock': lock(wheel('py3-none-any'))
          .replace(
            'requires-python = ">=3.14"\n',
            'requires-python = ">=3.14"\nconflicts = [[{ package = "bad", extra = "one" }, { package = "bad", extra = "two" }]]\n',
          )
          .replace(
            'dependencies = [{ name = "thing" }]',
            'dependencies = [{ name = "thing" }]\n\n[package.optional-dependencies]\none = [{ name = "thing" }]\ntwo = [{ name = "thing" }]\n\n[package.metadata]\nprovides-extras = ["one", "two"]',
          ),
      },
      'extras = [ "one" "two" ];',
    );
    expect(message).toMatch(/one.*two.*conflict|conflict.*one.*two/);
  });

  test('a source without a uv.lock', async () => {
    await writeFiles(dir, { 'empty/pyproject.toml': project() });
    await writeFiles(dir, { 'default.nix': derivation().replaceAll('./project', './empty') });
    const { code, stderr } = await nixBuild(['-A', 'uvDeps'], dir);
    expectCode(1, { code, stderr });
    expect(stderr).toMatch(/uv-fod: .*uv\.lock/);
  });
});
