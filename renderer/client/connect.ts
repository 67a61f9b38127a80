import { createClient, type Client } from './client.ts';
import { createBridgeTransport } from './transport-bridge.ts';
import { createHttpTransport } from './transport-http.ts';

/** The client over what this window has: the preload bridge, else HTTP to where the page came from. */
export function connect(): Client {
  return createClient(window.counterledger ? createBridgeTransport(window.counterledger) : createHttpTransport());
}
