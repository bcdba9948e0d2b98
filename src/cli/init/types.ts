import type { NixOptions } from '../nix-options.ts';
import type { ForgeName } from './forges.ts';
import type { Use } from './uses.ts';

export interface InitOptions extends NixOptions {
  readonly attribute: string | undefined;
  readonly use?: Use;
  readonly forge?: ForgeName;
  readonly action?: string;
  readonly yes: boolean;
  readonly force: boolean;
  readonly dryRun: boolean;
  readonly verbose: boolean;
  readonly json: boolean;
}
