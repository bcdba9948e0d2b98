import { existsSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildRequires, pyprojectOfSdist } from '../../src/build-lock/pyproject-of.ts';
import { nixString } from '../../src/nix/literal.ts';
import { whileBusy } from '../support/busy.ts';
import { type FileServer, sha256, startFileServer } from '../support/files/server.ts';
import { zipOf } from '../support/files/zip.ts';
import { runText } from '../support/nix/run.ts';
import { uvFod } from '../support/scenario/small.ts';
import { type Acted, makeWorld, type World } from '../support/scenario/world.ts';
import { minutes } from './support/world.ts';

let dir: string;
let server: FileServer;
const bytes = Buffer.from('a wheel');
const wheelName = 'evil-1.0-py3-none-any.whl';
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'hostile-'));
  server = await startFileServer();
  server.wheel(wheelName, bytes);
});
afterAll(async () => {
  await server.close();
  await rm(dir, { recursive: true, force: true });
});

interface Evil {
  readonly name?: string;
  readonly version?: string;
  readonly url?: string;
  readonly extra?: string;
  readonly hash?: string;
}

/** A TOML string of any text (TOML 1.0, "String": what has to be escaped is). */
const toml = (text: string): string => JSON.stringify(text).replaceAll('\u007f', '\\u007F');

/** A lock of one wheel, written by somebody with ideas. */
const lockOf = ({
  name = 'evil',
  version = '1.0',
  url = `${server.origin}/${wheelName}`,
  extra = '',
  hash,
}: Evil): string => `version = 1
requires-python = ">=3.14"

[[package]]
name = "small"
version = "1.0"
source = { virtual = "." }
dependencies = [{ name = ${toml(name)} }]

[[package]]
name = ${toml(name)}
version = ${toml(version)}
source = { registry = "${server.origin}/simple" }
wheels = [{ url = ${toml(url)}, hash = "${hash ?? `sha256:${sha256(bytes)}`}" }]
${extra}`;

const pyproject =
  '[project]\nname = "small"\nversion = "1.0"\nrequires-python = ">=3.14"\ndependencies = []\n';

let count = 0;
/**
 * Runs the built command line on a lock, in a folder of its own whose parent shows what was written
 * elsewhere.
 */
async function hashed(lock: string, project = pyproject) {
  const outer = path.join(dir, String(++count));
  const folder = path.join(outer, 'a/b/c');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'pyproject.toml'), project);
  await writeFile(path.join(folder, 'uv.lock'), lock);
  const outcome = await uvFod(['hash', '--python', '3.14.8'], folder, {
    XDG_CACHE_HOME: path.join(outer, 'cache'),
  });
  const files = (await readdir(outer, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('/cache/'))
    .map(({ name }) => name)
    .sort();
  return { ...outcome, files };
}

describe('a lock that was written to do harm: one sentence, and nothing is written', () => {
  const at = (name: string): Evil => ({ url: `https://files.example/${name}` });
  const cases: Readonly<Record<string, Evil>> = {
    'a file name with ../': at(`..%2f..%2f${wheelName}`),
    'a file name with ../, encoded twice': at(`%252e%252e%252f${wheelName}%2f`),
    'an absolute file name': at(`%2Ftmp%2F${wheelName}`),
    'a file name with a backslash': at(`..%5C${wheelName}`),
    'a NUL in a file name': at(`evil-1.0-py3-none-any%00.whl`),
    'a newline and a workflow command in a file name': at('evil-1.0-py3-none-any%0A::error::x.whl'),
    'a file name that is ..': at('..'),
    'no file name at all': at(''),
    'a file name of 5,000 characters': at(`${'e'.repeat(5000)}-1.0-py3-none-any.whl`),
    'a file name with a slash of another script': at('evil-1.0-py3-none-any∕..whl'),
    'a file name that is an option': at('--output=x-1.0-py3-none-any.whl'),
    'a malformed escape in a URL': at('%zz%E0%A4%A-1.0-py3-none-any.whl'),
    'a name that is a path': { name: '../../etc/passwd' },
    'a name that is a shell command': { name: '$(touch /tmp/pwned)' },
    'a name that is a Nix interpolation': { name: `\${builtins.readFile /etc/passwd}` },
    "a name that ends a Nix string, ''": { name: "x'' + y" },
    'a name that is HTML': { name: '<img src=x onerror=alert(1)>' },
    'a name that mentions somebody': { name: '@octocat' },
    'a name that is a workflow command': { name: 'x\n::set-output name=token::y' },
    'a name that is an escaped command': { name: 'x%0A::add-mask::y' },
    'a name with a terminal escape': { name: '\u001b]0;owned\u0007' },
    'a name of the prototype': { name: '__proto__' },
    'a version that is a shell command': { version: '1.0; touch /tmp/pwned' },
    'a version that is a Nix interpolation': { version: `1.0+\${x}` },
    'a version that is Markdown': { version: '[1.0](https://evil.example)' },
    'a version that is a workflow command': { version: '1.0\n::error::x' },
    'a digest that is a path': { hash: 'sha256:../../../../etc/passwd' },
    'a digest of an algorithm that is a property': { hash: 'constructor:00' },
    'file://': { url: `file:///etc/${wheelName}` },
    'an address of another scheme': { url: `gopher://files.example/${wheelName}` },
    'javascript:': { url: `javascript:alert(1)//${wheelName}` },
    'data:': { url: `data:application/zip;base64,AAAA/${wheelName}` },
  };

  test.each(Object.entries(cases))('%s', async (_, evil) => {
    const { code, stdout, stderr, files } = await hashed(lockOf(evil));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    // One line of words: no stack trace, no command of a runner, nothing that a terminal obeys.
    expect(stderr).toMatch(/^uv-fod: [^\n]+\n$/);
    expect(stderr).not.toMatch(/defect of uv-fod|^::/m);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there
    expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
    expect(stderr.length).toBeLessThan(2000);
    expect(files).toEqual(['pyproject.toml', 'uv.lock']);
    expect(existsSync('/tmp/pwned')).toBe(false);
  });

  test('two artifacts with one name', async () => {
    const other = `\n[[package]]\nname = "evil-two"\nversion = "1.0"\nsource = { registry = "${server.origin}/simple" }\nwheels = [{ url = "${server.origin}/other/${wheelName}", hash = "sha256:${sha256(bytes)}" }]\n`;
    const lock = lockOf({}).replace('[{ name = "evil" }]', '[{ name = "evil" }, { name = "evil-two" }]');
    const { code, stderr } = await hashed(lock + other);
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`evil and evil-two both have the file name '${wheelName}'`));
  });

  test('other bytes than the digest says', async () => {
    const { code, stderr } = await hashed(lockOf({ hash: `sha256:${'0'.repeat(64)}` }));
    expect(code).toBe(1);
    expect(stderr).toMatch(/does not match uv\.lock/);
  });

  test('and the same lock without harm has its hash', async () => {
    const { code, stdout } = await hashed(lockOf({}));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^x86_64-linux {2}sha256-\S{44}\n$/);
  });

  test('credentials in an address are not printed', async () => {
    const { host } = new URL(server.origin);
    const { code, stderr } = await hashed(
      lockOf({ url: `http://me:secret-word@${host}/gone/${wheelName}?token=hidden` }),
    );
    expect(code).toBe(1);
    expect(stderr).not.toMatch(/secret-word|hidden/);
  });

  test('50 MB', async () => {
    const { code, stderr } = await hashed(`${lockOf({})}\n# ${'x'.repeat(50 * 1024 * 1024)}\n`);
    expect(code).toBe(1);
    expect(stderr).toMatch(/uv\.lock has 52\.4 MB; files of more than .* are not read/);
  });

  test.each([
    ['arrays', `x = ${'['.repeat(10_000)}${']'.repeat(10_000)}`],
    ['tables', `x = ${'{a='.repeat(10_000)}1${'}'.repeat(10_000)}`],
    ['dotted keys', `${Array.from({ length: 10_000 }, () => 'a').join('.')} = 1`],
  ])('a pyproject with %s nested 10,000 deep', async (_, deep) => {
    const { code, stderr } = await hashed(lockOf({}), `${pyproject}\n[tool.x]\n${deep}\n`);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^uv-fod: [^\n]*pyproject\.toml[^\n]*\n$/);
    expect(stderr).not.toMatch(/defect/);
  });

  test('a marker nested 10,000 deep, in seconds', async () => {
    const marker = `${'('.repeat(10_000)}sys_platform == 'linux'${')'.repeat(10_000)}`;
    const lock = lockOf({}).replace('{ name = "evil" }', `{ name = "evil", marker = ${toml(marker)} }`);
    const started = performance.now();
    const { stderr } = await hashed(lock);
    expect(performance.now() - started).toBeLessThan(whileBusy(10_000));
    expect(stderr).not.toMatch(/defect/);
  });
});

/** One entry of a tar archive (POSIX ustar). */
function entry(name: string, content: Buffer, type = '0', link = ''): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write(type, 156);
  header.write(link, 157, 100);
  header.write('ustar\u000000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

describe('an sdist that was made to do harm', () => {
  const good = Buffer.from('[build-system]\nrequires = ["good"]\n');
  const read = async (...entries: Buffer[]): Promise<string | undefined> => {
    const file = path.join(dir, 'sdist.tar.gz');
    await writeFile(file, gzipSync(Buffer.concat([...entries, Buffer.alloc(1024)])));
    return pyprojectOfSdist(file, 'evil-1.0.tar.gz');
  };

  test('entries with ../ and absolute names are written nowhere, because nothing is', async () => {
    const evil = ['../../../tmp/pwned', '/tmp/pwned', 'evil-1.0/../../pwned'].map((name) =>
      entry(name, good),
    );
    expect(await read(...evil, entry('evil-1.0/pyproject.toml', good))).toBe(good.toString());
    expect(existsSync('/tmp/pwned')).toBe(false);
  });

  test('a pyproject.toml that is a link shows nothing of this machine', async () => {
    const none = Buffer.alloc(0);
    expect(await read(entry('evil-1.0/pyproject.toml', none, '2', '/proc/self/environ'))).toBeUndefined();
    expect(await read(entry('evil-1.0/pyproject.toml', none, '1', '/etc/passwd'))).toBeUndefined();
  });

  test('a pyproject.toml of 8 MB is not read', async () => {
    expect(await read(entry('evil-1.0/pyproject.toml', Buffer.alloc(8 << 20, 'x')))).toBeUndefined();
  });

  test('a .zip is read with the same limit', async () => {
    const file = path.join(dir, 'sdist.zip');
    const name = 'evil-1.0/pyproject.toml';
    await writeFile(
      file,
      zipOf([
        { name: 'other', content: 'x' },
        { name, content: good.toString() },
      ]),
    );
    expect(await pyprojectOfSdist(file, 'evil-1.0.zip')).toBe(good.toString());
    await writeFile(file, zipOf([{ name, content: 'x'.repeat(8 << 20) }]));
    expect(await pyprojectOfSdist(file, 'evil-1.0.zip')).toBeUndefined();
  });

  test(
    'a bomb is not unpacked to its end',
    async () => {
      const file = path.join(dir, 'bomb.tar.gz');
      const header = Buffer.alloc(512);
      entry('evil-1.0/zeros', Buffer.alloc(0)).copy(header);
      // Members of gzip one after another are one stream (RFC 1952): 64 MB of zeros, many times.
      header.write(`${(4 * 2 ** 30 - 1).toString(8).padStart(11, '0')}\0`, 124);
      header.write('        ', 148);
      header.write(
        `${header
          .reduce((total, byte) => total + byte, 0)
          .toString(8)
          .padStart(6, '0')}\0 `,
        148,
      );
      const zeros = gzipSync(Buffer.alloc(64 << 20));
      await writeFile(file, Buffer.concat([gzipSync(header), ...Array.from({ length: 64 }, () => zeros)]));
      await expect(pyprojectOfSdist(file, 'bomb.tar.gz')).rejects.toMatchObject({
        code: 'sdist-invalid',
        message: expect.stringMatching(/unpacks to more than 1024 MB/),
      });
    },
    minutes,
  );

  test('what is no archive is said to be none', async () => {
    const file = path.join(dir, 'none.tar.gz');
    await writeFile(file, 'no archive');
    await expect(pyprojectOfSdist(file, 'none.tar.gz')).rejects.toMatchObject({ code: 'sdist-invalid' });
    await expect(pyprojectOfSdist(file, 'none.zip')).rejects.toMatchObject({ code: 'sdist-invalid' });
  });

  test('what is not TOML is not quoted', () => {
    expect(() => buildRequires('TOKEN=secret-word\nx', 'evil')).toThrow(/^(?![\s\S]*secret-word)/);
  });
});

describe('a checkout that was made to do harm', () => {
  let world: World;
  const canary = 'canary-in-the-environment';
  beforeAll(async () => {
    world = await makeWorld();
  }, minutes);
  afterAll(() => world?.close());

  const inputs = { verify: 'false', 'pull-request': 'false' };
  const refused = (acted: Acted, code: string): void => {
    expect(acted.errors.map(({ title }) => title)).toEqual([code]);
    expect(acted.log).not.toContain(canary);
    expect({ code: acted.code, left: acted.left }).toEqual({ code: 1, left: '' });
  };
  const linked =
    (file: string, target: string) =>
    async (workspace: string): Promise<void> => {
      await rm(path.join(workspace, file), { force: true });
      await symlink(target, path.join(workspace, file));
    };

  test.each(['uv.lock', 'pyproject.toml', 'uv-fod.lock.json'])(
    '%s is a link to /proc/self/environ',
    async (file) => {
      const acted = await world.act({
        inputs,
        prepare: linked(file, '/proc/self/environ'),
        env: { CANARY: canary },
      });
      refused(acted, 'file-outside');
    },
    minutes,
  );

  test(
    'uv.lock is a pipe: nobody waits for it',
    async () => {
      const prepare = async (workspace: string): Promise<void> => {
        await rm(path.join(workspace, 'uv.lock'));
        await runText('mkfifo', [path.join(workspace, 'uv.lock')]);
      };
      const { code } = await world.act({ inputs, prepare });
      expect(code).toBe(1);
    },
    minutes,
  );

  test(
    'the Nix file is a link that leaves the checkout: what it leads to is not changed',
    async () => {
      const outside = path.join(dir, 'outside.nix');
      const prepare = async (workspace: string): Promise<void> => {
        const text = await readFile(path.join(workspace, 'default.nix'), 'utf8');
        await writeFile(
          outside,
          text.replaceAll('./', workspace).replaceAll('./uv-fod', `${workspace}/uv-fod`),
        );
        await linked('default.nix', outside)(workspace);
      };
      const acted = await world.act({ inputs, prepare });
      expect(acted.code).toBe(1);
      expect(await readFile(outside, 'utf8')).toMatch(/hash = "sha256-[^"]+"/);
      expect(acted.left).toBe('');
    },
    minutes,
  );

  test(
    'an attribute and a file outside of the checkout are refused as inputs',
    async () => {
      refused(await world.act({ inputs: { ...inputs, file: '../../etc/passwd' } }), 'input-invalid');
      refused(
        await world.act({ inputs: { ...inputs, attribute: 'small; touch /tmp/pwned' } }),
        'input-invalid',
      );
      refused(await world.act({ inputs: { ...inputs, branch: '--upload-pack=x' } }), 'input-invalid');
    },
    minutes,
  );

  test(
    'what a build prints commands nobody',
    async () => {
      const prepare = async (workspace: string): Promise<void> => {
        const file = path.join(workspace, 'default.nix');
        const text = await readFile(file, 'utf8');
        const printed = '::set-output name=outcome::created\\n::add-path::/evil\\n##[error]x';
        await writeFile(
          file,
          text.replace(
            'version = "1.0";',
            `version = "1.0"; postInstall = "printf '${printed}\\n'; exit 1";`,
          ),
        );
      };
      const { log, outputs, errors } = await world.act({ inputs: { 'pull-request': 'false' }, prepare });
      expect(log).toContain('add-path');
      expect(log).not.toMatch(/^\s*::(set-output|add-path)|^\s*##\[/m);
      expect(errors.map(({ title }) => title)).toEqual(['build-failed']);
      expect(outputs.get('outcome')).not.toBe('created');
    },
    minutes,
  );

  test(
    'what evaluation prints commands nobody',
    async () => {
      const prepare = async (workspace: string): Promise<void> => {
        const file = path.join(workspace, 'default.nix');
        const text = await readFile(file, 'utf8');
        await writeFile(
          file,
          text
            .replace('rec {', 'rec { evil = throw "x\\n::add-path::/evil%0A::error::y";')
            .replace('pname = "small"', 'pname = evil'),
        );
      };
      const { log, code } = await world.act({ inputs, prepare });
      expect(code).toBe(1);
      expect(log).not.toMatch(/^\s*::add-path/m);
    },
    minutes,
  );

  test(
    "a lock's names reach neither log nor outputs as commands",
    async () => {
      const prepare = (workspace: string): Promise<void> =>
        appendFile(
          path.join(workspace, 'uv.lock'),
          '\n[[package]]\nname = "x\\n::add-path::/evil"\nversion = "1.0"\nsource = { virtual = "." }\n',
        );
      const { log, code } = await world.act({ inputs, prepare });
      expect(code).toBe(1);
      expect(log).not.toMatch(/^\s*::add-path/m);
    },
    minutes,
  );
});

describe('any text as a Nix string', () => {
  test.each([
    `\${builtins.exec ["sh"]}`,
    "''",
    '"; evil = "',
    '\\',
    '$$' + '{x}',
    '\u0000',
    'a\nb\rc\td',
    '$',
  ])('%j is that text', async (text) => {
    if (text.includes('\u0000')) return expect(nixString(text)).toContain('\u0000');
    const file = path.join(dir, 'string.nix');
    await writeFile(file, nixString(text));
    expect(JSON.parse(await runText('nix-instantiate', ['--eval', '--strict', '--json', file]))).toBe(text);
  });
});
