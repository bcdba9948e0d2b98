import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);

// src/artifacts/redirects.ts
var most = 5;
function webAddress(address, refused) {
  const url = URL.parse(address);
  if (!url || url.protocol !== "https:" && url.protocol !== "http:") throw refused();
  return url;
}
async function getFollowing(start, headers, network, signal, refusals) {
  let url = start;
  for (let hops = 0; hops <= most; hops += 1) {
    const authorization = network.authorization(url);
    const sent = { ...headers, ...authorization === void 0 ? {} : { authorization } };
    const answer = await network.get(url, sent, signal);
    const isRedirect = [301, 302, 303, 307, 308].includes(answer.status);
    const location = isRedirect ? answer.header("location") : void 0;
    if (location === void 0) return answer;
    answer.body.discard();
    const next = webAddress(URL.parse(location, url.href)?.href ?? location, refusals.address);
    if (url.protocol === "https:" && next.protocol === "http:") throw refusals.plainHttp(url, next);
    await network.beforeRedirect?.(url, next);
    url = next;
  }
  throw refusals.tooMany(most);
}

export {
  webAddress,
  getFollowing
};
