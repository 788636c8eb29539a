/** For all that has no hint: figures may change any moment. */
export const NO_STORE = 'no-store'
