// Writes what README.md has from elsewhere (the tables of inputs and outputs from action.yml, and the workflows to copy) and
// docs/licences.md, and the help and exit codes of docs/cli.md. `--check` fails where they differ.
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
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

/** The command line's page, with the help of each command as it prints it, and its exit codes. */
async function commandPage(text) {
  const { exitCodes } = await import('../src/cli/exit-codes.ts');
  const rows = exitCodes.map(({ code, name, when }) => [`${code}`, name, when]);
  const between = (page, open, close, inner) => {
    const start = page.indexOf(open);
    const end = page.indexOf(close, start);
    if (start < 0 || end < start) throw new Error(`docs/cli.md has no place for ${open}`);
    return `${page.slice(0, start)}${open}\n${inner}\n${page.slice(end)}`;
  };
  let page = between(
    text,
    '<!-- exit codes -->',
    '<!-- end of exit codes -->',
    table(['Exit', 'Name', 'When'], rows),
  );
  for (const [open, command] of text.matchAll(/^<!-- help of (\w+) -->$/gm)) {
    const help = await helpOf(command);
    const folded = `<details><summary>uv-fod ${command} --help</summary>\n\n\`\`\`text\n${help}\`\`\`\n\n</details>`;
    page = between(page, open, '<!-- end of help -->', `\n${folded}\n`);
  }
  return page;
}

async function helpOf(command) {
  const program = path.join(root, 'src/entry/cli.ts');
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
  const { stdout } = await promisify(execFile)(process.execPath, [program, command, '--help'], { env });
  return stdout;
}

const licences = path.join(root, 'docs/licences.md');
const commands = path.join(root, 'docs/cli.md');
const commandsBefore = await readFile(commands, 'utf8');
const { packages } = await bundleAll();
const pages = [
  { file: readme, before, after },
  {
    file: licences,
    before: await readFile(licences, 'utf8').catch(() => ''),
    after: licencePage(packages),
  },
  { file: commands, before: commandsBefore, after: await commandPage(commandsBefore) },
];

for (const page of pages.filter((one) => one.before !== one.after)) {
  if (process.argv.includes('--check')) {
    console.error(`${path.relative(root, page.file)} is not what it is made from. Run: npm run docs`);
    process.exitCode = 1;
  } else await writeFile(page.file, page.after);
}
