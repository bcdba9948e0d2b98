import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);

// src/config/cache.ts
var address = /^(?:file|s3|ssh|ssh-ng|https?):\/\/[^\s]+$/;
var cacheText = "the address of a binary cache (file://, s3://, ssh://, ssh-ng://, http:// or https://) without a password in it";
function isCacheAddress(text) {
  return address.test(text) && URL.canParse(text) && new URL(text).password === "";
}

export {
  cacheText,
  isCacheAddress
};
