import type { MessageType } from '@twinpark/contract/gateway/message-types.ts';
import type { Take } from './take.ts';
import { takeActAnswered } from './takers/act-answered.ts';
import { takeFilingAmended, takeFilingWithdrawn, takeRemedyLodged } from './takers/applicant-acts.ts';
import { takeCaseReported } from './takers/case-reported.ts';
import { takeFilingSubmitted } from './takers/filing-submitted.ts';
import { takeJointBriefed, takeJointContributed, takeJointEnded } from './takers/joint.ts';
import { takeKeysAnnounced } from './takers/keys-announced.ts';
import { takeMessageReplaced } from './takers/message-replaced.ts';

/** What each type of message does here. */
export const takers: { readonly [Type in MessageType]: Take<Type> } = {
  'org.twinpark.filing.submitted': takeFilingSubmitted,
  'org.twinpark.filing.amended': takeFilingAmended,
  'org.twinpark.filing.withdrawn': takeFilingWithdrawn,
  'org.twinpark.remedy.lodged': takeRemedyLodged,
  'org.twinpark.act.answered': takeActAnswered,
  'org.twinpark.case.reported': takeCaseReported,
  'org.twinpark.joint.briefed': takeJointBriefed,
  'org.twinpark.joint.contributed': takeJointContributed,
  'org.twinpark.joint.ended': takeJointEnded,
  'org.twinpark.keys.announced': takeKeysAnnounced,
  'org.twinpark.message.replaced': takeMessageReplaced,
};
