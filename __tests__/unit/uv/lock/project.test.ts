import { describe, expect, test } from '@jest/globals';
import { loadProject, type ReadText } from '../../../../src/uv/lock/project.ts';
import { forbidsBuild, forbidsWheel } from '../../../../src/uv/lock/settings.ts';
import { HEADER, registryPackage, rootPackage } from './support.ts';

const LOCK = HEADER + rootPackage('{ name = "a" }') + registryPackage('a');
const WORKSPACE = `${HEADER}[manifest]\nmembers = ["root", "one"]\n${rootPackage('')}[[package]]\nname = "one"\nversion = "1"\nsource = { editable = "packages/one" }\n`;
const project = (name: string, more = ''): string => `[project]\nname = "${name}"\n${more}`;

const reader =
  (files: Readonly<Record<string, string>>): ReadText =>
  async (file) =>
    Object.hasOwn(files, file) ? files[file] : undefined;

describe('a project is found with all that bears on its plan', () => {
  test('the lock beside it', async () => {
    const found = await loadProject(
      '/p',
      reader({ '/p/uv.lock': LOCK, '/p/pyproject.toml': project('root') }),
    );
    expect(found).toMatchObject({ root: '/p', current: 'root', settings: { noBinary: { all: undefined } } });
  });

  test('the lock of the workspace above a member, with the member as the project', async () => {
    const files = {
      '/w/uv.lock': WORKSPACE,
      '/w/pyproject.toml': project('root'),
      '/w/packages/one/pyproject.toml': project('One'),
    };
    const found = await loadProject('/w/packages/one', reader(files));
    expect(found).toMatchObject({ root: '/w', current: 'one' });
    expect([...found.pyprojects.keys()]).toEqual(['root', 'one']);
  });

  test('a lock above that does not know the folder is another project’s', async () => {
    const files = { '/w/uv.lock': WORKSPACE, '/w/other/pyproject.toml': project('other') };
    await expect(loadProject('/w/other', reader(files))).rejects.toMatchObject({ code: 'lock-missing' });
  });

  test('a lock without any pyproject.toml', async () => {
    expect(await loadProject('/p', reader({ '/p/uv.lock': LOCK }))).toMatchObject({
      current: 'root',
      rootPyproject: undefined,
    });
  });

  test('a lock that is elsewhere makes a member a member of the same workspace', async () => {
    const files = {
      '/x/old.lock': WORKSPACE,
      '/w/pyproject.toml': project('root'),
      '/w/packages/one/pyproject.toml': project('one'),
    };
    const options = { lockFile: '/x/old.lock' };
    expect(await loadProject('/w/packages/one', reader(files), options)).toMatchObject({
      root: '/w',
      current: 'one',
    });
    expect(await loadProject('/w', reader(files), options)).toMatchObject({ root: '/w', current: 'root' });
  });

  test('a member outside of the workspace is not read', async () => {
    const files = {
      '/w/uv.lock': WORKSPACE.replace('packages/one', '../outside'),
      '/w/pyproject.toml': project('root'),
      '/outside/pyproject.toml': '= not TOML',
    };
    expect([...(await loadProject('/w', reader(files))).pyprojects.keys()]).toEqual(['root']);
  });

  test('a lock that is elsewhere', async () => {
    const read = reader({ '/x/old.lock': LOCK, '/p/pyproject.toml': project('root') });
    expect(await loadProject('/p', read, { lockFile: '/x/old.lock' })).toMatchObject({
      root: '/p',
      lockFile: '/x/old.lock',
    });
    await expect(loadProject('/p', read, { lockFile: '/x/gone.lock' })).rejects.toMatchObject({
      code: 'lock-missing',
    });
  });
});

describe('settings come from where uv takes them', () => {
  const settings = async (files: Readonly<Record<string, string>>) =>
    (await loadProject('/w/p', reader({ '/w/p/uv.lock': LOCK, ...files }))).settings;

  test('uv.toml hides [tool.uv] in the same folder', async () => {
    const found = await settings({
      '/w/p/uv.toml': 'no-build-package = ["A.B"]\n',
      '/w/p/pyproject.toml': project('root', '[tool.uv]\nno-binary = true\n'),
    });
    expect(found).toEqual({
      table: { 'no-build-package': ['A.B'] },
      noBinary: { all: undefined, names: new Set() },
      noBuild: { all: undefined, names: new Set(['a-b']) },
    });
  });

  test('a folder above counts where the root has none, and a broken one there is passed over', async () => {
    const files = {
      '/w/p/pyproject.toml': project('root'),
      '/w/pyproject.toml': '=',
      '/uv.toml': 'no-binary = true\n',
    };
    expect((await settings(files)).noBinary.all).toBe(true);
  });

  test('all, with the other rule’s packages excepted; false beats a list', async () => {
    const all = await settings({ '/w/p/uv.toml': 'no-binary = true\nno-build-package = ["a"]\n' });
    expect([
      forbidsWheel(all, 'a'),
      forbidsWheel(all, 'b'),
      forbidsBuild(all, 'a'),
      forbidsBuild(all, 'b'),
    ]).toEqual([false, true, true, false]);
    const none = await settings({ '/w/p/uv.toml': 'no-binary = false\nno-binary-package = ["a"]\n' });
    expect(forbidsWheel(none, 'a')).toBe(false);
  });

  test('wrong types and default groups that do not exist are refused', async () => {
    await expect(settings({ '/w/p/uv.toml': 'no-binary = "yes"\n' })).rejects.toMatchObject({
      code: 'lock-invalid',
    });
    const pyproject = project('root', '[tool.uv]\ndefault-groups = ["gone"]\n');
    await expect(settings({ '/w/p/pyproject.toml': pyproject })).rejects.toThrow(/names 'gone'/);
  });
});
