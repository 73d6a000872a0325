import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { listFiles, read } from './source-files.ts';

/** The JSON Schema serves editors, so a validator that is not ours must read it as we do. */
const schema = JSON.parse(read('packages/pack/zone-pack.schema.json'));
const validate = new Ajv.default({ strictTypes: false, allErrors: true }).compile(schema);

const packFiles = ['zone/hetao', 'packages/testkit/zone']
  .flatMap(listFiles)
  .filter((path) => path.endsWith('.yaml') && !path.includes('/examples/'));

describe('the JSON Schema of a pack file', () => {
  it.each(packFiles)('accepts %s', (path) => {
    validate(parse(read(path)));
    expect(validate.errors ?? []).toEqual([]);
  });

  it.each([
    ['a misspelt collection', { servces: [] }],
    ['a service without its steps', { services: [{ id: 'sample-permit', park: 'north' }] }],
    ['an id with capitals', { evidenceTypes: [{ id: 'FloorPlan', name: { en: 'Floor plan' } }] }],
    [
      'a word that is not in its list',
      { targets: [{ id: 'a', by: '2030', text: { en: 'b' }, source: {}, status: 'sure' }] },
    ],
  ])('refuses %s', (_, file) => {
    expect(validate(file)).toBe(false);
  });
});
