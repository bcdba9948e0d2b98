import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { pathBelow } from '../system/inside.ts';
import type { Run } from '../system/run.ts';

/** The start of attribute paths. */
export type NixRoot =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'flake'; readonly flake: string }
  | { readonly kind: 'expression'; readonly expression: string };

/** A reference to a derivation: an attribute of a Nix file, a flake or an expression. */
export interface DerivationRef {
  /** Absolute path of the `.nix` file, of `flake.nix`, or of the file with the expression. */
  readonly file: string | undefined;
  /**
   * Attribute path, e.g. `authentik-django` or `packages.backend`; the name of the file if that is
   * one derivation.
   */
  readonly attribute: string;
  /** Whether the value of `file` is the derivation, without an attribute. */
  readonly isWhole?: boolean;
  /** The start of the path, if it is not the value of `file`. */
  readonly root?: Root;
  /** The system to evaluate for, if it is not the one that Nix builds for. */
  readonly system?: string;
}

export type Root =
  /**
   * A flake's `packages`, `legacyPackages` and own attributes, for the system that Nix builds for.
   */
  | {
      readonly kind: 'flake';
      readonly url: string;
      /** The checkout that Nix copied the flake from. */
      readonly checkout: string;
    }
  /** An expression; its relative paths start at the current folder. */
  | {
      readonly kind: 'expression';
      readonly expression: string;
      /** Folder of the build lock, if the derivation does not name one. */
      readonly folder: string;
      /** Used instead of the current folder. */
      readonly cwd?: string;
    };

/**
 * The reference for a package of a configuration, an input or an option.
 * @param attribute empty for a Nix file that is one derivation
 * @param checkout root of the repository; a flake has the files that git tracks
 * @param file the configuration, if it has the expression
 */
export function derivationRef(
  nix: NixRoot,
  attribute: string,
  checkout: string,
  file?: string,
): DerivationRef {
  switch (nix.kind) {
    case 'file':
      return {
        file: path.resolve(checkout, nix.file),
        ...(attribute === '' ? { attribute: path.basename(nix.file), isWhole: true } : { attribute }),
      };
    case 'expression':
      return { file, attribute, root: { ...nix, folder: checkout } };
    case 'flake': {
      const folder = path.posix.normalize(nix.flake).replace(/\/$/, '');
      const url = new URL(`git+${pathToFileURL(checkout).href}`);
      // Checkouts of runners are shallow, which Nix refuses by default.
      url.searchParams.set('shallow', '1');
      if (folder !== '.') url.searchParams.set('dir', folder);
      const root = { kind: 'flake', url: url.href, checkout } as const;
      return { file: path.join(checkout, folder, 'flake.nix'), attribute, root };
    }
  }
}

/**
 * As `derivationRef`, for paths that start at any folder, such as the current one.
 * A flake outside of git has all files of its folder.
 */
export async function derivationRefFrom(
  folder: string,
  nix: NixRoot,
  attribute: string,
  run: Run,
): Promise<DerivationRef> {
  if (nix.kind !== 'flake') return derivationRef(nix, attribute, folder);
  const flake = path.resolve(folder, nix.flake);
  const top = await run('git', ['-C', flake, 'rev-parse', '--show-toplevel', '--show-prefix']);
  const [checkout = '', prefix = ''] = top.stdout.split('\n');
  if (top.code === 0) return derivationRef({ kind: 'flake', flake: prefix || '.' }, attribute, checkout);
  const url = `path:${pathToFileURL(flake).pathname}`;
  return { file: path.join(flake, 'flake.nix'), attribute, root: { kind: 'flake', url, checkout: flake } };
}

/** The reference in a copy of the repository. @param copy folder that `root` was copied to */
export function movedRef(derivation: DerivationRef, root: string, copy: string): DerivationRef {
  const moved = (one: string): string => path.join(copy, path.relative(root, one));
  const { file, root: from } = derivation;
  const there = { ...derivation, file: file === undefined ? undefined : moved(file) };
  if (from?.kind === 'expression') {
    const here = path.resolve();
    const cwd = pathBelow(root, here) === undefined ? here : moved(here);
    const expression = from.expression.replaceAll(root, copy);
    return { ...there, root: { ...from, expression, folder: moved(from.folder), cwd } };
  }
  if (from?.kind !== 'flake') return there;
  const url = new URL(from.url);
  url.pathname = pathToFileURL(moved(fileURLToPath(`file://${url.pathname}`))).pathname;
  return { ...there, root: { ...from, url: url.href, checkout: copy } };
}

/** Folder of the build lock, if the derivation names none. */
export function folderOf({ file, root }: DerivationRef): string {
  if (root?.kind === 'expression') return root.folder;
  return path.dirname(file ?? '.');
}

/** The name of the Nix code in a message. */
export function nameOf({ file, root }: DerivationRef): string {
  return root?.kind === 'expression' || file === undefined ? 'the expression' : `'${file}'`;
}

/** The position for a message about the whole file. */
export function placeOf({ file }: DerivationRef): { at?: { file: string } } {
  return file === undefined ? {} : { at: { file } };
}
