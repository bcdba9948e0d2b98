import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseConfig } from '../../config/parse.ts';
import type { NixRoot } from '../../nix/target.ts';
import { UserError } from '../../system/errors.ts';
import { readText } from '../../system/files.ts';
import { jsonText } from '../../system/printable.ts';
import { patchText } from '../../update/patch-text.ts';
import { paintDiff } from '../diff-text.ts';
import type { Effects } from '../effects.ts';
import type { Io } from '../io.ts';
import { nixRoot } from '../nix-options.ts';
import { withSession } from '../session.ts';
import { actionOf } from './action.ts';
import { eachHashOnce, type FoundPackage, type SeenPackage } from './attributes.ts';
import { decide } from './decide.ts';
import { configPath, configText, type NewFile, workflowOf } from './files.ts';
import { exampleFor, shadowed } from './forges.ts';
import { lookAt } from './look.ts';
import type { InitOptions } from './types.ts';

/** Runs `uv-fod init`. */
export async function runInit(options: InitOptions, io: Io, effects: Effects): Promise<void> {
  await withSession(
    { verbose: options.verbose, attribute: options.attribute ?? '_' },
    effects,
    async (session) => {
      const { parts, checkout } = session;
      const action = await actionOf(options.action, effects.clone, parts.run);
      const { packages: found, ...facts } = await lookAt(checkout.root, parts.run, parts.log);
      const named =
        options.attribute === undefined
          ? eachHashOnce(found)
          : [namedPackage(options, options.attribute, found, checkout.root)];
      for (const note of options.attribute === undefined ? facts.notes : [])
        io.stderr(`uv-fod: warning: ${note}\n`);
      const ask = options.yes || options.json ? undefined : await effects.ask?.();
      const decided = await decide({ ...facts, packages: named }, options, ask);
      const { use, forge } = decided;
      const warning = shadowed(forge, facts.seen);
      if (warning !== undefined) io.stderr(`uv-fod: warning: ${warning}\n`);
      const example = await effects.example(exampleFor(forge, use));
      const workflow = workflowOf(example, { forge, branch: facts.branch, action });
      const config: NewFile = { path: configPath, text: configText(decided.packages) };
      // The next command must be able to read it.
      parseConfig(config.text, configPath);
      const plan = await planFiles([config, workflow], checkout.root, options.force);
      if (!options.dryRun) await writeAll(plan.write, checkout.root);
      const result = { ...decided, ...plan, action, locks: facts.locks, dryRun: options.dryRun };
      io.stdout(options.json ? `${jsonText(result, 2)}\n` : describe(result, io));
    },
  );
}

function namedPackage(
  options: InitOptions,
  attribute: string,
  found: readonly SeenPackage[],
  root: string,
): FoundPackage {
  const isRooted = options.file ?? options.flake ?? options.expression;
  const [known] =
    isRooted === undefined ? eachHashOnce(found.filter((one) => one.attribute === attribute)) : [];
  return (
    known ?? { attribute, nix: fromTop(nixRoot(options), root), version: '', systems: [], source: undefined }
  );
}

/**
 * Paths in the configuration start at the root of the repository, those in options at the current
 * folder.
 */
function fromTop(nix: NixRoot, root: string): NixRoot {
  if (nix.kind === 'file') return { kind: 'file', file: path.relative(root, path.resolve(nix.file)) };
  if (nix.kind === 'flake')
    return { kind: 'flake', flake: path.relative(root, path.resolve(nix.flake)) || '.' };
  return nix;
}

interface Plan {
  readonly write: readonly (NewFile & { readonly before: string | undefined })[];
  /** Paths of existing files that are kept. */
  readonly kept: readonly string[];
}

/**
 * Keeps an existing configuration.
 * @throws UserError `file-exists` if a workflow exists and differs
 */
async function planFiles(files: readonly NewFile[], root: string, force: boolean): Promise<Plan> {
  const read = await Promise.all(
    files.map(async (file) => ({ ...file, before: await readText(path.join(root, file.path)) })),
  );
  const kept = read.filter(
    ({ path: name, before, text }) =>
      before === text || (!force && before !== undefined && name === configPath),
  );
  const write = read.filter((file) => !kept.includes(file));
  const taken = write.filter(({ before }) => before !== undefined);
  if (taken.length > 0 && !force)
    throw new UserError(
      'file-exists',
      `${taken.map(({ path: name }) => name).join(' and ')} exists with other content, so nothing was written. See what would change with --dry-run --force, overwrite it with --force, or choose another --use.`,
    );
  return { write, kept: kept.map(({ path: name }) => name) };
}

async function writeAll(files: readonly NewFile[], root: string): Promise<void> {
  for (const { path: name, text } of files) {
    const file = path.join(root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

function describe(
  {
    write,
    kept,
    packages,
    use,
    action,
    locks,
    dryRun,
  }: Plan &
    Awaited<ReturnType<typeof decide>> & { action: string; locks: readonly string[]; dryRun: boolean },
  io: Io,
): string {
  const lines = packages.map(
    ({ attribute, systems }) =>
      `${io.paint('heading', attribute)}${systems.length > 0 ? ` for ${systems.join(' and ')}` : ''}`,
  );
  lines.push(
    locks.length > 0
      ? `locks: ${locks.join(', ')}`
      : 'no uv.lock in the repository: it is in a fetched source, or create it with `uv lock`',
  );
  lines.push(...kept.map((name) => `kept ${name}`));
  if (dryRun) {
    lines.push(...write.map(({ path: name }) => `would write ${name}`));
    const edits = write.map(({ path: name, before, text }) => ({
      file: path.join('/', name),
      before,
      after: text,
    }));
    return `${lines.join('\n')}\n${paintDiff(patchText(edits, '/'), io)}`;
  }
  lines.push(...write.map(({ path: name }) => `wrote ${io.paint('good', name)}`), '', 'Next:');
  const steps = [
    ...(use === 'updater' && packages.some(({ releases }) => !releases)
      ? [`set in ${configPath} where the releases are (docs/configuration.md)`]
      : []),
    'run `uv-fod update`, which fills in the hashes and writes the build lock',
    `review uv-fod at ${action}, commit all of it, and push`,
  ];
  return `${[...lines, ...steps.map((step, index) => `  ${index + 1}. ${step}`)].join('\n')}\n`;
}
