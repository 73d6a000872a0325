import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inventedZone } from '@twinpark/testkit/invented-zone.ts';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { jsonSchemaPath, zonePackJsonSchema } from './json-schema.ts';

const schema = JSON.parse(zonePackJsonSchema());

describe('The JSON Schema of a pack file', () => {
  it('is kept as the code says; node scripts/write-generated.ts writes it anew', () => {
    const kept = readFileSync(join(import.meta.dirname, '../../..', jsonSchemaPath), 'utf8');
    expect(kept.replaceAll('\r\n', '\n')).toBe(zonePackJsonSchema());
  });

  it('takes every file of a sound pack and refuses a misspelt field', () => {
    const read = z.fromJSONSchema(schema);
    for (const source of inventedZone()) {
      const value = 'bytes' in source ? parse(new TextDecoder().decode(source.bytes)) : null;
      expect(read.safeParse(value).success, source.path).toBe(true);
      expect(read.safeParse({ ...value, colour: 'blue' }).success).toBe(false);
    }
  });

  it('describes the fields to those who write them', () => {
    const text = zonePackJsonSchema();
    expect(text).toContain('What follows, own answer first.');
    expect(text).toContain('A calendar date, YYYY-MM-DD.');
  });

  it('uses no pattern that JSON Schema does not have', () => {
    const patterns = [...zonePackJsonSchema().matchAll(/"pattern": (".*")/g)].map(([, text = '']) =>
      JSON.parse(text),
    );
    expect(patterns.length).toBeGreaterThan(5);
    for (const pattern of patterns) {
      expect(() => new RegExp(pattern, 'u')).not.toThrow();
      expect(pattern).not.toMatch(/\(\?[<!=]|\\p|\\b/);
    }
  });
});
