import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);

// src/hash/nar.ts
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, readdir, readlink } from "node:fs/promises";
import path from "node:path";
async function writeNar(root, write) {
  write(narStrings("nix-archive-1"));
  const open = [];
  const enter = async (file) => {
    const names = await writeNode(file, write);
    if (names) open.push({ names, next: 0, dir: file });
  };
  await enter(Buffer.from(root));
  for (let folder = open.at(-1); folder; folder = open.at(-1)) {
    const name = folder.names[folder.next++];
    if (name) {
      write(narStrings("entry", "(", "name", name, "node"));
      const depth = open.length;
      await enter(Buffer.concat([folder.dir, Buffer.from(path.sep), name]));
      if (open.length === depth) write(narStrings(")"));
    } else {
      open.pop();
      write(narStrings(")"));
      if (open.length > 0) write(narStrings(")"));
    }
  }
}
async function writeNode(file, write) {
  const stat = await lstat(file);
  if (stat.isDirectory()) {
    write(narStrings("(", "type", "directory"));
    return (await readdir(file, { encoding: "buffer" })).sort(Buffer.compare);
  }
  if (stat.isSymbolicLink()) {
    write(narStrings("(", "type", "symlink", "target", await readlink(file, { encoding: "buffer" }), ")"));
  } else if (stat.isFile()) {
    write(narStrings("(", "type", "regular", ...stat.mode & 64 ? ["executable", ""] : [], "contents"));
    await writeContents(file, stat.size, write);
    write(narStrings(")"));
  } else {
    throw new Error(`${file.toString()} is neither a file, a folder nor a symlink: it has no Nix archive`);
  }
  return void 0;
}
async function writeContents(file, size, write) {
  write(narLength(size));
  let read = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    read += chunk.length;
    write(chunk);
  }
  if (read !== size) throw new Error(`${file.toString()} changed while it was read`);
  write(narPadding(size));
}
var narPadding = (size) => Buffer.alloc((8 - size % 8) % 8);
function narLength(size) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(size));
  return bytes;
}
function narStrings(...texts) {
  return Buffer.concat(
    texts.flatMap((text) => {
      const bytes = Buffer.from(text);
      return [narLength(bytes.length), bytes, narPadding(bytes.length)];
    })
  );
}
async function narHash(root) {
  const hash = createHash("sha256");
  await writeNar(root, (bytes) => hash.update(bytes));
  return sri(hash);
}
function sri(hash) {
  return `sha256-${hash.digest("base64")}`;
}

export {
  narHash
};
