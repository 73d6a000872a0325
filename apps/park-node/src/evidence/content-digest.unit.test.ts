import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { contentDigest, sha256Of } from './content-digest.ts';

// The example of RFC 9530 appendix D: the digest of {"hello": "world"} and a newline.
const example = 'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:';

describe('A Content-Digest header', () => {
  it('names the digest of the bytes', () => {
    const bytes = new TextEncoder().encode('{"hello": "world"}\n');
    expect(contentDigest(example)).toBe(sha256Of(bytes));
  });

  it('may name other algorithms too', () => {
    const sha512 = createHash('sha512').update('x').digest('base64');
    expect(contentDigest(`sha-512=:${sha512}:, ${example}`)).toBe(contentDigest(example));
  });

  it.each([
    undefined,
    '',
    'sha-256=abc',
    'sha-256=:abc:',
    'md5=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:',
  ])('that is %j names none', (header) => {
    expect(contentDigest(header)).toBeNull();
  });
});
