import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);

// src/effects/addresses.ts
import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
var special = new BlockList();
for (const network of [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"],
  ...["192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"],
  ...["198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"]
]) {
  const [address = "", prefix] = network.split("/");
  special.addSubnet(address, Number(prefix), "ipv4");
}
var globalUnicast = new BlockList();
globalUnicast.addSubnet("2000::", 3, "ipv6");
for (const network of ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]) {
  const [address = "", prefix] = network.split("/");
  special.addSubnet(address, Number(prefix), "ipv6");
}
function isPublicAddress(address) {
  const family = isIP(address);
  if (family === 4) return !special.check(address, "ipv4");
  return family === 6 && globalUnicast.check(address, "ipv6") && !special.check(address, "ipv6");
}
var resolveBySystem = async (name) => (await lookup(name, { all: true })).map(({ address }) => address);
async function innerAddress({ hostname }, resolve) {
  const name = hostname.replace(/^\[|\]$/g, "");
  const addresses = isIP(name) ? [name] : await resolve(name).catch(() => []);
  return addresses.find((address) => !isPublicAddress(address));
}

export {
  isPublicAddress,
  resolveBySystem,
  innerAddress
};
