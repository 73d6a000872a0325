/** Carries the id of the request to the sign-in library; whatever a client sends under this name is dropped. */
export const requestIdHeader = 'x-twinpark-request';

/**
 * The sign-in library's own endpoints that a browser may call, below its base path: the two ceremonies of a passkey,
 * whose messages belong to the browser's own interface, and the way back from a provider. Everything else that the
 * library has is out of reach; what the node offers of it has an endpoint in the contract.
 */
export const reachable: readonly { readonly method: 'GET' | 'POST'; readonly path: string }[] = [
  { method: 'GET', path: '/passkey/generate-register-options' },
  { method: 'POST', path: '/passkey/verify-registration' },
  { method: 'GET', path: '/passkey/generate-authenticate-options' },
  { method: 'POST', path: '/passkey/verify-authentication' },
  { method: 'GET', path: '/callback/:provider' },
];
