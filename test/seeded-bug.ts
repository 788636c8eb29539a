/** A mistake that lets somebody see what is not his: one small change of the sources, as anybody may make it one day. */
export interface SeededBug {
  /** What is wrong. */
  readonly name: string
  /** In `src`. */
  readonly file: string
  /** What stands there, once. */
  readonly from: string
  /** What is put in its place. */
  readonly to: string
}

/**
 * The text with the mistake in it.
 *
 * @throws Error when what the change begins with is not there exactly once: the sources have moved on, and the bug has to follow
 */
export function plant(text: string, { name, file, from, to }: SeededBug): string {
  const parts = text.split(from)
  const [before, after] = parts
  if (parts.length === 2 && from !== to) return `${before}${to}${after}`
  throw new Error(`"${name}" fits ${parts.length - 1} places of src/${file}: ${from}`)
}
