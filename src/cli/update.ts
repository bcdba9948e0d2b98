import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { cacheText, isCacheAddress } from '../config/cache.ts';
import { whereFrom } from '../derivation/where.ts';
import { UserError } from '../ports/errors.ts';
import type { Parts, Update } from '../update/update.ts';
import type { Io } from './io.ts';
import { addNixOptions, type NixOptions, nixRoot } from './nix-options.ts';

interface UpdateOptions extends NixOptions {
  readonly attribute: string;
  readonly verify: boolean;
  readonly skipSecondDerivation?: boolean;
  readonly lockOnly?: boolean;
  readonly cacheTo?: string;
  readonly dryRun: boolean;
  readonly verbose: boolean;
  readonly json: boolean;
}

/** What the commands that run programs are handed by the entry point. */
export interface Effects {
  readonly parts: (scratch: string, verbose: boolean) => Promise<Parts>;
}

/** Adds `update`: brings a derivation's hash and build lock up to what its uv.lock says. */
export function registerUpdate(program: Command, io: Io, effects: Effects): void {
  addNixOptions(program.command('update'))
    .description("bring a derivation's hash and build lock up to its uv.lock, then build and import it")
    .argument('<attribute>', 'attribute of the derivation, e.g. authentik-django')
    .option('--no-verify', 'do not build the derivation')
    .option(
      '--skip-second-derivation',
      "believe the hash of Nix's own build, and do not compute it without Nix as well",
      false,
    )
    .addOption(
      new Option('--cache-to <address>', 'copy what was built and imported to this binary cache').argParser(
        cacheAddress,
      ),
    )
    .option('--dry-run', 'show what would change, and change nothing', false)
    .option('--verbose', 'show what the programs that run print', false)
    .option('--json', 'machine-readable', false)
    .action((attribute: string, options: UpdateOptions) => runUpdate({ ...options, attribute }, io, effects));
}

/** Adds `lock`: renews the build lock alone. */
export function registerLock(program: Command, io: Io, effects: Effects): void {
  addNixOptions(program.command('lock'))
    .description(
      'renew the build lock: what has to be built, with its build requirements pinned; hashes stay as they are',
    )
    .argument('<attribute>', 'attribute of the derivation, e.g. authentik-django')
    .option('--dry-run', 'show what would change, and change nothing', false)
    .option('--verbose', 'show what the programs that run print', false)
    .option('--json', 'machine-readable', false)
    .action((attribute: string, options: Omit<UpdateOptions, 'verify'>) =>
      runUpdate({ ...options, attribute, verify: false, lockOnly: true }, io, effects),
    );
}

const nothingToCopy = (): UserError =>
  new UserError(
    'input-invalid',
    'Only what was built and imported is copied to a cache; leave out --no-verify or --cache-to.',
  );

function cacheAddress(text: string): string {
  if (isCacheAddress(text)) return text;
  throw new InvalidArgumentError(`It takes ${cacheText}.`);
}

async function runUpdate(options: UpdateOptions, io: Io, effects: Effects): Promise<void> {
  const { update } = await import('../update/update.ts');
  const scratch = await mkdtemp(path.join(tmpdir(), 'uv-fod-'));
  try {
    const parts = await effects.parts(scratch, options.verbose);
    const where = await whereFrom(process.cwd(), nixRoot(options), options.attribute, parts.run);
    const { cacheTo: address } = options;
    if (address !== undefined && !options.verify) throw nothingToCopy();
    const result = await update(
      {
        ...{ where, verify: options.verify, lockOnly: options.lockOnly ?? false },
        trustNixAlone: options.skipSecondDerivation ?? false,
        ...(address === undefined
          ? {}
          : { cacheTo: { address, credentials: parts.cacheCredentials(address) } }),
      },
      parts,
    );
    await (options.dryRun ? result.undo() : result.keep());
    io.stdout(
      options.json ? `${JSON.stringify(asJson(result), null, 2)}\n` : describe(result, options.dryRun),
    );
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function asJson(result: Update): object {
  const { hashes, edits, out, imported, isCached, stages } = result;
  const files = edits.map(({ file }) => file);
  return { changed: edits.length > 0, hashes, files, out, imported, isCached, stages };
}

function describe({ hashes, edits, out, imported }: Update, dryRun: boolean): string {
  if (edits.length === 0) return 'Nothing to do: hash and build lock are what uv.lock asks for.\n';
  const lines = hashes.map(({ system, before, after }) =>
    before === after ? `${system}: ${after}, as before` : `${system}: ${before || '(none)'} → ${after}`,
  );
  lines.push(
    ...edits.map(({ file }) => `${dryRun ? 'would change' : 'changed'} ${path.relative('.', file)}`),
  );
  if (out !== undefined) lines.push(`built ${out}`);
  lines.push(...imported.map(({ module, file }) => `imported ${module} from ${file}`));
  return `${lines.join('\n')}\n`;
}
