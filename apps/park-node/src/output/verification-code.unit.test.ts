import { describe, expect, it } from 'vitest';
import { isSameCode, newVerificationCode } from './verification-code.ts';
import { verificationFormUrl, verificationUrl } from './verification-url.ts';

describe('a verification code', () => {
  it('has a hundred random bits in letters that nobody takes for one another', () => {
    const codes = Array.from({ length: 2_000 }, newVerificationCode);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/);
    // Every letter turns up at every place.
    for (const place of [0, 6, 12, 18, 23]) {
      expect(new Set(codes.map((code) => code[place])).size).toBe(32);
    }
  });

  it('is the same however it is typed, and another when one letter differs', () => {
    const code = '7K2M-Q9XD-4H0P-W31B-8NEC';
    for (const typed of [
      code,
      code.toLowerCase(),
      '7k2m q9xd 4hop wlib 8nec'.replace('li', '3i'),
      '7K2MQ9XD4HOPW3IB8NEC',
    ]) {
      expect(isSameCode(typed, code)).toBe(true);
    }
    for (const typed of ['', '7K2M-Q9XD-4H0P-W31B-8NED', '7K2M-Q9XD-4H0P-W31B', `${code}0`]) {
      expect(isSameCode(typed, code)).toBe(false);
    }
  });
});

describe('the address of the printed code', () => {
  it('is below the node’s public address, whether or not that ends in a stroke', () => {
    const code = '7K2M-Q9XD-4HTP-W3VB-8NEC';
    expect(verificationUrl('https://park.example', 'R-EAST-2026-0000017', code)).toBe(
      `https://park.example/verify/R-EAST-2026-0000017?code=${code}`,
    );
    expect(verificationFormUrl('https://park.example/east/')).toBe('https://park.example/east/verify');
  });
});
