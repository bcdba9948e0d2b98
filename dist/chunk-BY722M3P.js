import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);

// src/ports/errors.ts
var UserError = class extends Error {
  /** Stable, documented identifier of the kind of failure, e.g. `lock-missing`. */
  code;
  /** Position of what is wrong, where there is one; line and column count from 1. */
  at;
  /** Last lines of the failing stage's log, shown in a group of their own. */
  log;
  constructor(code, message, more = {}) {
    super(message, { cause: more.cause });
    this.name = "UserError";
    this.code = code;
    this.at = more.at;
    this.log = more.log;
  }
};

export {
  UserError
};
