/** True for text that can be the id of a 3scale record. It is safe in a URL path. */
export function isThreescaleId(text: string): boolean {
  return /^[1-9]\d{0,18}$/.test(text)
}

/** True for text that can be an OpenStack project id. It is safe in a URL path and query. */
export function isProjectId(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(text)
}

/** True for text that can be the name of a region. */
export function isRegion(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(text)
}
