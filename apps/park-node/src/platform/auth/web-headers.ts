/** Headers of Node's HTTP server as the Fetch Standard has them. */
export function webHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Headers {
  const result = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined) result.append(name, each);
    }
  }
  return result;
}
