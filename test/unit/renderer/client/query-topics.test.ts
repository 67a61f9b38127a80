import { describe, expect, it } from 'vitest';
import { contract } from '#shared/contract/contract.ts';
import { queryTopics } from '#renderer/client/query-topics.ts';

const featureOf = (name: string) => name.split('.')[0] ?? '';

describe('queryTopics', () => {
  it('has every query of the contract and nothing else', () => {
    const queries = Object.entries(contract)
      .filter(([, operation]) => operation.kind === 'query')
      .map(([name]) => name);
    expect(Object.keys(queryTopics).sort()).toEqual(queries.sort());
  });

  it('depends on a topic of its own feature wherever a command announces one', () => {
    const announced = new Set<string>(Object.values(contract).flatMap((operation) => operation.changes));
    const once = new Set(['ledger.prove', 'ledger.proveConsistency', 'ledger.erasePreview', 'ledger.verify']);
    const forgetful = Object.entries<readonly string[]>(queryTopics)
      .filter(([name]) => announced.has(featureOf(name)) && !once.has(name))
      .filter(([name, topics]) => !topics.includes(featureOf(name)));
    expect(forgetful).toEqual([]);
  });
});
