// Writes the tables of inputs and outputs in README.md from action.yml. `--check` fails where they differ.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';

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
for (const [name, text] of Object.entries(tables)) {
  const [open, close] = [`<!-- ${name} of action.yml -->`, `<!-- end of ${name} -->`];
  const [start, end] = [after.indexOf(open), after.indexOf(close)];
  if (start < 0 || end < start) throw new Error(`README.md has no place for the ${name}: ${open} … ${close}`);
  after = `${after.slice(0, start)}${open}\n${text}\n${after.slice(end)}`;
}

if (!process.argv.includes('--check')) await writeFile(readme, after);
else if (after !== before) {
  console.error('README.md does not say what action.yml says. Run: npm run docs');
  process.exit(1);
}
