import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  noOptions
} from "./chunk-4I5RXFOO.js";

// src/config/plain.ts
function plainPackage(attribute, nix) {
  return {
    ...{ name: attribute, attribute, nix },
    ...{ releases: void 0, versionFiles: [], sourceHash: void 0, hasSource: false, also: [] },
    ...{ group: void 0, pullRequest: noOptions }
  };
}

export {
  plainPackage
};
