// jest's environment of Node, with longer time limits: a limit only has to end a test that hangs,
// and was chosen on an idle machine. On one with ten busy loops a test takes up to eight times as
// long, and fails no more often.
import { createRequire } from 'node:module';
import NodeEnvironment from 'jest-environment-node';

const slowdown = 8;

export default class extends NodeEnvironment {
  // Large libraries are loaded once, and not again for each file (__tests__/support/files).
  async setup() {
    await super.setup();
    this.global.requireByNode = createRequire(import.meta.url);
  }

  handleTestEvent({ name, test, hook }, { testTimeout }) {
    if (name === 'test_fn_start') test.timeout = slowdown * (test.timeout ?? testTimeout);
    if (name === 'hook_start' && !this.#seen.has(hook)) {
      this.#seen.add(hook);
      hook.timeout = slowdown * (hook.timeout ?? testTimeout);
    }
  }

  // A hook such as beforeEach starts many times.
  #seen = new Set();
}
