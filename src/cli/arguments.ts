import { parseArgs } from 'node:util'
import { quote } from './printable.js'

/** Wrong command-line arguments. The message is one line: which argument, what was given, what was expected. */
export class UsageError extends Error {
  constructor(problem: string) {
    super(problem)
    this.name = 'UsageError'
  }
}

/** How an option's value is read. */
export interface OptionKind<T> {
  /** What a value has to be, for messages: `a month as YYYY-MM`. */
  readonly expected: string
  /** True when the option may be repeated. */
  readonly isRepeatable?: boolean
  /** True when the option takes no value; then '' is read. */
  readonly isFlag?: boolean
  /** The value; undefined for text that is not one. */
  read(text: string): T | undefined
}

/** Options by name, without the dashes. */
export type OptionKinds = Readonly<Record<string, OptionKind<unknown>>>

/** The arguments that were given. */
export interface GivenArguments<K extends OptionKinds> {
  readonly positionals: readonly string[]
  /** All values of each option; `[]` when it was left out. */
  readonly options: { readonly [N in keyof K]: readonly (K[N] extends OptionKind<infer T> ? T : never)[] }
}

/**
 * Reads a command's arguments.
 *
 * @throws UsageError for an unknown option, a repeated one, or a value that its kind cannot read
 */
export function readArguments<K extends OptionKinds>(args: readonly string[], kinds: K): GivenArguments<K> {
  const options: Record<string, unknown[]> = Object.fromEntries(Object.keys(kinds).map(name => [name, []]))
  const positionals: string[] = []
  for (const token of tokensOf(args, kinds)) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const kind = Object.hasOwn(kinds, token.name) ? kinds[token.name] : undefined
    const given = options[token.name]
    if (!kind || !given) throw new UsageError(`${nameOf(token.rawName)}: unknown option; expected ${listOf(kinds)}`)
    if (given.length > 0 && !kind.isRepeatable) {
      throw new UsageError(`${token.rawName}: repeated with ${quote(token.value ?? '')}; expected it once`)
    }
    given.push(readValue(token.rawName, kind.isFlag ? (token.value ?? '') : token.value, kind))
  }
  return { positionals, options: options as GivenArguments<K>['options'] }
}

/** Tokens of the arguments, unchecked: the messages of Node's own checks do not quote the value. */
function tokensOf(args: readonly string[], kinds: OptionKinds) {
  const options = Object.fromEntries(
    Object.entries(kinds).map(([name, { isFlag }]) => [
      name,
      { type: isFlag ? ('boolean' as const) : ('string' as const) },
    ]),
  )
  return parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true }).tokens
}

function readValue<T>(rawName: string, text: string | undefined, kind: OptionKind<T>): T {
  if (text === undefined) throw new UsageError(`${rawName}: missing value; expected ${kind.expected}`)
  const value = kind.read(text)
  if (value === undefined) throw new UsageError(`${rawName}: ${quote(text)} is not ${kind.expected}`)
  return value
}

function nameOf(rawName: string): string {
  return /^-{1,2}[\w-]{1,60}$/.test(rawName) ? rawName : quote(rawName)
}

function listOf(kinds: OptionKinds): string {
  const names = Object.keys(kinds).map(name => `--${name}`)
  return names.length === 0 ? '--help, which is the only option' : `one of ${[...names, '--help'].join(', ')}`
}
