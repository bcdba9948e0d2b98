// Writes the generated parts of docs/: the tables of inputs.md from action.yml, the help and exit
// codes of cli.md, and licences.md. `--check` fails if one is out of date.
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { bundleAll } from './lib/bundle.mjs';
import { licencePage } from './lib/licences.mjs';

const root = path.dirname(import.meta.dirname);
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

/** A page with the text between two marks replaced. */
function between(page, name, open, close, inner) {
  const start = page.indexOf(open);
  const end = page.indexOf(close, start);
  if (start < 0 || end < start) throw new Error(`${name} has no place for ${open} … ${close}`);
  return `${page.slice(0, start)}${open}\n${inner}\n${page.slice(end)}`;
}

const inputsPage = (text) =>
  Object.entries(tables).reduce(
    (page, [name, inner]) =>
      between(page, 'docs/inputs.md', `<!-- ${name} of action.yml -->`, `<!-- end of ${name} -->`, inner),
    text,
  );

/** The command line's page, with the help of each command as it prints it, and its exit codes. */
async function commandPage(text) {
  const { exitCodes } = await import('../src/cli/exit-codes.ts');
  const rows = exitCodes.map(({ code, name, when }) => [`${code}`, name, when]);
  let page = between(
    text,
    'docs/cli.md',
    '<!-- exit codes -->',
    '<!-- end of exit codes -->',
    table(['Exit', 'Name', 'When'], rows),
  );
  for (const [open, command] of text.matchAll(/^<!-- help of (\w+) -->$/gm)) {
    const help = await helpOf(command);
    const folded = `<details><summary>uv-fod ${command} --help</summary>\n\n\`\`\`text\n${help}\`\`\`\n\n</details>`;
    page = between(page, 'docs/cli.md', open, '<!-- end of help -->', `\n${folded}\n`);
  }
  return page;
}

async function helpOf(command) {
  const program = path.join(root, 'src/cli.ts');
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
  const { stdout } = await promisify(execFile)(process.execPath, [program, command, '--help'], { env });
  return stdout;
}

const { packages } = await bundleAll();
const generated = {
  'docs/inputs.md': inputsPage,
  'docs/licences.md': () => licencePage(packages),
  'docs/cli.md': commandPage,
};

for (const [name, make] of Object.entries(generated)) {
  const file = path.join(root, name);
  const before = await readFile(file, 'utf8').catch(() => '');
  const after = await make(before);
  if (before === after) continue;
  if (process.argv.includes('--check')) {
    console.error(`${name} is out of date. Run: npm run docs`);
    process.exitCode = 1;
  } else await writeFile(file, after);
}
