import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);

// src/config/names.ts
function isAttributePath(text) {
  return text.length <= 500 && /^\.?[A-Za-z_0-9][\w'+-]*(\.[A-Za-z_0-9][\w'+-]*)*$/.test(text);
}
function isHubName(text) {
  return /^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100}$/.test(text) && !/\/\.{1,2}$/.test(text);
}
function isPackageName(text) {
  return text.length <= 200 && /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(text);
}
function isGitUrl(text) {
  return /^(https?|ssh):\/\//.test(text) && URL.canParse(text) && !/\s/.test(text);
}
function isRefName(text) {
  return text.length <= 244 && /^[\w][\w./+@-]*$/.test(text) && !/\.\.|\/\/|@\{|\.lock(\/|$)|\/\.|[./]$/.test(text);
}
function isInnerPath(text) {
  return text !== "" && !/^[/~\\]|\\|\0/.test(text) && !text.split("/").includes("..");
}
function isHost(text) {
  return text.length <= 260 && /^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?$/.test(text);
}

export {
  isAttributePath,
  isHubName,
  isPackageName,
  isGitUrl,
  isRefName,
  isInnerPath,
  isHost
};
