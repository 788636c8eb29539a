/** Whether a test or a group that is run has the title, whole and as written in the source. */
export function hasTitle(source: string, title: string): boolean {
  const escaped = RegExp.escape(title)
  // After `it(` or `describe(`, or after the `)(` of a table of cases.
  const call = new RegExp(`^(?!\\s*//).*(?:\\b(?:it|describe\\w*)|\\))\\(\\s*(['"])${escaped}\\1,`, 'm')
  return call.test(source)
}
