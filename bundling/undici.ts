import type { Plugin } from 'rolldown';
import { rewrite } from './rewrite.ts';

/**
 * Of undici what `webui/` imports from it: its `fetch`, WebSocket, caches and mocks, and Node's HTTP/2, which `allowH2: false` never uses,
 * are half of the 40 ms that loading it takes.
 */
export const undiciThatIsUsed: Plugin[] = [
  {
    name: 'undici-that-is-used',
    resolveId: (id) => (id === 'undici' ? `\0${id}` : null),
    load: (id) =>
      id === '\0undici'
        ? `
          import api from 'undici/lib/api/index.js';
          import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
          Object.assign(Dispatcher.prototype, api);
          export { default as Pool } from 'undici/lib/dispatcher/pool.js';
          export { default as buildConnector } from 'undici/lib/core/connect.js';
          export { default as errors } from 'undici/lib/core/errors.js';
        `
        : null,
  },
  rewrite('undici-without-http2', /undici\/lib\/dispatcher\/client\.js$/, [
    [/require\('\.\/client-h2\.js'\)/, 'null'],
  ]),
];
