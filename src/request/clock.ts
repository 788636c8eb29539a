/** Returns the present time. Passed in everywhere, so that tests need not wait. */
export type Clock = () => Date
