/** Where the node takes the time from, so that a test can travel. */
export interface Clock {
  now(): Temporal.Instant;
}

export const systemClock: Clock = { now: () => Temporal.Now.instant() };

/** The present instant as the database and the sign-in library take it. Precision: milliseconds. */
export function instantNow(clock: Clock): Date {
  return new Date(clock.now().epochMilliseconds);
}

/** Calendar date, ISO 8601, that an instant falls on in a time zone. */
export function dateIn(timeZone: string, instant: Temporal.Instant): string {
  return instant.toZonedDateTimeISO(timeZone).toPlainDate().toString();
}
