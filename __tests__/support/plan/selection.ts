import type { Selection } from '../../../src/uv/plan/selection.ts';

/** The project itself and nothing optional. */
export const DEFAULT_SELECTION: Selection = {
  packages: [],
  allPackages: false,
  extras: [],
  groups: [],
  defaultGroups: false,
};
