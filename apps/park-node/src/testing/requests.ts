import fc from 'fast-check';

type Json = Readonly<Record<string, unknown>>;

/** The parts of the OpenAPI document that a request is made from. */
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>> };
}

export interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly Json[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Json }>> };
}

/** A request on its way to the server, as far as the document has a say in it. */
export interface GeneratedRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: GeneratedBody;
  readonly key: string | undefined;
}

export type GeneratedBody =
  | {
      readonly type: 'application/json' | 'application/octet-stream' | 'text/plain';
      readonly bytes: Uint8Array;
    }
  | undefined;

/** Values that exist in the node, by the name of the field or parameter that takes them. */
export type KnownValues = Readonly<Record<string, readonly (string | number)[]>>;

/**
 * Requests for one operation: those that fit its schemas alone, or besides them some with parts of another kind, more,
 * less, or broken.
 */
export function requestsFor(
  operation: Operation,
  document: OpenApi,
  known: KnownValues,
  kind: 'any' | 'fitting' = 'any',
): fc.Arbitrary<GeneratedRequest> {
  const values = valuesFrom(document.components.schemas, known);
  const parametersIn = (place: string) =>
    fc.record(
      Object.fromEntries(
        (operation.parameters ?? [])
          .filter((parameter) => parameter['in'] === place)
          .map(({ name, schema }) => {
            const right = values(schema as Json, String(name), 0).map(String);
            return [String(name), kind === 'fitting' ? right : mostly(right)];
          }),
      ),
      place === 'path' ? {} : { requiredKeys: [] },
    ) as fc.Arbitrary<Record<string, string>>;
  return fc.record({
    params: parametersIn('path'),
    query: parametersIn('query'),
    body: bodyOf(operation, values, kind),
    key:
      kind === 'fitting'
        ? fc.uuid()
        : fc.oneof(
            { weight: 9, arbitrary: fc.uuid() },
            fc.constantFrom(undefined, 'short', 'ein Schlüssel', 'same-key-every-time'),
          ),
  });
}

type Values = (schema: Json, name: string, depth: number) => fc.Arbitrary<unknown>;

function mostly(right: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.oneof({ weight: 4, arbitrary: right }, { weight: 1, arbitrary: oddText });
}

function bodyOf(
  { requestBody }: Operation,
  values: Values,
  kind: 'any' | 'fitting',
): fc.Arbitrary<GeneratedBody> {
  if (!requestBody) return fc.constant(undefined);
  const schema = requestBody.content['application/json']?.schema;
  if (!schema) {
    const bytes = fc.uint8Array({ maxLength: 64 });
    return bytes.map((content) => ({ type: 'application/octet-stream', bytes: content }));
  }
  const json = (value: unknown): GeneratedBody => ({
    type: 'application/json',
    bytes: new TextEncoder().encode(JSON.stringify(value) ?? ''),
  });
  const right = values(schema, '', 0);
  if (kind === 'fitting') return right.map(json);
  const broken: fc.Arbitrary<GeneratedBody> = fc
    .tuple(
      fc.constantFrom('application/json' as const, 'text/plain' as const),
      fc.uint8Array({ maxLength: 30 }),
    )
    .map(([type, bytes]) => ({ type, bytes }));
  return fc.oneof(
    { weight: 5, arbitrary: right.map(json) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(right, fc.nat(), oddValue, fc.boolean())
        .map(([value, at, odd, adds]) => json(changed(value, at, odd, adds))),
    },
    { weight: 1, arbitrary: oddValue.map(json) },
    { weight: 1, arbitrary: broken },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}

const oddText = fc.oneof(
  fc.constantFrom(
    '',
    '\0',
    '\ud800',
    '../../etc/passwd',
    "'; drop table cases; --",
    '%00',
    '__proto__',
    '𠮷野家',
    'ﷺ'.repeat(50),
    'x'.repeat(5_000),
    '-1',
    '1e999',
    'NaN',
    'null',
    '2026-02-30',
    '9999999999999999999999',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  oddText,
  fc.constantFrom(null, true, 0, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER, [], {}, [[[[]]]]),
  fc.constant(JSON.parse('{"__proto__":{"role":"operator"},"constructor":{"prototype":1}}')),
  fc.constant(JSON.parse('['.repeat(200) + ']'.repeat(200))),
  fc.jsonValue({ maxDepth: 3 }),
);

/** The value with one of its places taken by an odd value, or with an odd one more. */
function changed(value: unknown, at: number, odd: unknown, adds: boolean): unknown {
  if (typeof value !== 'object' || value === null) return odd;
  const keys = Object.keys(value);
  if (adds || keys.length === 0) {
    return Array.isArray(value)
      ? [...value, odd]
      : { ...value, [typeof odd === 'string' ? odd : 'extra']: odd };
  }
  const key = keys[at % keys.length] ?? '';
  const inner: unknown = Reflect.get(value, key);
  const next = at % 3 === 0 ? odd : changed(inner, Math.floor(at / keys.length), odd, adds);
  return Array.isArray(value) ? value.with(Number(key), next) : { ...value, [key]: next };
}

/** Values that fit a JSON Schema of the document. */
function valuesFrom(schemas: Readonly<Record<string, Json>>, known: KnownValues): Values {
  const values: Values = (schema, name, depth) => {
    const existing = known[name];
    const fitting = shaped(schema, name, depth);
    return existing && existing.length > 0
      ? fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...existing) }, fitting)
      : fitting;
  };
  const shaped: Values = (schema, name, depth) => {
    if (depth > 6) return fc.constant(null);
    const { $ref, const: only, enum: options, anyOf, oneOf, type } = schema;
    if (typeof $ref === 'string') return shaped(schemas[$ref.split('/').at(-1) ?? ''] ?? {}, name, depth + 1);
    if (only !== undefined) return fc.constant(only);
    if (Array.isArray(options)) return fc.constantFrom(...(options as unknown[]));
    const branches = (anyOf ?? oneOf) as readonly Json[] | undefined;
    if (branches) return fc.oneof(...branches.map((branch) => values(branch, name, depth + 1)));
    if (Array.isArray(type))
      return fc.oneof(...type.map((each) => shaped({ ...schema, type: each }, name, depth)));
    switch (type) {
      case 'string':
        return textFor(schema);
      case 'integer':
        return fc.integer({ min: bound(schema['minimum'], -5), max: bound(schema['maximum'], 1_000) });
      case 'number':
        return fc.double({
          min: bound(schema['minimum'], -1e6),
          max: bound(schema['maximum'], 1e6),
          noNaN: true,
        });
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      case 'array':
        return fc.array(values((schema['items'] ?? {}) as Json, name, depth + 1), {
          minLength: bound(schema['minItems'], 0),
          maxLength: Math.max(bound(schema['minItems'], 0), Math.min(3, bound(schema['maxItems'], 3))),
        });
      case 'object':
        return objectFor(schema, depth);
      default:
        return fc.jsonValue({ maxDepth: 1 });
    }
  };
  const objectFor = (schema: Json, depth: number): fc.Arbitrary<unknown> => {
    const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Json>);
    const record = fc.record(
      Object.fromEntries(properties.map(([key, each]) => [key, values(each, key, depth + 1)])),
      { requiredKeys: (schema['required'] ?? []) as string[] },
    );
    const { additionalProperties } = schema;
    if (typeof additionalProperties !== 'object' || additionalProperties === null) return record;
    const names = (known['fact'] ?? ['a']).map(String);
    const more = fc.dictionary(
      fc.constantFrom(...names),
      values(additionalProperties as Json, '', depth + 1),
      {
        maxKeys: 3,
      },
    );
    return fc.tuple(record, more).map(([one, other]) => ({ ...other, ...one }));
  };
  return values;
}

function textFor(schema: Json): fc.Arbitrary<string> {
  const { format, pattern } = schema;
  switch (format) {
    case 'uuid':
      return fc.uuid();
    case 'date':
      return day;
    case 'date-time':
      return day.map((date) => `${date}T09:00:00Z`);
    case 'email':
      return fc.emailAddress();
    default:
      // The library cannot make a text for a pattern that looks ahead.
      if (typeof pattern === 'string' && !pattern.includes('(?'))
        return fc.stringMatching(new RegExp(pattern));
  }
  const minLength = bound(schema['minLength'], 0);
  const maxLength = Math.max(minLength, Math.min(30, bound(schema['maxLength'], 30)));
  return fc.string({ unit: 'grapheme', minLength, maxLength });
}

const day = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .date({ min: new Date('2020-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
  },
  fc.constantFrom('0001-01-01', '1582-10-15', '1999-12-31', '2100-12-31', '9999-12-31'),
);

function bound(given: unknown, otherwise: number): number {
  return typeof given === 'number' ? given : otherwise;
}
