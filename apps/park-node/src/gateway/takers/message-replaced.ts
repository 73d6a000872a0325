import type { Take } from '../take.ts';

/** The sender settled the message in this place by other means: here nothing follows from it. */
export const takeMessageReplaced: Take<'org.twinpark.message.replaced'> = async (_tx, messages) =>
  messages.map(() => null);
