/** Why a node does not start, in a way its operator can act on. */
export type StartFaultCode =
  | 'folderInUse'
  | 'folderUnwritable'
  | 'folderDamaged'
  | 'databaseNewer'
  | 'databaseUnreachable'
  | 'databaseTooOld'
  | 'migrationChanged'
  | 'rolesMissing'
  | 'demoData'
  | 'productionData'
  | 'portInUse'
  | 'addressUnusable'
  | 'zoneBroken'
  | 'parkUnknown'
  | 'keyUnusable'
  | 'keyMissing'
  | 'keyExposed'
  | 'peerCardUnusable'
  | 'peerCardOfAnother';

export class StartFault extends Error {
  readonly code: StartFaultCode;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(code: StartFaultCode, facts: Readonly<Record<string, unknown>>, cause?: unknown) {
    super(`${code} ${JSON.stringify(facts)}`, { cause });
    this.name = 'StartFault';
    this.code = code;
    this.facts = facts;
  }
}
