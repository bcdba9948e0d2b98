// One jest project for each ring (`script/test RING`). Tests import TypeScript as native ES
// modules; nothing is mocked by module, so every ring runs the code as it is.
const ring = (name) => ({
  displayName: name,
  rootDir: import.meta.dirname,
  testMatch: [`<rootDir>/__tests__/${name}/**/*.test.ts`],
  testEnvironment: '<rootDir>/script/lib/jest-environment.mjs',
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/script/lib/jest-types.mjs' },
});

export default {
  projects: [
    ...['unit', 'programs', 'machine', 'plan', 'nix', 'e2e', 'workflows', 'faults', 'gitea'],
    ...['nixpkgs', 'aarch64'],
  ].map(ring),
};
