import type { Page } from '@playwright/test';
import type { Input, OperationName, Output, Reply } from '#shared/contract/contract.ts';

/** Calls an operation over the transport of the page: the bridge of the preload script, or the loopback host's address. */
export async function callOperation<N extends OperationName>(page: Page, name: N, input: Input<N>): Promise<Output<N>> {
  const request: { name: string; input: unknown } = { name, input };
  const reply = await page.evaluate(async (sent): Promise<unknown> => {
    const bridge = (window as { counterledger?: { call(name: string, input: unknown): Promise<unknown> } })
      .counterledger;
    if (bridge) return bridge.call(sent.name, sent.input);
    const response = await fetch('/call', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(sent),
    });
    return response.json();
  }, request);
  // The host answers what the contract says; its conformance suite checks that.
  const answer = reply as Reply<N>;
  if (!answer.ok) throw new Error(`${name}: ${answer.error.code} ${JSON.stringify(answer.error.details)}`);
  return answer.value;
}
