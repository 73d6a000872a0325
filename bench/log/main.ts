import { compareInMemory } from './compare-in-memory.ts';
import { measureDatabase } from './measure-database.ts';

await compareInMemory([10_000, 100_000, 1_000_000, 10_000_000]);
await measureDatabase([10_000, 100_000, 1_000_000]);
