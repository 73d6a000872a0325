import { caseEventTypes, decisionOutcomes, jointConsequences } from '@twinpark/kernel/vocabulary.ts';
import { z } from 'zod';
import { actRefusalCodes, actsAcross } from '../case/act-across.ts';
import { clockKinds } from '../case/case-view.ts';
import { dateSchema, idSchema, instantSchema, pageOf, pageQuery } from '../common.ts';
import { endpoint } from '../endpoint.ts';

/**
 * What an organisation is told: something happened to a case, or a limit draws near, has passed or has moved. A screen
 * puts it in words; who is told of what stands in the node's `notification/audiences.ts`.
 */
export const notificationKinds = [
  ...caseEventTypes.filter((type) => type !== 'caseOpened'),
  'deadlineDueSoon',
  'deadlineOverdue',
  'deadlineMoved',
  /** The other park did not do what the applicant sent it. */
  'actRefused',
] as const;
export type NotificationKind = (typeof notificationKinds)[number];

/** What a sentence about it needs; each is there where the kind has it. No words that somebody wrote. */
export const notificationFactsSchema = z
  .object({
    on: dateSchema.describe('Day of the act, or day on which the node had to tell of a limit'),
    clock: z.enum(clockKinds).optional(),
    paper: z.string().optional().describe('Evidence type of a paper that is owed'),
    dueOn: dateSchema.nullable().optional(),
    movedFrom: dateSchema.optional().describe('Last day before the working days of a year were published'),
    provisional: z.boolean().optional(),
    step: z.string().optional(),
    result: z.enum(['passed', 'failed']).optional(),
    side: z.enum(['own', 'other']).optional(),
    consequence: z.enum(jointConsequences).optional(),
    outcome: z.enum(decisionOutcomes).optional(),
    tacit: z.boolean().optional().describe('Whether the authority’s silence did it'),
    complete: z.boolean().optional().describe('Whether everything is there that was asked for'),
    procedure: z.string().optional(),
    remedy: z.string().optional(),
    action: z.enum(actsAcross).optional(),
    refusal: z.enum(actRefusalCodes).optional(),
  })
  .meta({ id: 'NotificationFacts' });
export type NotificationFacts = z.infer<typeof notificationFactsSchema>;

const notificationSchema = z
  .object({
    notificationId: idSchema,
    kind: z.enum(notificationKinds),
    facts: notificationFactsSchema,
    createdAt: instantSchema,
    readAt: instantSchema.nullable(),
    case: z.object({
      caseId: idSchema,
      caseNumber: z.string().nullable().describe('Null for a case of the other park that has none yet'),
      service: z.string(),
      applicantName: z.string(),
    }),
    mine: z.boolean().describe('Whether it is about a case that is assigned to the reader'),
  })
  .meta({ id: 'Notification' });

const readers = ['applicant', 'officer', 'supervisor'] as const;
/** Query parameters are text. */
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const which = { unread: flag.optional(), mine: flag.optional() };

export const listNotifications = endpoint({
  id: 'listNotifications',
  method: 'GET',
  path: '/api/notifications',
  tag: 'Notifications',
  summary: 'What the organisation was told, the newest first',
  description:
    '`unread=true` leaves out what somebody of the organisation has read, `mine=true` what is about cases of others.',
  access: readers,
  query: z.object({ ...which, ...pageQuery }),
  success: { status: 200, body: pageOf(notificationSchema) },
  effect: false,
  problems: ['cursorInvalid'],
});

export const countUnreadNotifications = endpoint({
  id: 'countUnreadNotifications',
  method: 'GET',
  path: '/api/notifications/unread-count',
  tag: 'Notifications',
  summary: 'How many notifications the organisation has not read, counted up to a hundred',
  access: readers,
  query: z.object({ mine: which.mine }),
  success: {
    status: 200,
    body: z.object({ count: z.int().min(0).max(100), more: z.boolean() }).meta({ id: 'UnreadCount' }),
  },
  effect: false,
  problems: [],
});

export const markNotificationRead = endpoint({
  id: 'markNotificationRead',
  method: 'POST',
  path: '/api/notifications/:notificationId/read',
  tag: 'Notifications',
  summary: 'Marks a notification as read for the whole organisation; one that was read stays as it is',
  access: readers,
  params: z.object({ notificationId: idSchema }),
  success: { status: 200, body: z.object({ notificationId: idSchema, readAt: instantSchema }) },
  effect: true,
  problems: ['notFound'],
});
