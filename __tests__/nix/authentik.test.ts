import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AuthentikPackage, makeAuthentikPackage } from '../support/nix/authentik-package.ts';
import { provenOnce } from '../support/nix/check.ts';
import { built, checkout, closure, evaluated, expectCode, nixBuild, tail } from '../support/nix/nix.ts';
import { run, runText } from '../support/nix/run.ts';

// authentik's real dependency closure, built once in order; each test looks at that output.
const minutes = 60_000;
const script = (name: string): string => path.join(checkout, 'nix/scripts/tests', name);

let made: AuthentikPackage;
let out: string;
beforeAll(async () => {
  made = await makeAuthentikPackage();
  [out = ''] = await built(['-A', 'authentik-django'], made.dir);
}, 14 * minutes);
afterAll(() => made?.close());

/** Runs a program of the output in a root that holds its closure and nothing else. */
const inClosure = (...command: string[]) =>
  run('bash', [path.join(checkout, '__tests__/support/nix/closure-root.sh'), out, ...command]);
const python = (code: string, ...args: string[]) => inClosure(`${out}/bin/python`, '-I', '-c', code, ...args);

describe('the build lock', () => {
  test('has every sdist and git tree, and builds xmlsec against the very lxml of the output', async () => {
    const lock = JSON.parse(await readFile(path.join(made.dir, 'uv-fod.lock.json'), 'utf8'));
    const [system] = Object.values(lock.systems) as {
      builds: string[];
      environments: Record<string, { wheels: string[]; builds: string[] }>;
    }[];
    expect(system?.builds.filter((key) => lock.builds[key].kind !== 'directory')).toEqual([
      'gssapi-1.11.1',
      'lxml-6.0.2',
      'opencontainers-0.0.15',
      'psycopg-c-3.3.3',
      'xmlsec-1.3.17',
    ]);
    expect(system?.environments['xmlsec-1.3.17']?.builds).toEqual(['lxml-6.0.2']);
    expect(system?.environments['xmlsec-1.3.17']?.wheels).toContain('setuptools-80.9.0-py3-none-any.whl');
    expect(system?.environments['psycopg-c-3.3.3']?.wheels).toContain('setuptools-80.3.1-py3-none-any.whl');
  });
});

describe('authentik-django', () => {
  test(
    'passes the tests that it brings: imports, version, natives, dependencies, pip check, manage.py, ak',
    async () => {
      const { code, stderr } = await nixBuild(['-A', 'authentik-django.tests'], made.dir);
      expectCode(0, { code, stderr });
    },
    3 * minutes,
  );

  test('has the layout that the Go server and the ak script read', async () => {
    for (const name of [
      'bin/python3.14',
      'bin/python3',
      'bin/python',
      'bin/ak',
      'bin/gunicorn',
      'lib/python3.14/site-packages/authentik/__init__.py',
      'lib/python3.14/site-packages/lifecycle/ak.py',
      'lib/python3.14/site-packages/manage.py',
      'authentik/root/settings.py',
      'lifecycle/ak',
      'lifecycle/ak.py',
      'lifecycle/migrate.py',
      'lifecycle/system_migrations/to_2026_2_tenants.py',
      'manage.py',
      'blueprints/default/flow-default.yaml',
      'locale/de/LC_MESSAGES/django.po',
      'schemas/saml-schema-protocol-2.0.xsd',
      'web/dist/index.html',
      'web/authentik/sources/saml.png',
      'web/icons/icon_left_brand.png',
      'web/robots.txt',
    ]) {
      await stat(path.join(out, name));
    }
    // It would write to the store.
    await expect(stat(path.join(out, 'lifecycle/system_migrations/tenant_files.py'))).rejects.toThrow(
      'ENOENT',
    );
    for (const name of ['lifecycle/ak', 'manage.py'])
      expect((await stat(path.join(out, name))).mode & 0o111).not.toBe(0);
    expect(await readFile(path.join(out, 'lifecycle/ak'), 'utf8')).toMatch(
      /^#!\/nix\/store\/[^\n]*\/bin\/bash\n/,
    );
  });

  test('points every line that names a place into the output', async () => {
    const site = path.join(out, 'lib/python3.14/site-packages');
    const text = (file: string): Promise<string> => readFile(path.join(site, file), 'utf8');
    expect(await text('authentik/root/settings.py')).toContain(`BASE_DIR = Path("${out}")`);
    expect(await text('authentik/lib/default.yml')).toContain(`blueprints_dir: ${out}/blueprints`);
    expect(await text('authentik/stages/email/utils.py')).toContain(
      `Path("${out}/web/icons/icon_left_brand.png")`,
    );
    expect(await text('authentik/stages/email/utils.py')).toContain(
      `Path("${out}/web/dist/assets/icons/icon_left_brand.png")`,
    );
    expect(await text('authentik/admin/files/backends/file.py')).not.toContain('is_mount()');
    // 2026.2.0 alone lacks this (upstream #19616).
    expect(await text('authentik/rbac/migrations/0010_remove_role_group_alter_role_name.py')).toContain(
      '("authentik_core", "0056_user_roles")',
    );
    const { stdout } = await python(
      'import os; os.environ["DJANGO_SETTINGS_MODULE"] = "authentik.root.settings"; from django.conf import settings; print(settings.BASE_DIR)',
    );
    expect(stdout.trim()).toBe(out);
  });
});

describe('in a root that holds nothing but its closure, without a network', () => {
  test('there is nothing else', async () => {
    const { stdout, stderr } = await python(
      'import os; print(sorted(os.listdir("/")), os.path.exists("/usr"))',
    );
    expect({ stdout, stderr }).toEqual({ stdout: "['dev', 'nix', 'proc', 'tmp'] False\n", stderr: '' });
  });

  test(
    'authentik, every native extension and every direct dependency import',
    async () => {
      const sources = ['imports.py', 'natives.py', 'dependencies.py'].map(script);
      const args = [[out], [out], ['authentik']];
      for (const [index, file] of sources.entries()) {
        const { code, stdout, stderr } = await python(await readFile(file, 'utf8'), ...(args[index] ?? []));
        expect({ file, code, stderr: tail(stderr) }).toEqual({ file, code: 0, stderr: expect.any(String) });
        expect(stdout).not.toMatch(/(^|\D)0 (extension|direct)/);
      }
    },
    3 * minutes,
  );

  test('lxml and xmlsec use one libxml2, and the SAML signatures work that need both', async () => {
    const { code, stdout, stderr } = await python(`
import lxml.etree, xmlsec
node = lxml.etree.fromstring("<a><b/></a>")
template = xmlsec.template.create(node, xmlsec.Transform.EXCL_C14N, xmlsec.Transform.HMAC_SHA256)
node.append(template)
reference = xmlsec.template.add_reference(template, xmlsec.Transform.SHA256)
xmlsec.template.add_transform(reference, xmlsec.Transform.ENVELOPED)
context = xmlsec.SignatureContext()
context.key = xmlsec.Key.from_memory(b"secret" * 8, xmlsec.KeyFormat.BINARY) if False else xmlsec.Key.from_binary_data(xmlsec.KeyData.HMAC, b"secret" * 8)
context.sign(template)
context = xmlsec.SignatureContext()
context.key = xmlsec.Key.from_binary_data(xmlsec.KeyData.HMAC, b"secret" * 8)
context.verify(template)
maps = {line.split()[-1] for line in open("/proc/self/maps") if "libxml2.so" in line}
print(len(maps), "verified")`);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '1 verified\n', stderr: '' });
  });

  test('Kerberos administration finds its library, which nothing links: kadmin loads it by name', async () => {
    const { code, stdout, stderr } = await python(`
import kadmin
server, client = kadmin.KAdm5Variant.MitServer, kadmin.KAdm5Variant.MitClient
for connect in (lambda: kadmin.KAdmin.with_local(server), lambda: kadmin.KAdmin.with_password(client, "nobody", "none")):
    try:
        connect()
    except Exception as error:
        print(type(error).__name__, error)`);
    // Without a realm Kerberos itself answers, which it can only once the library is loaded.
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^(KerberosException .*\n){2}$/);
  });

  test('ak runs, with its own shell and Python', async () => {
    const { code, stdout, stderr } = await inClosure(`${out}/bin/ak`, 'dump_config', 'blueprints_dir');
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: `${out}/blueprints\n`, stderr: '' });
    const names = ['PYTHONUNBUFFERED', 'PYTHONDONTWRITEBYTECODE'];
    const show = `import os; print(*(os.environ[name] for name in ${JSON.stringify(names)}))`;
    expect((await inClosure(`${out}/bin/ak`, 'shell', '-c', show)).stdout).toMatch(/^1 1$/m);
    const own = await python(
      `
import os, sys
os.environ["PYTHONUNBUFFERED"] = "no"
os.execv(sys.argv[1], ["ak", "shell", "-c", sys.argv[2]])`,
      `${out}/bin/ak`,
      show,
    );
    expect(own.stdout).toMatch(/^no 1$/m);
    const version = await inClosure(`${out}/manage.py`, 'version');
    expect(version).toMatchObject({ code: 0, stdout: '5.2.11\n' });
  });
});

describe('the closure', () => {
  test('has no compiler, no header, no build tool, and no more than authentik needs', async () => {
    const paths = await closure([out]);
    const names = paths.map((one) => one.replace(/^\/nix\/store\/[^-]+-/, ''));
    for (const name of names) {
      expect(name).not.toMatch(
        /^(gcc-(?!lib)|cc-wrapper|uv($|-[\d.])|node|patchelf|pkg-config|binutils|pg_config)/,
      );
      expect(name).not.toMatch(/-(dev|wheel-[^-]+|source|uv-deps)$/);
    }
    // Python's own headers are part of nixpkgs' Python as well: sysconfig reads them.
    const headers = await runText('find', [...paths, '-name', '*.h', '-path', '*/include/*']);
    expect(headers.split('\n').filter((file) => file !== '' && !file.includes('-python3-'))).toEqual([]);
    const sizes = await runText('nix', ['path-info', '--size', '--json', '--json-format', '1', ...paths]);
    const size = Object.values(JSON.parse(sizes) as Record<string, { narSize: number }>).reduce(
      (sum, { narSize }) => sum + narSize,
      0,
    );
    process.stderr.write(
      `closure of authentik-django: ${paths.length} paths, ${(size / 1e6).toFixed(0)} MB\n`,
    );
    expect(size).toBeLessThan(1e9);
  });

  test(
    'has bytecode for every source file, and each is that of its source',
    async () => {
      const [third = ''] = await built(['-A', 'authentik-django.thirdParty'], made.dir);
      const apart = (await evaluated(
        'map (one: one.outPath) (builtins.attrValues (import ./. { }).authentik-django.apart)',
        made.dir,
      )) as string[];
      const program = path.join(checkout, '__tests__/support/nix/bytecode-equals-source.py');
      const folders = [out, third, ...apart].map((one) => `${one}/lib/python3.14/site-packages`);
      const key = [await readFile(program, 'utf8'), ...folders].join('\n');
      const wrong = await provenOnce(key, async () => {
        const { code, stdout, stderr } = await run(`${out}/bin/python`, ['-I', program, ...folders]);
        return code === 0 && /^\d{5,} files, 0 wrong\n$/.test(stdout)
          ? undefined
          : `${code}: ${stdout}${stderr}`;
      });
      expect(wrong).toBeUndefined();
    },
    3 * minutes,
  );

  test('decides who owns a path that two packages claim, and says so', async () => {
    const [third = ''] = await built(['-A', 'authentik-django.thirdParty'], made.dir);
    const report = await readFile(path.join(third, 'nix-support/path-collisions.txt'), 'utf8');
    expect(report).toBe('lib/python3.14/site-packages/docs/Makefile: from pyrad, also in django-tenants\n');
    const [deps = ''] = await built(['-A', 'authentik-django.uvDeps'], made.dir);
    const wheel = (await readdir(path.join(deps, 'wheels'))).find((name) => name.startsWith('pyrad-')) ?? '';
    const theirs = await runText('unzip', ['-p', path.join(deps, 'wheels', wheel), 'docs/Makefile']);
    expect(
      (await readFile(path.join(third, 'lib/python3.14/site-packages/docs/Makefile'), 'utf8')).trimEnd(),
    ).toBe(theirs.trimEnd());
  });
});
