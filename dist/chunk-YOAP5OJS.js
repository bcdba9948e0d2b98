import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  UserError
} from "./chunk-ANVYJIUY.js";
import "./chunk-AXWMS7HC.js";

// src/cli/init/ask.ts
import { setTimeout } from "node:timers/promises";
async function askOnTerminal(signal, interrupt) {
  const [{ default: select }, { default: input }] = await Promise.all([
    import("./chunk-BSAP5IEN.js"),
    import("./chunk-OT5T33T6.js")
  ]);
  const context = { output: process.stderr, signal };
  return {
    choose: (message, choices) => answered(select({ message, choices }, context), signal, interrupt),
    text: (message, proposed) => answered(input({ message, default: proposed }, context), signal, interrupt)
  };
}
async function answered(question, signal, interrupt) {
  try {
    return await question;
  } catch (cause) {
    if (!(cause instanceof Error) || !/^(Exit|Abort)PromptError$/.test(cause.name)) throw cause;
    interrupt();
    await setTimeout(1e3, void 0, { signal }).catch(() => {
    });
    throw new UserError("cancelled", "Cancelled at a question: nothing was written.", { cause });
  }
}
export {
  askOnTerminal
};
