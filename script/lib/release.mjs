// release.mjs TAG [ROOT]: prints the part of CHANGELOG.md about the version that TAG names; fails
// if package.json has another version or the changelog has nothing on it.
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const [tag = '', root = path.resolve(import.meta.dirname, '../..')] = process.argv.slice(2);

function fail(message) {
  console.error(message);
  process.exit(1);
}

const version =
  /^v(\d+\.\d+\.\d+)$/.exec(tag)?.[1] ?? fail(`'${tag}' is no tag of a release, such as v1.2.3.`);
const { version: stated } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
if (stated !== version) fail(`package.json says ${stated}, the tag ${version}. Change package.json first.`);
const changelog = await readFile(path.join(root, 'CHANGELOG.md'), 'utf8');
const sections = changelog.split(/^(?=## |\[)/m);
const section = sections.find((one) => one.startsWith(`## [${version}] - `));
const notes = section?.slice(section.indexOf('\n')).trim() ?? '';
if (notes === '') fail(`CHANGELOG.md has nothing under '## [${version}] - DATE'. Say there what is new.`);
console.log(notes);
