/** An error's name and stack frames, without its message: that may hold what a caller sent or a library quoted. */
export function describeFault(error: unknown): { readonly error: string; readonly at: readonly string[] } {
  if (!(error instanceof Error)) return { error: typeof error, at: [] }
  const frames = (error.stack ?? '').split('\n').filter(line => /^ {4}at /.test(line))
  return { error: error.name, at: frames.map(line => line.trim()) }
}
