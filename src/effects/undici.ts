// A bundle of its own: see script/lib/bundle.mjs.
export { EnvHttpProxyAgent, fetch } from 'undici';
