/** Uses of a workflow, each with the name of its example. */
export const uses = {
  update: 'bump',
  updater: 'updater',
  check: 'check',
  'two-jobs': 'two-jobs',
} as const;
export type Use = keyof typeof uses;
