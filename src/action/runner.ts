import type { WriteSboms } from '../contents/sbom.ts';
import type { Checkout } from '../update/checkout.ts';
import type { Context } from '../update/context.ts';
import type { Base } from './base.ts';
import type { Connections } from './forge.ts';
import type { Inputs } from './inputs.ts';
import type { Trigger } from './trigger.ts';

/** What the entry passes to every mode. */
export interface Runner extends Connections {
  readonly inputs: Inputs;
  readonly trigger: Trigger;
  readonly context: Context;
  /** Opens the workspace's, once. @throws UserError as `openCheckout` does */
  readonly checkout: () => Promise<Checkout>;
  readonly base: Base;
  readonly writeSboms: WriteSboms;
  /** The index of the user's own settings, for releases that are looked for there. */
  readonly index: string | undefined;
}
