/** True for the id of a 3scale record, as it may stand in a path. */
export function isThreescaleId(text: string): boolean {
  return /^[1-9]\d{0,18}$/.test(text)
}

/** True for a project id as OpenStack makes them, and for the odd ones of its documentation. */
export function isProjectId(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(text)
}

/** True for text that can name a region. */
export function isRegion(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(text)
}
