import { expect, it } from 'vitest';
import { contract } from '#shared/contract/contract.ts';
import { openTestBackend } from '#test/support/test-backend.ts';

it('describes every operation with schemas that are plain JSON', async () => {
  const test = await openTestBackend();
  const { operations } = await test.call('operations.list', {});
  expect(operations.map(({ name }) => name).sort()).toEqual(Object.keys(contract).sort());
  expect(JSON.parse(JSON.stringify(operations))).toEqual(operations);
  const list = operations.find(({ name }) => name === 'ledger.list');
  expect(list).toMatchObject({ kind: 'query', input: { type: 'object', properties: { limit: { maximum: 500 } } } });
  await test.close();
});
