/** The time now. Handed in everywhere, so that tests need no waiting. */
export type Clock = () => Date
