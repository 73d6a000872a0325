import type { MemberRole, OrganizationKind } from '@twinpark/contract/identity/roles.ts';
import type { Park } from '@twinpark/pack/zone.ts';

/** An invented person with the organisation for which it acts. */
export interface DemoPerson {
  /** Readable and the same at every start, so that whoever shows the node can point at it. */
  readonly id: string;
  readonly name: string;
  readonly role: MemberRole;
  readonly organization: { readonly kind: OrganizationKind; readonly packId: string | null };
}

/** What the demonstration's own applicant is called, in a language of the park. */
export function demoCompanyName(park: Park): string {
  return wordsOf(park).company;
}

/**
 * Somebody for every role: an applicant, an officer and a supervisor at every desk of this park, an auditor and an
 * operator. All names are invented and say so.
 */
export function demoPeopleOf(park: Park, desks: readonly string[], operator: string): readonly DemoPerson[] {
  const people: Omit<DemoPerson, 'name'>[] = [
    person('applicant', 'applicant', null),
    ...desks.flatMap((desk) => [
      person('officer', 'authority', desk),
      person('supervisor', 'authority', desk),
    ]),
    person('auditor', 'oversight', 'oversight'),
    person('operator', 'operator', operator),
  ];
  const { names, mark } = wordsOf(park);
  return people.map((person, index) => ({ ...person, name: `${names(index)}${mark}` }));
}

function person(role: MemberRole, kind: OrganizationKind, packId: string | null): Omit<DemoPerson, 'name'> {
  return {
    id: ['demo', role, ...(kind === 'authority' && packId ? [packId] : [])].join('.'),
    role,
    organization: { kind, packId },
  };
}

interface Words {
  readonly company: string;
  readonly names: (index: number) => string;
  readonly mark: string;
}

function wordsOf({ languages }: Park): Words {
  return languages.map((language) => words[language]).find((found) => found !== undefined) ?? english;
}

/** Every pair of a family and a given name once, before any comes again. */
function pairs(families: readonly string[], given: readonly string[], join: string): Words['names'] {
  return (index) => {
    const family = families[index % families.length] ?? '';
    const own = given[(index + Math.floor(index / families.length)) % given.length] ?? '';
    return join === '' ? `${family}${own}` : `${own}${join}${family}`;
  };
}

const english: Words = {
  company: 'Clearwater Instruments (demonstration, invented)',
  names: pairs(
    ['Ashdown', 'Barrow', 'Calder', 'Dunmore', 'Ellery', 'Fenwick', 'Garland'],
    ['Alex', 'Robin', 'Sam', 'Jo', 'Chris', 'Pat', 'Kit', 'Lee', 'Max', 'Noel', 'Ray'],
    ' ',
  ),
  mark: ' (demo, invented)',
};

const words: Readonly<Record<string, Words>> = {
  en: english,
  'zh-Hans': {
    company: '澄江仪器有限公司（演示企业，纯属虚构）',
    names: pairs(
      ['赵', '钱', '孙', '周', '吴', '郑', '冯'],
      ['晓岚', '明远', '静文', '知行', '思齐', '若水', '一鸣', '清和', '云舒', '子衿', '怀瑾'],
      '',
    ),
    mark: '（演示人员，虚构）',
  },
  'zh-Hant': {
    company: '澄江儀器有限公司（示範企業，純屬虛構）',
    names: pairs(
      ['何', '呂', '施', '張', '孔', '曹', '嚴'],
      ['曉嵐', '明遠', '靜文', '知行', '思齊', '若水', '一鳴', '清和', '雲舒', '子衿', '懷瑾'],
      '',
    ),
    mark: '（示範人員，虛構）',
  },
};
