import { z } from 'zod'
import { isTrustworthyUrl } from '../upstream/http/url-trust.js'

/** What a password may be: it travels in a body. */
const ONE_LINE = /^[^\p{Cc}\uFEFF]{1,8192}$/u

/** What a token may be: it travels in a header. */
const ONE_ASCII_LINE = /^[\x20-\x7e]{1,8192}$/

/** Where settings were written, and what they are called there. */
export interface SettingsOrigin {
  /** Stands before each problem: `cloud acme (clouds.yaml): `; '' for the environment itself. */
  readonly place: string
  /** What people call the setting that a variable stands for: `auth.auth_url` for `OS_AUTH_URL`. */
  readonly nameOf: (variable: string) => string
}

const ENVIRONMENT: SettingsOrigin = { place: '', nameOf: variable => variable }

/** Environment variables, read one by one; what is wrong with them is collected. */
export class Environment {
  /** @param problems `NAME what is wrong with it`, in the order found. No secret's value is in it. */
  constructor(
    private readonly variables: Readonly<Record<string, string | undefined>>,
    private readonly readFile: (path: string) => string,
    private readonly origin: SettingsOrigin = ENVIRONMENT,
    readonly problems: string[] = [],
  ) {}

  /** The same settings as written elsewhere. What is wrong with them is noted here, by their names there. */
  elsewhere(variables: Readonly<Record<string, string | undefined>>, origin: SettingsOrigin): Environment {
    return new Environment(variables, this.readFile, origin, this.problems)
  }

  /** What people call the setting of this variable. */
  nameOf(variable: string): string {
    return this.origin.nameOf(variable)
  }

  /** True when any of them is set. */
  hasAny(names: readonly string[]): boolean {
    return names.some(name => this.text(name) !== undefined)
  }

  /** The value; undefined when it is missing or empty. */
  text(name: string): string | undefined {
    return this.variables[name] || undefined
  }

  /** A password, from the variable itself or from the file that `NAME_FILE` names. */
  password(name: string): string | undefined {
    return this.secret(name, ONE_LINE, 'one line of text')
  }

  /** A token, from the variable itself or from the file that `NAME_FILE` names. */
  token(name: string): string | undefined {
    return this.secret(name, ONE_ASCII_LINE, 'one line of printable ASCII')
  }

  /** The certificates in the PEM file that the variable names. */
  certificates(name: string): string | undefined {
    const text = this.file(name)
    if (text === undefined || text.includes('-----BEGIN CERTIFICATE-----')) return text
    this.complain(name, 'names a file without a PEM certificate')
    return undefined
  }

  /** The texts of the files that the variable names, with commas between them. */
  files(name: string): readonly { readonly path: string; readonly text: string }[] {
    return (this.list(name, path => path !== '', 'a list of files') ?? []).flatMap(path => {
      try {
        return [{ path, text: this.readFile(path) }]
      } catch {
        this.complain(name, `names a file that cannot be read: ${path}`)
        return []
      }
    })
  }

  /** A whole number within bounds. */
  integer(name: string, min: number, max: number): number | undefined {
    const number = z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number)
    return this.parse(name, number.pipe(z.number().min(min).max(max)), `a whole number from ${min} to ${max}`)
  }

  /** One of some words. */
  choice<T extends string>(name: string, words: readonly T[]): T | undefined {
    return this.parse(name, z.enum(words), `one of ${words.join(', ')}`)
  }

  /** Text of a form. */
  matching(name: string, fits: (text: string) => boolean, expected: string): string | undefined {
    return this.parse(name, z.string().refine(fits), expected)
  }

  /** Words with commas between them, each once. */
  list(name: string, fits: (word: string) => boolean, expected: string): readonly string[] | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    const words = text.split(',').map(word => word.trim())
    if (words.some(word => !fits(word))) this.complain(name, `is not ${expected}`)
    return [...new Set(words)]
  }

  /** The address of an upstream: https, or http on this machine. */
  url(name: string): string | undefined {
    return this.parse(
      name,
      z.string().refine(isTrustworthyUrl),
      'an https URL without user, query or fragment (plain http is for loopback addresses only)',
    )
  }

  /**
   * The text of a file that need not be there; undefined when it is not.
   *
   * @throws what the system says of a file that is there and cannot be read
   */
  fileIfThere(path: string): string | undefined {
    try {
      return this.readFile(path)
    } catch (error) {
      if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
        return undefined
      }
      throw error
    }
  }

  /** The text of the file that the variable names, without a last line break. */
  file(name: string): string | undefined {
    const path = this.text(name)
    return path === undefined ? undefined : this.fileAt(name, path)
  }

  /** The same where the path is only a part of the variable's value. */
  fileAt(name: string, path: string): string | undefined {
    try {
      return this.readFile(path).replace(/\r?\n$/, '')
    } catch {
      this.complain(name, 'names a file that cannot be read')
      return undefined
    }
  }

  /** Notes a problem. */
  complain(name: string, problem: string): void {
    this.problems.push(`${this.origin.place}${this.nameOf(name)} ${problem}`)
  }

  private parse<T>(name: string, schema: z.ZodType<T>, expected: string): T | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    const result = schema.safeParse(text)
    if (result.success) return result.data
    this.complain(name, `is not ${expected}`)
    return undefined
  }

  /** Text of a form that may hold a secret, from the variable itself or from the file that `NAME_FILE` names. */
  secretText(name: string, fits: (text: string) => boolean, expected: string): string | undefined {
    const text = this.secret(name, ONE_LINE, 'one line of text')
    if (text === undefined || fits(text)) return text
    this.complain(name, `is not ${expected}`)
    return undefined
  }

  private secret(name: string, form: RegExp, expected: string): string | undefined {
    const fileName = `${name}_FILE`
    const value = this.text(name)
    if (value !== undefined && this.hasAny([fileName])) {
      this.complain(name, `is set, and so is ${this.nameOf(fileName)}: set one of them`)
    }
    const secret = value ?? this.file(fileName)
    if (secret === undefined || form.test(secret)) return secret
    if (value === undefined) this.complain(fileName, `names a file that is not ${expected}`)
    else this.complain(name, `is not ${expected}`)
    return undefined
  }
}
