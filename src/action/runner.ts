import type { WriteSboms } from '../contents/sbom.ts';
import type { Checkout } from '../update/checkout.ts';
import type { Context } from '../update/context.ts';
import type { Base } from './base.ts';
import type { Connections } from './forge.ts';
import type { Inputs } from './inputs.ts';
import type { Trigger } from './trigger.ts';

/** The dependencies that main.ts passes to every mode. */
export interface Runner extends Connections {
  readonly inputs: Inputs;
  readonly trigger: Trigger;
  readonly context: Context;
  /** Opens the checkout in the workspace, once. @throws UserError of `openCheckout` */
  readonly checkout: () => Promise<Checkout>;
  readonly base: Base;
  readonly writeSboms: WriteSboms;
  /** The package index from the environment, to look for releases. */
  readonly index: string | undefined;
}
