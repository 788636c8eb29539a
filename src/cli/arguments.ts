import { parseArgs } from 'node:util'
import { quote } from './printable.js'

/** The arguments make no sense. The message is one line: which option, what was given, what is expected. */
export class UsageError extends Error {
  constructor(problem: string) {
    super(problem)
    this.name = 'UsageError'
  }
}

/** What an option's value may be. */
export interface OptionKind<T> {
  /** As it follows "is not": `a month as YYYY-MM`. */
  readonly expected: string
  /** True when the option may be given several times. */
  readonly isRepeatable?: boolean
  /** Undefined for text that is none of the kind. */
  read(text: string): T | undefined
}

/** Options by name, without the dashes. All take a value. */
export type OptionKinds = Readonly<Record<string, OptionKind<unknown>>>

/** What was given; of each option all its values, `[]` when it was left out. */
export interface GivenArguments<K extends OptionKinds> {
  readonly positionals: readonly string[]
  readonly options: { readonly [N in keyof K]: readonly (K[N] extends OptionKind<infer T> ? T : never)[] }
}

/**
 * Reads a command's arguments.
 *
 * @throws UsageError for an option that there is not, is given twice, or has a value that is none of its kind
 */
export function readArguments<K extends OptionKinds>(args: readonly string[], kinds: K): GivenArguments<K> {
  const options: Record<string, unknown[]> = Object.fromEntries(Object.keys(kinds).map(name => [name, []]))
  const positionals: string[] = []
  for (const token of tokensOf(args, kinds)) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const kind = Object.hasOwn(kinds, token.name) ? kinds[token.name] : undefined
    const given = options[token.name]
    if (!kind || !given) throw new UsageError(`${visibleName(token.rawName)}: no such option; ${listOf(kinds)}`)
    if (given.length > 0 && !kind.isRepeatable) {
      throw new UsageError(`${token.rawName}: given again with ${quote(token.value ?? '')}; expected once`)
    }
    given.push(readValue(token.rawName, token.value, kind))
  }
  return { positionals, options: options as GivenArguments<K>['options'] }
}

/** Node's own checks are off: their messages name no value, and go on with advice. */
function tokensOf(args: readonly string[], kinds: OptionKinds) {
  const options = Object.fromEntries(Object.keys(kinds).map(name => [name, { type: 'string' as const }]))
  return parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true }).tokens
}

function readValue<T>(rawName: string, text: string | undefined, kind: OptionKind<T>): T {
  if (text === undefined) throw new UsageError(`${rawName}: no value; expected ${kind.expected}`)
  const value = kind.read(text)
  if (value === undefined) throw new UsageError(`${rawName}: ${quote(text)} is not ${kind.expected}`)
  return value
}

function visibleName(rawName: string): string {
  return /^-{1,2}[\w-]{1,60}$/.test(rawName) ? rawName : quote(rawName)
}

function listOf(kinds: OptionKinds): string {
  const names = Object.keys(kinds).map(name => `--${name}`)
  return names.length === 0 ? 'this command has none but --help' : `there are ${[...names, '--help'].join(', ')}`
}
