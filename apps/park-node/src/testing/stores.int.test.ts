import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { storeKinds, useStore } from './stores.ts';

describe.each(storeKinds)('A test store, %s', (kind) => {
  const store = useStore(kind);

  it('has every table and not a row', async () => {
    const { rows } = await store.write((tx) => sql`select count(*) as cases from cases`.execute(tx));
    expect(rows).toEqual([{ cases: 0 }]);
  });
});
