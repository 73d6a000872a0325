import { describe, expect, it } from 'vitest';
import { cleanFileName, contentDisposition } from './file-name.ts';

describe('The name of a paper', () => {
  it.each([
    ['章程.pdf', '章程.pdf'],
    ['C:\\Users\\me\\章程.pdf', '章程.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['..', null],
    ['  \u0000\u200b ', null],
    ['bill\u202efdp.exe', 'billfdp.exe'],
    ['a\r\nSet-Cookie: x.pdf', 'aSet-Cookie: x.pdf'],
    ['.hidden', 'hidden'],
  ])('%j becomes %j', (given, cleaned) => {
    expect(cleanFileName(given)).toBe(cleaned);
  });

  it('keeps its extension when it is cut to 200 characters', () => {
    const cleaned = cleanFileName(`${'試'.repeat(300)}.pdf`) ?? '';
    expect([...cleaned]).toHaveLength(200);
    expect(cleaned.endsWith('試.pdf')).toBe(true);
  });

  it('goes into a header in ASCII and in full, whatever characters it has', () => {
    expect(contentDisposition('attachment', `公司"章程'(1).pdf`)).toBe(
      `attachment; filename="_____'(1).pdf"; filename*=UTF-8''%E5%85%AC%E5%8F%B8%22%E7%AB%A0%E7%A8%8B%27%281%29.pdf`,
    );
  });
});
