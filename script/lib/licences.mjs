// The packages with code in dist/, their licences, and the notices that these licences require.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Licences that let their code be part of a bundle under MIT as long as their notice goes with it.
 */
const allowed = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Apache-2.0',
  'Unlicense',
  'BlueOak-1.0.0',
]);

/**
 * @param inputs files that went into bundles, relative to `root`
 * @returns name, version, licence and notices of each package, by name and version
 */
export async function bundledPackages(root, inputs) {
  const folders = new Set(
    inputs.flatMap((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
  );
  const found = await Promise.all([...folders].map((folder) => readPackage(path.join(root, folder))));
  const distinct = new Map(found.map((one) => [`${one.name} ${one.version}`, one]));
  return [...distinct.keys()].sort().map((key) => distinct.get(key));
}

async function readPackage(folder) {
  const { name, version, license } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  // Of a choice, "(MIT OR Apache-2.0)", the first allowed licence; of a combination, "(A AND B)",
  // all have to be allowed.
  const choices = String(license).replace(/[()]/g, '').split(' OR ');
  const choice = choices.find((one) => one.split(' AND ').every((part) => allowed.has(part)));
  if (!choice)
    throw new Error(`${name} ${version} is under '${license}', which is not known to go into dist/.`);
  const names = (await readdir(folder))
    .filter((one) => /^(licen[cs]e|notice|copying)(\.|-|$)/i.test(one))
    .sort();
  const notices = await Promise.all(names.map((one) => readFile(path.join(folder, one), 'utf8')));
  return {
    name,
    version,
    license: choice,
    notices: notices.map((text) => text.replaceAll('\r\n', '\n').trim()),
  };
}

/** All notices, each text once, after the names of its packages. */
export function licenceTexts(packages) {
  const byText = new Map();
  for (const { name, version, license, notices } of packages) {
    const text = notices.join('\n\n') || `${license} (the package has no file with its text)`;
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const parts = [...byText].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`);
  return `dist/ has code of these packages in it.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

/** The table of docs/licences.md. */
export function licencePage(packages) {
  const rows = packages.map(({ name, version, license }) => `| \`${name}\` | ${version} | ${license} |`);
  return `# Licences of what is in \`dist/\`

uv-fod is under the [MIT licence](../LICENSE). Its bundles have code of the ${packages.length} packages below in them; their notices are in \`dist/licenses.txt\`, which goes wherever
\`dist/\` goes. \`npm run docs\` writes this page and \`npm run build\` that file, from what the bundler says went in; CI compares both. A package under a licence that is not known here stops
the build (\`script/lib/licences.mjs\`). Why each direct one is there: [dependencies.md](dependencies.md).

| package | version | licence |
|---|---|---|
${rows.join('\n')}
`;
}
