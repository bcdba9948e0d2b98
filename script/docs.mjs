// Writes what README.md has from elsewhere (the tables of inputs and outputs from action.yml, and the workflows to copy) and
// docs/licences.md. `--check` fails where they differ.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { bundleAll } from './lib/bundle.mjs';
import { licencePage } from './lib/licences.mjs';

const root = path.dirname(import.meta.dirname);
const readme = path.join(root, 'README.md');
const action = parse(await readFile(path.join(root, 'action.yml'), 'utf8'));

const cell = (text) =>
  String(text ?? '')
    .replaceAll('|', '\\|')
    .replace(/\s+/g, ' ')
    .trim();
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
const shown = (value) => (value === undefined || value === '' ? '' : `\`${cell(value)}\``);

const tables = {
  inputs: table(
    ['Input', 'Default', 'What it is'],
    Object.entries(action.inputs).map(([name, input]) => [
      `\`${name}\``,
      shown(input.default),
      cell(input.description),
    ]),
  ),
  outputs: table(
    ['Output', 'What it is'],
    Object.entries(action.outputs).map(([name, output]) => [`\`${name}\``, cell(output.description)]),
  ),
};

const before = await readFile(readme, 'utf8');
let after = before;
const put = (open, close, text) => {
  const start = after.indexOf(open);
  const end = after.indexOf(close, start);
  if (start < 0 || end < start) throw new Error(`README.md has no place for ${open} … ${close}`);
  after = `${after.slice(0, start)}${open}\n${text}\n${after.slice(end)}`;
};
for (const [name, text] of Object.entries(tables))
  put(`<!-- ${name} of action.yml -->`, `<!-- end of ${name} -->`, text);
for (const [, file] of before.matchAll(/^<!-- file (\S+) -->$/gm)) {
  const text = await readFile(path.join(root, file), 'utf8');
  const language = path.extname(file) === '.toml' ? 'toml' : 'yaml';
  put(`<!-- file ${file} -->`, '<!-- end of file -->', `\n\`\`\`${language} ${file}\n${text}\`\`\`\n`);
}

const licences = path.join(root, 'docs/licences.md');
const { packages } = await bundleAll();
const pages = [
  { file: readme, before, after },
  {
    file: licences,
    before: await readFile(licences, 'utf8').catch(() => ''),
    after: licencePage(packages),
  },
];

for (const page of pages.filter((one) => one.before !== one.after)) {
  if (process.argv.includes('--check')) {
    console.error(`${path.relative(root, page.file)} is not what it is made from. Run: npm run docs`);
    process.exitCode = 1;
  } else await writeFile(page.file, page.after);
}
