import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);

// src/ports/once.ts
function once(make) {
  let made;
  return () => {
    made ??= make();
    return made;
  };
}

export {
  once
};
