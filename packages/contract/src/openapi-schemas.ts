import { z } from 'zod';

type Json = Readonly<Record<string, unknown>>;

/** JSON Schemas of one document: those with an id of their own stand once, among the components. */
export function openApiSchemas(): {
  /** The schema of what is sent (`input`) or answered (`output`). */
  of(schema: z.ZodType, io: 'input' | 'output'): Json;
  components(): Json;
} {
  const components = new Map<string, Json>();
  return {
    of(schema, io) {
      // Within another one, so that the schema itself can be a reference.
      const { properties, $defs = {} } = z.toJSONSchema(z.object({ it: schema }), {
        io,
        unrepresentable: 'any',
        override: ({ jsonSchema }) => simplify(jsonSchema),
      }) as unknown as { properties: { it: Json }; $defs?: Record<string, Json> };
      const names = new Map<string, string>();
      for (const id of Object.keys($defs)) names.set(id, nameFor(id, io, $defs, components));
      for (const [id, definition] of Object.entries($defs)) {
        components.set(names.get(id) ?? id, withReferences(definition, names) as Json);
      }
      return withReferences(properties.it, names) as Json;
    },
    components: () => Object.fromEntries([...components].sort(([one], [other]) => (one < other ? -1 : 1))),
  };
}

/** What is sent may have another form than what is answered, such as where a default may be left out. */
function nameFor(
  id: string,
  io: 'input' | 'output',
  definitions: Readonly<Record<string, Json>>,
  components: ReadonlyMap<string, Json>,
): string {
  const known = components.get(id);
  if (known === undefined) return id;
  const plain = new Map(Object.keys(definitions).map((name) => [name, name]));
  const same = JSON.stringify(withReferences(definitions[id], plain)) === JSON.stringify(known);
  return same ? id : `${id}${io === 'input' ? 'Sent' : 'Answered'}`;
}

function withReferences(schema: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(schema)) return schema.map((entry) => withReferences(entry, names));
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => key !== 'id' || typeof Reflect.get(schema, 'id') !== 'string')
      .map(([key, value]) => {
        if (key !== '$ref') return [key, withReferences(value, names)];
        const id = String(value).replace('#/$defs/', '');
        return [key, `#/components/schemas/${names.get(id) ?? id}`];
      }),
  );
}

const formatsThatSayEnough: readonly unknown[] = ['uuid', 'date', 'date-time', 'email', 'uri'];

/** Takes out what the document is longer for and nobody wiser. */
function simplify(schema: Record<string, unknown>): void {
  if (formatsThatSayEnough.includes(schema['format'])) delete schema['pattern'];
  if (schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum'];
  if (schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum'];
  const { propertyNames } = schema as { propertyNames?: Json };
  if (propertyNames && Object.keys(propertyNames).length === 1 && propertyNames['type'] === 'string') {
    delete schema['propertyNames'];
  }
}
