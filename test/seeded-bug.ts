/** A deliberate mistake: one small change of the sources that the tests have to detect. */
export interface SeededBug {
  /** What the change breaks; the test's title. */
  readonly name: string
  /** Path below `src`. */
  readonly file: string
  /** The innermost named declaration around the change: a function, method, constant or property. */
  readonly within: string
  /**
   * The code to replace, found once in that declaration. Layout, comments and trailing commas do not matter; `…` stands for
   * anything without parentheses, so that a name may change.
   */
  readonly from: string
  /** The code put in its place. */
  readonly to: string
}

/** What may stand between two tokens. */
const GAP = String.raw`(?:\s|//[^\n]*\n|/\*[\s\S]*?\*/)*`

/**
 * Returns the source text with the bug in it.
 *
 * @throws Error when `from` is not found exactly once in `within`: the sources have changed, and the bug has to follow
 */
export function plant(text: string, { name, file, within, from, to }: SeededBug): string {
  const pattern = patternOf(from)
  const found = new Map(
    declarationsOf(text, within).flatMap(({ start, code }) =>
      [...code.matchAll(pattern)].map(match => [start + match.index, match[0].length] as const),
    ),
  )
  const [place] = found
  if (found.size !== 1 || !place || from === to)
    throw new Error(
      `seeded bug "${name}": expected one match in ${within} of src/${file}, found ${found.size}: ${from}`,
    )
  const [start, length] = place
  return text.slice(0, start) + to + text.slice(start + length)
}

/** Every declaration of that name with its body. The formatter's indentation tells where it ends. */
function declarationsOf(text: string, name: string): { start: number; code: string }[] {
  const head = String.raw`^( *)(?:(?:export|default|abstract|private|protected|static|readonly|async|get|const|let|function|class)\b\*? *)*${name}\b`
  const rest = String.raw`[^\n]*(?:\n(?:\1 [^\n]*|\1[)\]}][^\n]*|(?=\n)))*`
  return [...text.matchAll(new RegExp(head + rest, 'gm'))].map(match => ({ start: match.index, code: match[0] }))
}

/** Matches the same tokens, however they are laid out. */
function patternOf(code: string): RegExp {
  const tokens = (code.match(/\w+|[^\w\s]/g) ?? []).map(token => {
    if (token === '…') return '[^()]*'
    if (/\w/.test(token)) return `\\b${token}\\b`
    return /[)\]}]/.test(token) ? `,?${GAP}\\${token}` : `\\${token}`
  })
  return new RegExp(tokens.join(GAP), 'g')
}
