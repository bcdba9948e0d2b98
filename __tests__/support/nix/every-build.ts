export const hash = 'sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=';
const sdist = (name: string, version: string, requires: string[]) => ({
  kind: 'sdist',
  name,
  version,
  filename: `${name}-${version}.tar.gz`,
  url: `https://index.example/${name}-${version}.tar.gz`,
  hash,
  requires,
});
const wheel = 'setuptools-80.9.0-py3-none-any.whl';

/**
 * A build lock with every kind of build, and every package that native-inputs.nix knows; no file of
 * it exists.
 */
export const everyBuild = {
  version: 1,
  target: { python: '3.14.8', libc: 'glibc:2.39' },
  systems: Object.fromEntries(
    ['x86_64-linux', 'aarch64-linux'].map((system) => [
      system,
      {
        plan: hash,
        hash,
        builds: [
          'authentik',
          'gssapi-1.11.1',
          'lxml-6.0.2',
          'opencontainers-0.0.15',
          'psycopg-c-3.3.3',
          'xmlsec-1.3.17',
        ],
        environments: {
          authentik: { wheels: [wheel], builds: [] },
          'gssapi-1.11.1': { wheels: [wheel], builds: [] },
          'lxml-6.0.2': { wheels: [wheel], builds: [] },
          'opencontainers-0.0.15': { wheels: [wheel], builds: [] },
          'psycopg-c-3.3.3': { wheels: [wheel], builds: [] },
          'xmlsec-1.3.17': { wheels: [wheel], builds: ['lxml-6.0.2'] },
        },
      },
    ]),
  ),
  builds: {
    authentik: { kind: 'directory', name: 'authentik', path: '.', requires: ['hatchling'] },
    'gssapi-1.11.1': sdist('gssapi', '1.11.1', ['Cython==3.2.4']),
    'lxml-6.0.2': sdist('lxml', '6.0.2', ['Cython>=3.1.4']),
    'psycopg-c-3.3.3': sdist('psycopg-c', '3.3.3', ['setuptools']),
    'xmlsec-1.3.17': sdist('xmlsec', '1.3.17', ['lxml==6.0.2']),
    'opencontainers-0.0.15': {
      kind: 'git',
      name: 'opencontainers',
      version: '0.0.15',
      url: 'https://git.example/repository',
      commit: 'ceb4fcc090851717a3069d78e85ceb1e86c2740c',
      hash,
      requires: ['setuptools'],
    },
  },
  wheels: { [wheel]: { url: `https://index.example/${wheel}`, hash } },
};
