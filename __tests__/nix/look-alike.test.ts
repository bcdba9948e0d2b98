import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { onLoopback } from '../support/files/loopback.ts';
import { evaluationError, expectCode, nixBuild } from '../support/nix/nix.ts';
import { scratch, writeFiles } from '../support/nix/project.ts';
import { zip } from '../support/nix/wheel.ts';

// What the look-alike set has in common with nixpkgs' stdenv and hooks, because a defect would not
// show without it (docs/look-alike.md).
let dir: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ dir, remove } = await scratch('look-alike'));
  await writeFiles(dir, {
    'module.c': 'int answer(void) { return 42; }\n',
    'user.c': '#include <zlib.h>\nunsigned long answer(void) { return crc32(0, 0, 0); }\n',
    'careless.c': '#include <stdio.h>\nvoid say(const char *text) { printf(text); }\n',
  });
  await writeFile(path.join(dir, 'tree.zip'), zip([['tree/file', 'hello']]));
});
afterAll(() => remove());

/** Makes each derivation a new one: Nix prints nothing of what it has built before. */
let count = 0;
/** Builds a derivation of the stdenv with these attributes; `script` is its only phase. */
const build = (script: string, attributes = '', stdenv = 'pkgs.stdenv', config = '{ }') =>
  nixBuild(
    [
      '--expr',
      `with { pkgs = import <nixpkgs> { config = ${config}; }; };
${stdenv}.mkDerivation { name = "looked-at"; src = ./.; dontUnpack = true; run = "${dir} ${count++}"; ${attributes} buildCommand = ''${script}
  touch $out''; }`,
    ],
    dir,
  );
/** What the build prints on lines of their own, the words of `say`. */
const said = async (...args: Parameters<typeof build>): Promise<string[]> => {
  const { code, stderr } = await build(...args);
  expectCode(0, { code, stderr });
  return [...stderr.matchAll(/^say (.*)$/gm)].map(([, text = '']) => text);
};

describe('the compiler', () => {
  const link = (file: string, more = '') => `
    cc -shared -o module.so $src/${file} ${more}
    echo "say $(/usr/bin/patchelf --print-rpath module.so)"
    echo "say $(/usr/bin/readelf --dynamic module.so | grep -c BIND_NOW)"`;

  test("puts the output's own folder into each library path, unless it is told not to", async () => {
    const [own, now] = await said(link('module.c'));
    expect(own).toMatch(/^\/nix\/store\/\w+-looked-at\/lib:/);
    expect(now).toBe('1');
    const [without] = await said(link('module.c'), 'NIX_NO_SELF_RPATH = "1";');
    expect(without).toMatch(/^\/nix\/store\/\w+-glibc-[\d.]+\/lib$/);
  });

  test('adds folders of what is linked, and of nothing else', async () => {
    const inputs = 'NIX_NO_SELF_RPATH = "1"; buildInputs = [ pkgs.zlib pkgs.krb5 ];';
    const [used] = await said(link('user.c', '-lz'), inputs);
    expect(used).toMatch(/^\/nix\/store\/\w+-zlib-[\d.]+\/lib:\/nix\/store\/\w+-glibc-[\d.]+\/lib$/);
    const [unused] = await said(link('module.c'), inputs);
    expect(unused).not.toMatch(/zlib|krb5/);
  });

  test('hardens by default', async () => {
    const { code, stderr } = await build('cc -c $src/careless.c');
    expect(code).toBe(100);
    expect(stderr).toContain('-Werror=format-security');
    await said('cc -c $src/careless.c', 'hardeningDisable = [ "format" ];');
  });
});

describe('autoPatchelfHook', () => {
  const hook = 'nativeBuildInputs = [ pkgs.autoPatchelfHook ]; buildInputs = [ pkgs.zlib ];';

  test('leaves the library path of what needs the C library only', async () => {
    const [rpath] = await said(
      `mkdir -p $out/lib
       cc -shared -o $out/lib/module.so $src/module.c
       autoPatchelf -- $out
       echo "say $(/usr/bin/patchelf --print-rpath $out/lib/module.so)"`,
      hook,
    );
    expect(rpath).toMatch(/^\/nix\/store\/\w+-looked-at\/lib:/);
  });

  test('takes no library of another architecture or ABI', async () => {
    // Byte 7 is the ABI, byte 18 the machine (System V gABI, "ELF Header"); FreeBSD and AArch64
    // here.
    for (const [offset, value] of [
      [7, '\\011'],
      [18, '\\267'],
    ]) {
      const { code, stderr } = await build(
        `mkdir -p $out/lib libs
         cc -shared -Wl,-soname,libown.so.1 -o libs/libown.so.1 $src/module.c
         cc -shared -o $out/lib/user.so $src/module.c -Wl,--no-as-needed libs/libown.so.1
         /usr/bin/patchelf --set-rpath "" $out/lib/user.so
         addAutoPatchelfSearchPath $PWD/libs
         autoPatchelf -- $out && echo "say it was found"
         printf '\\003' | dd of=$out/lib/user.so bs=1 seek=7 conv=notrunc status=none
         printf '${value}' | dd of=libs/libown.so.1 bs=1 seek=${offset} conv=notrunc status=none
         autoPatchelf -- $out`,
        hook,
      );
      expect(code).toBe(100);
      expect(stderr).toContain('say it was found');
      expect(stderr).toContain('could not satisfy dependency libown.so.1');
    }
  });
});

describe('mkDerivation', () => {
  test('unpacks a .zip with the hook of unzip only', async () => {
    const attributes = 'zip = ./tree.zip;';
    const { code, stderr } = await build('unpackFile $zip', attributes);
    expect(code).toBe(100);
    expect(stderr).toMatch(/do not know how to unpack source archive \S+-tree\.zip/);
    await said('unpackFile $zip; cat tree/file', `${attributes} nativeBuildInputs = [ pkgs.unzip ];`);
  });

  test('finds programs of inputs and classic tools only', async () => {
    const names = 'python3 python git curl unzip node uv patchelf pkg-config perl gcc';
    const which = `for one in ${names}; do ! type -P $one || echo "say $one"; done; type -P sed tar make file`;
    expect(await said(which)).toEqual(['gcc']);
    expect(await said(which, '', 'pkgs.stdenvNoCC')).toEqual([]);
    expect(await said(which, 'nativeBuildInputs = [ pkgs.curl ];', 'pkgs.stdenvNoCC')).toEqual(['curl']);
  });

  test('makes lists arrays, and no files, where attributes are structured', async () => {
    const script = `echo "say ''\${#words[@]} $words ''\${textPath-none} $(printenv variable)"`;
    const attributes =
      'words = [ "one" "two" ]; text = "text"; passAsFile = [ "text" ]; env.variable = "set";';
    expect(await said(script, attributes)).toEqual([expect.stringMatching(/^1 one two \/\S+ set$/)]);
    const structured = ['2 one none set'];
    expect(await said(script, `${attributes} __structuredAttrs = true;`)).toEqual(structured);
    const config = '{ structuredAttrsByDefault = true; }';
    expect(await said(script, attributes, 'pkgs.stdenv', config)).toEqual(structured);
  });

  test('checks env and dependencies', async () => {
    const error = (attributes: string) =>
      evaluationError(
        `((import <nixpkgs> { }).stdenv.mkDerivation { name = "x"; ${attributes} }).drvPath`,
        dir,
      );
    expect(await error('src = "a"; env.src = "b";')).toMatch(/following attributes are overlapping: src/);
    expect(await error('env.list = [ ];')).toMatch(/The `list` attribute is of type list/);
    expect(await error('buildInputs = [ { } ];')).toMatch(/Dependency is not of a valid type/);
  });
});

test('fetchurl downloads in the sandbox, with the login that netrcPhase writes', async () => {
  const wanted = `Basic ${Buffer.from('me:secret').toString('base64')}`;
  const server = await onLoopback(
    createServer((request, response) =>
      response.writeHead(request.headers.authorization === wanted ? 200 : 401).end('content\n'),
    ),
  );
  try {
    const { host } = new URL(server.origin);
    // A name of this run: Nix has the output of another one.
    const fetch = (more: string) =>
      `(import <nixpkgs> { }).fetchurl { url = "${server.origin}/file"; name = "file-${path.basename(dir)}"; hash = "sha256-Q0copBCnj1b8G1iZw1k0NuYasMcx6QctleltspAgXlM="; ${more} }`;
    const { code, stderr } = await nixBuild(['--expr', fetch('')], dir);
    expect(code).toBe(1);
    expect(stderr).toContain('cannot download file-');
    const login = `netrcPhase = "echo 'machine ${host.replace(/:\d+$/, '')} login me password secret' >netrc";`;
    expectCode(0, await nixBuild(['--expr', fetch(login)], dir));
  } finally {
    await server.close();
  }
});
