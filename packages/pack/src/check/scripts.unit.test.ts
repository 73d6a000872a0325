import { found } from '@twinpark/testkit/invented-zone.ts';
import { describe, expect, it } from 'vitest';
import { checkPack } from '../check.ts';
import { foreignCharacters, scriptOf } from './scripts.ts';

/** A whole pack in two Chinese scripts, as small as a pack can be. */
const park = (id: string, tone: string) => `
    - id: ${id}
      name: { zh-Hans: 园区, zh-Hant: 園區 }
      shortName: { zh-Hans: 园, zh-Hant: 園 }
      mark: ${id}
      tone: ${tone}
      timeZone: Asia/Tokyo
      currency: JPY
      languages: [zh-Hans, zh-Hant]
      calendar: ${id}-days
      source: {}
      status: illustrative`;
const calendar = (id: string) => `
  - id: ${id}-days
    park: ${id}
    name: { zh-Hans: 工作日, zh-Hant: 工作天 }
    workingWeekdays: [1]
    holidayNames: {}
    years: []`;

function pack(hans: string, hant: string) {
  const text = `zone:
  id: z
  name: { zh-Hans: 研究, zh-Hant: 研究 }
  summary:
    zh-Hans: ${hans}
    zh-Hant: ${hant}
  languages: [zh-Hans, zh-Hant]
  parks:${park('a', 'tide')}${park('b', 'sail')}
  source: {}
  status: illustrative
calendars:${calendar('a')}${calendar('b')}
`;
  return [{ path: 'z.yaml', bytes: new TextEncoder().encode(text) }];
}

describe('The two Chinese scripts', () => {
  it('are kept apart', () => {
    expect(found(pack('两个园区', '兩個園區'))).toEqual([]);
  });

  it('are found mixed, at the very character', () => {
    expect(found(pack('两个園区', '兩個园區'))).toEqual([
      'z.yaml:5:16 traditional-in-simplified',
      'z.yaml:6:16 simplified-in-traditional',
    ]);
  });

  it('are found at the very character within quotes and folded texts', () => {
    expect(found(pack('"a \\"x\\" 園"', '>-\n      兩個\n      园區'))).toEqual([
      'z.yaml:5:23 traditional-in-simplified',
      'z.yaml:8:7 simplified-in-traditional',
    ]);
  });

  it('are found where one text was copied into the other', () => {
    const copied =
      '这是一段没有改写的文字，长度超过三十个字，用来说明复制的文字会被发现，而且每个字都会指出。';
    const codes = checkPack(pack(copied, copied)).problems.map(({ code }) => code);
    expect(new Set(codes)).toEqual(new Set(['simplified-in-traditional']));
    expect(codes.length).toBeGreaterThan(10);
  });

  it('say how the character is written', () => {
    expect(checkPack(pack('两个園区', '兩個園區')).problems[0]?.parameters).toEqual({
      character: '園',
      form: '园',
      language: 'zh-Hans',
    });
  });

  it('share characters that both may use', () => {
    expect(
      foreignCharacters('公里、皇后、批准、干預、征服、台、群、秘書、着手、裏面、線、衞生、説明', 'Hant'),
    ).toEqual([]);
    expect(foreignCharacters('乾坤、瞭望、慰藉、着手、台、群、里、后', 'Hans')).toEqual([]);
  });

  it('are told from the language tag', () => {
    expect(['zh-Hans', 'zh-Hant', 'zh', 'zh-HK', 'zh-TW', 'zh-CN', 'ja', 'en'].map(scriptOf)).toEqual([
      ...['Hans', 'Hant', 'Hans', 'Hant', 'Hant', 'Hans', null, null],
    ]);
  });
});
