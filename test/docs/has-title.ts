/** Whether the source has a test or group with exactly this title, as written in the source, that is not skipped. */
export function hasTitle(source: string, title: string): boolean {
  const escaped = RegExp.escape(title)
  // A title follows `it(` or `describe(`, or the `)(` of a table of cases.
  const call = new RegExp(`^(?!\\s*//).*(?:\\b(?:it|describe\\w*)|\\))\\(\\s*(['"])${escaped}\\1,`, 'm')
  return call.test(source)
}
