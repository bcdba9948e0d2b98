// Jest's transformer: Node's own type stripping, which is how Node 24 runs these sources anyway.
// Positions stay as they are, so no source map is needed; types are checked by tsc.
import { stripTypeScriptTypes } from 'node:module';

export default { process: (source) => ({ code: stripTypeScriptTypes(source) }) };
