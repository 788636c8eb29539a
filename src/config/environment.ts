import { z } from 'zod'
import { isTrustworthyUrl } from '../upstream/trustworthy-url.js'

/** Environment variables, read one by one; what is wrong with them is collected. */
export class Environment {
  /** `NAME what is wrong with it`, in the order found. No secret's value is in it. */
  readonly problems: string[] = []

  constructor(
    private readonly variables: Readonly<Record<string, string | undefined>>,
    private readonly readFile: (path: string) => string,
  ) {}

  /** True when any of them is set. */
  hasAny(names: readonly string[]): boolean {
    return names.some(name => this.text(name) !== undefined)
  }

  /** The value; undefined when it is missing or empty. */
  text(name: string): string | undefined {
    return this.variables[name] || undefined
  }

  /** A secret, from the variable itself or from the file that `NAME_FILE` names. */
  secret(name: string): string | undefined {
    const [value, path] = [this.text(name), this.text(`${name}_FILE`)]
    if (value !== undefined && path !== undefined)
      this.complain(name, `is set, and so is ${name}_FILE: set one of them`)
    const secret = value ?? (path === undefined ? undefined : this.fileText(`${name}_FILE`, path))
    if (secret !== undefined && !/^[\x20-\x7e]{1,8192}$/.test(secret)) {
      this.complain(name, 'is not one line of printable ASCII')
      return undefined
    }
    return secret
  }

  /** The text of the file that the variable names. */
  file(name: string): string | undefined {
    const path = this.text(name)
    return path === undefined ? undefined : this.fileText(name, path)
  }

  /** A whole number within bounds. */
  integer(name: string, min: number, max: number): number | undefined {
    return this.parse(name, z.coerce.number().int().min(min).max(max), `a whole number from ${min} to ${max}`)
  }

  /** One of some words. */
  choice<T extends string>(name: string, words: readonly T[]): T | undefined {
    return this.parse(name, z.enum(words), `one of ${words.join(', ')}`)
  }

  /** Text of a form. */
  matching(name: string, form: RegExp, expected: string): string | undefined {
    return this.parse(name, z.string().regex(form), expected)
  }

  /** Words with commas between them. */
  list(name: string, form: RegExp, expected: string): readonly string[] | undefined {
    const words = this.text(name)
      ?.split(',')
      .map(word => word.trim())
    if (words?.some(word => !form.test(word))) this.complain(name, `is not ${expected}`)
    return words
  }

  /** The address of an upstream: https, or http on this machine. */
  url(name: string): string | undefined {
    return this.parse(
      name,
      z.string().refine(isTrustworthyUrl),
      'an https URL without user, query or fragment (plain http is for loopback addresses only)',
    )
  }

  /** Notes a problem. */
  complain(name: string, problem: string): void {
    this.problems.push(`${name} ${problem}`)
  }

  private parse<T>(name: string, schema: z.ZodType<T>, expected: string): T | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    const result = schema.safeParse(text)
    if (result.success) return result.data
    this.complain(name, `is not ${expected}`)
    return undefined
  }

  private fileText(name: string, path: string): string | undefined {
    try {
      return this.readFile(path).replace(/\r?\n$/, '')
    } catch {
      this.complain(name, 'names a file that cannot be read')
      return undefined
    }
  }
}
