/**
 * A calendar date `YYYY-MM-DD` of the place it belongs to.
 * Events and definitions carry dates as text so that they stay plain JSON; arithmetic uses `Temporal.PlainDate`.
 */
export type IsoDate = string;
