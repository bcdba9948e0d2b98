import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { plainPackage } from '../config/package.ts';
import { parseConfig } from '../config/parse.ts';
import { type Proposal, proposals } from '../config/proposals.ts';
import type { Config, PackageConfig } from '../config/types.ts';
import { type DerivationRef, derivationRef, derivationRefFrom } from '../nix/target.ts';
import { ifUserError, UserError } from '../system/errors.ts';
import { readText } from '../system/files.ts';
import type { Run } from '../system/run.ts';
import { lackOf } from '../system/sandbox.ts';
import { nearest } from '../system/suggest.ts';
import { type Checkout, noCommits, openCheckout, textInCommit } from '../update/checkout.ts';
import type { Context } from '../update/context.ts';
import type { CliContext } from './context.ts';
import { choicesOf, hasChoices, isNamed, isNixGiven, nixRoot, type PackageOptions } from './options.ts';

/** The packages that a command works on, with their checkout and configuration. */
export interface Session {
  readonly context: Context;
  readonly checkout: Checkout;
  /**
   * Folder that paths in patches are relative to: the root of the repository, or the current folder
   * for a named attribute.
   */
  readonly root: string;
  /** Undefined if it is missing or not used. */
  readonly config: Config | undefined;
  /** Packages by group; either all packages of a group are changed, or none. */
  readonly groups: readonly Proposal[];
  readonly derivationOf: (one: PackageConfig) => Promise<DerivationRef>;
}

/** Runs a command on the packages that its options name. */
export function withSession<T>(
  options: PackageOptions,
  cli: CliContext,
  body: (session: Session) => Promise<T>,
): Promise<T> {
  return withCheckout(options, cli, async (context, checkout) =>
    body(await openSession(options, context, checkout)),
  );
}

/** Runs a command on the current checkout, and deletes its temporary files at the end. */
export async function withCheckout<T>(
  { config, verbose = false }: { readonly config?: string; readonly verbose?: boolean },
  cli: CliContext,
  body: (context: Context, checkout: Checkout) => Promise<T>,
): Promise<T> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'uv-fod-'));
  try {
    const allowed = async (run: Run) => (await findConfig(config, run)).config?.allowedHosts;
    const context = cli.context(scratch, verbose, allowed);
    const lack = lackOf(await context.sandbox());
    if (lack !== undefined) context.log.warning(`${lack}: builds can read your files and environment.`);
    return await body(context, await openHere(context.run));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function openSession(options: PackageOptions, made: Context, checkout: Checkout): Promise<Session> {
  const { attributes } = options;
  if (attributes.length === 0 && options.expression !== undefined)
    throw new UserError('input-invalid', 'Name an attribute of the value of --expression.');
  const { file: configFile, config } = await findConfig(options.config, made.run);
  const context = { ...made, verification: { ...made.verification, ...committed(checkout) } };
  const known = isNixGiven(options) ? [] : (config?.packages ?? []);
  const named = namedPackages(known, attributes, configFile);
  if (!isNamed(options) || named.length > 0) {
    if (config === undefined) throw noConfig(configFile, options.command);
    if (hasChoices(options))
      throw new UserError(
        'input-invalid',
        `--dependencies, --imports, --interpreter and --allow-drift are for an attribute that is not in the configuration; write them into ${path.relative('.', configFile)}, as keys of the package.`,
      );
    const groups = proposals({ packages: attributes.length === 0 ? config.packages : named });
    const derivationOf = async (one: PackageConfig): Promise<DerivationRef> =>
      derivationRef(one.nix, one.attribute, checkout.root, configFile);
    return { context, checkout, root: checkout.root, config, groups, derivationOf };
  }
  const nix = nixRoot(options);
  const choices = choicesOf(options);
  // For a flake, the default package, as in Nix's own commands; for a file, the file itself.
  const paths = attributes.length > 0 ? attributes : [nix.kind === 'flake' ? 'default' : ''];
  const groups = proposals({ packages: [...new Set(paths)].map((one) => plainPackage(one, nix, choices)) });
  const root = process.cwd();
  const derivationOf = ({ attribute }: PackageConfig) => derivationRefFrom(root, nix, attribute, context.run);
  return { context, checkout, root, config: undefined, groups, derivationOf };
}

/**
 * The packages of the configuration that arguments name.
 * @returns none if all arguments are attributes of Nix code
 * @throws UserError `input-invalid` if only some of them are in the configuration
 */
function namedPackages(
  known: readonly PackageConfig[],
  attributes: readonly string[],
  file: string,
): PackageConfig[] {
  const isNamedBy = (text: string) => (one: PackageConfig) => text === one.name || text === one.attribute;
  const named = known.filter((one) => attributes.some((text) => isNamedBy(text)(one)));
  const other = attributes.find((text) => !known.some(isNamedBy(text)));
  if (named.length === 0 || other === undefined) return named;
  const meant = nearest(
    other,
    known.map(({ name }) => name),
  );
  throw new UserError(
    'input-invalid',
    `'${other}' is not in the configuration ${path.relative('.', file)}, as the other packages are.${meant === undefined ? '' : ` Did you mean '${meant}'?`} Add it there, or run the command for '${other}' alone.`,
  );
}

/** Build locks are verified against the checked-out commit, if there is one. */
const committed = (checkout: Checkout): Partial<Context['verification']> =>
  checkout.head === '' ? {} : { baseText: (file) => textInCommit(checkout, checkout.head, file) };

/** The configuration that `--config` names, otherwise the repository's. */
async function findConfig(
  given: string | undefined,
  run: Run,
): Promise<{ file: string; config: Config | undefined }> {
  const file = path.resolve(given ?? path.join((await topFolder(run)) ?? '.', '.github/uv-fod.toml'));
  const text = await readText(file);
  if (text === undefined && given !== undefined)
    throw new UserError('config-missing', `The configuration ${given} does not exist. Correct --config.`);
  return { file, config: text === undefined ? undefined : parseConfig(text, path.relative('.', file)) };
}

async function topFolder(run: Run): Promise<string | undefined> {
  const { code, stdout } = await run('git', ['rev-parse', '--show-toplevel']);
  return code === 0 ? stdout.trimEnd() : undefined;
}

/**
 * The checkout that contains the current folder. Outside of git or without a commit, only a folder.
 */
async function openHere(run: Run): Promise<Checkout> {
  const found = await openCheckout(process.cwd(), run).catch(ifUserError);
  return found ?? noCommits((await topFolder(run)) ?? process.cwd());
}

const noConfig = (file: string, command: string): UserError =>
  new UserError(
    'config-missing',
    `The configuration ${path.relative('.', file)} does not exist. Write it with 'uv-fod init', or name an attribute, as in 'uv-fod ${command} authentik-django'.`,
  );
