import type { MessageType } from '@twinpark/contract/gateway/message-types.ts';
import type { Store } from '@twinpark/park-node/platform/database/store.ts';
import type { CrossedDossier } from '@twinpark/park-node/testing/crossing-load.ts';
import { sql } from 'kysely';
import type { TwoNodes } from './two-nodes.ts';

/** What the south has to tell the north. */
export type Filling = 'briefings' | 'reports';

/** Real dossiers that went through both parks; what is sent later are copies of what was said about them. */
export interface Prototypes {
  /** Kept by the north, decided on both sides. */
  readonly northern: CrossedDossier;
  /** Kept by the south, likewise. */
  readonly southern: CrossedDossier;
}

export function prototypesIn(finished: readonly CrossedDossier[]): Prototypes {
  const find = (home: CrossedDossier['home']): CrossedDossier => {
    const found = finished.find(
      (each) => each.home === home && Object.values(each.cases).every(({ status }) => status === 'decided'),
    );
    if (!found) throw new Error(`No dossier of the ${home} was decided on both sides`);
    return found;
  };
  return { northern: find('north'), southern: find('south') };
}

/**
 * Puts messages into the south's outbox, and for reports the cases they are about into what the north knows: each copy
 * a dossier and a stream of its own. Returns how many messages wait.
 *
 * `briefings`: facts for a joint step, a fifth of a kilobyte, four to a stream. `reports`: all that was told of a case
 * from its opening to its decision.
 */
export async function fill(
  nodes: TwoNodes,
  filling: Filling,
  { northern, southern }: Prototypes,
  wanted: number,
): Promise<number> {
  const isReport = filling === 'reports';
  const { dossierId, cases } = isReport ? northern : southern;
  const of = { dossierId, caseId: cases.south.caseId };
  const type = isReport ? 'org.twinpark.case.reported' : 'org.twinpark.joint.briefed';
  const repeats = isReport ? 1 : 4;
  const set = String(Date.now());
  return await nodes.inStore('south', async (south) => {
    const kept = await countOf(south, of.caseId, type);
    const streams = Math.ceil(wanted / (kept * repeats));
    if (isReport) await nodes.inStore('north', (north) => fillNorth(north, of, set, streams));
    for (let first = 1; first <= streams; first += chunk) {
      const last = Math.min(streams, first + chunk - 1);
      await fillOutbox(south, { ...of, type, set, first, last, repeats });
    }
    return streams * kept * repeats;
  });
}

const chunk = 2_000;

async function countOf(south: Store, caseId: string, type: MessageType): Promise<number> {
  return await south.write(async (tx) => {
    const { count } = await tx
      .selectFrom('outboxMessages')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('subject', '=', caseId)
      .where('type', '=', type)
      .executeTakeFirstOrThrow();
    if (Number(count) === 0) throw new Error(`Nothing of the type ${type} was sent`);
    return Number(count);
  });
}

/** Id of the copy `i` of something, in the month of the first. */
const idOf = (id: string, set: string) => sql<string>`(
  left(${id}::text, 14) || '7' || substr(md5(${`${id} ${set} `}::text || i), 1, 3)
  || '-b' || substr(md5(${`${id} ${set} `}::text || i), 4, 3) || '-' || substr(md5(${`${id} ${set} `}::text || i), 7, 12)
)`;

interface Copies {
  readonly dossierId: string;
  readonly caseId: string;
  readonly type: string;
  readonly set: string;
  readonly first: number;
  readonly last: number;
  readonly repeats: number;
}

async function fillOutbox(south: Store, copies: Copies): Promise<void> {
  const { dossierId, caseId, type, set, first, last, repeats } = copies;
  await south.write(async (tx) => {
    await sql`
      insert into outbox_streams (stream, last_position, due_at)
      select 'dossier-' || ${idOf(dossierId, set)}, kept.count * ${repeats}::integer, now()
      from generate_series(${first}::integer, ${last}::integer) as i
      cross join (
        select count(*)::integer as count from outbox_messages where subject = ${caseId}::uuid and type = ${type}
      ) as kept`.execute(tx);
    await sql`
      insert into outbox_messages (message_id, stream, position, type, subject, data, created_at)
      select
        gen_random_uuid(), 'dossier-' || copy.dossier_id, (round - 1) * count(*) over (partition by i, round) + kept.place,
        ${type}::text, copy.case_id::uuid,
        replace(replace(kept.data, ${caseId}, copy.case_id), ${dossierId}, copy.dossier_id)::jsonb, now()
      from generate_series(${first}::integer, ${last}::integer) as i
      cross join lateral (
        select ${idOf(dossierId, set)} as dossier_id, ${idOf(caseId, set)} as case_id
      ) as copy
      cross join generate_series(1, ${repeats}::integer) as round
      cross join (
        select row_number() over (order by position) as place, data::text as data
        from outbox_messages where subject = ${caseId}::uuid and type = ${type}
      ) as kept`.execute(tx);
  });
}

/** The cases as they stand when they were sent and nothing has come back. */
async function fillNorth(
  north: Store,
  { dossierId, caseId }: { readonly dossierId: string; readonly caseId: string },
  set: string,
  streams: number,
): Promise<void> {
  const copies = sql`
    generate_series(1, ${streams}::integer) as i
    cross join lateral (
      select ${idOf(dossierId, set)}::uuid as dossier_id, ${idOf(caseId, set)}::uuid as case_id
    ) as copy`;
  await north.write(async (tx) => {
    await sql`
      insert into dossiers (
        dossier_id, organization_id, journey, journey_hash, title, language, answers, evidence, created_by, created_at,
        changed_at
      )
      select copy.dossier_id, organization_id, journey, journey_hash, title, language, answers, evidence, created_by,
        created_at, changed_at
      from dossiers kept cross join ${copies} where kept.dossier_id = ${dossierId}::uuid`.execute(tx);
    await sql`
      insert into dossier_filings (
        dossier_id, step, attempt, case_id, park, service, filed_on, answers, evidence, status, created_at
      )
      select copy.dossier_id, step, attempt, copy.case_id, park, service, filed_on, answers, evidence, 'draft', created_at
      from dossier_filings kept cross join ${copies} where kept.case_id = ${caseId}::uuid`.execute(tx);
    await sql`
      insert into peer_cases (
        case_id, dossier_id, step, park, applicant_id, applicant_name, service, definition_hash, authority, language,
        status, waiting_for, opened_on, state, act, search, changed_at
      )
      select copy.case_id, copy.dossier_id, step, park, applicant_id, applicant_name, service, definition_hash, authority,
        language, 'draft', 'authority', opened_on, state, act, search, changed_at
      from peer_cases kept cross join ${copies} where kept.case_id = ${caseId}::uuid`.execute(tx);
  });
}
