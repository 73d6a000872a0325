import type { MessageType } from '@twinpark/contract/gateway/message-types.ts';
import type { MessageStatement } from '@twinpark/contract/log/statements.ts';
import type { ToLog } from '../log/statements.ts';
import type { Services } from '../services.ts';

interface LoggedMessage {
  readonly messageId: string;
  readonly stream: string;
  readonly position: number;
  readonly type: MessageType;
  readonly digest: string;
}

/** What this park's log is to hold of a message that goes out or was taken. */
export function messageToLog(
  direction: MessageStatement['direction'],
  { messageId, stream, position, type, digest }: LoggedMessage,
  { zone, park, clock }: Pick<Services, 'zone' | 'park' | 'clock'>,
): ToLog {
  return {
    subject: messageId,
    statement: {
      format: 'twinpark-message/1',
      zone: zone.id,
      park: park.id,
      at: clock.now().toString(),
      ...{ direction, messageId, stream, position, type, digest },
    },
  };
}
