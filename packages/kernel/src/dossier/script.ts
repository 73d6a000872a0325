import type { CommandOf } from '../case/commands.ts';
import type { EvidenceItem } from '../case/state.ts';
import type { Facts } from '../policy/expression.ts';
import type { IsoDate } from '../shared/date.ts';
import type { Text } from '../shared/text.ts';
import type { CaseAction, Role } from '../vocabulary.ts';

/**
 * A dossier written down with everything that happens to it, so that it can be run again: as a demonstration, as a
 * test, or against a changed law.
 */
export interface DossierScript {
  readonly title: Text;
  readonly journey: string;
  readonly applicant: { readonly id: string; readonly name: Text };
  readonly startOn: IsoDate;
  readonly answers: Facts;
  readonly evidence: readonly EvidenceItem[];
  /** In the order of their dates. */
  readonly story: readonly StoryEntry[];
}

export interface StoryEntry {
  readonly on: IsoDate;
  /** What a narrator says of it; null where the act speaks for itself. */
  readonly note: Text | null;
  readonly act: StoryAct;
}

/**
 * `answer` changes the dossier itself. Any other act is a command on the case of one journey step; the run supplies
 * what only it knows: the case id, the fields rendered from the dossier, the definition and the time.
 */
export type StoryAct =
  | { readonly do: 'answer'; readonly answers: Facts; readonly evidence: readonly EvidenceItem[] }
  | CaseAct;

export type CaseAct = { [Action in CaseAction]: ActOf<Action> }[CaseAction];

interface ActOf<Action extends CaseAction> {
  readonly do: Action;
  readonly step: string;
  readonly by: Role;
  /** Tells officers of one desk apart; null for the desk's usual officer. */
  readonly person: string | null;
  readonly command: StoryCommand<Action>;
  /** Facts that the output establishes, given with `serveOutput`; a refusal establishes none. */
  readonly outputs: Facts;
}

/** A command without what the run supplies itself. */
export type StoryCommand<Action extends CaseAction> = Omit<CommandOf<Action>, 'type' | 'caseId' | 'dossier'>;
