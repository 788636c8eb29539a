import { z } from 'zod'
import { isTrustworthyUrl } from '../upstream/http/url-trust.js'
import { fileProblem } from './file-problem.js'
import { settingNamed } from './settings/all-settings.js'
import { showSecretPath, showValue } from './shown-value.js'

/** What a password may be. It is sent in a request body. */
const ONE_LINE = /^[^\p{Cc}\uFEFF]{1,8192}$/u

/** What a token may be. It is sent in a header. */
const ONE_ASCII_LINE = /^[\x20-\x7e]{1,8192}$/

/** Where settings come from, and their names there. */
export interface SettingsOrigin {
  /** Prefix of each problem: `cloud acme (clouds.yaml): `; '' for the environment itself. */
  readonly place: string
  /** The name of the setting that stands for a variable: `auth.auth_url` for `OS_AUTH_URL`. */
  readonly nameOf: (variable: string) => string
}

const ENVIRONMENT: SettingsOrigin = { place: '', nameOf: variable => variable }

/** Typed reader of environment variables. It collects problems instead of throwing. An empty variable counts as absent. */
export class Environment {
  /**
   * @param readFile returns the text of a file; throws the error of `node:fs` when the file cannot be read
   * @param problems each `NAME what is wrong with it`, in the order found; never the value of a secret
   */
  constructor(
    private readonly variables: Readonly<Record<string, string | undefined>>,
    private readonly readFile: (path: string) => string,
    private readonly origin: SettingsOrigin = ENVIRONMENT,
    readonly problems: string[] = [],
  ) {}

  /** A reader of settings from another place, such as clouds.yaml. It adds to the same problems. */
  withSettings(variables: Readonly<Record<string, string | undefined>>, origin: SettingsOrigin): Environment {
    return new Environment(variables, this.readFile, origin, this.problems)
  }

  /** The name that users know the setting by. */
  nameOf(variable: string): string {
    return this.origin.nameOf(variable)
  }

  /** The names of all variables that are set, ours or not. */
  names(): readonly string[] {
    return Object.keys(this.variables).filter(name => this.text(name) !== undefined)
  }

  /** True when any of the variables is set. */
  hasAny(names: readonly string[]): boolean {
    return names.some(name => this.text(name) !== undefined)
  }

  /** The value; undefined when it is absent or empty. */
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

  /** Text that may hold a secret, from the variable itself or from the file that `NAME_FILE` names. */
  secretText(name: string, isValid: (text: string) => boolean, expected: string): string | undefined {
    const text = this.secret(name, ONE_LINE, 'one line of text')
    if (text === undefined || isValid(text)) return text
    this.complain(name, `is not ${expected}`)
    return undefined
  }

  /** The certificates in the PEM file that the variable names. */
  certificates(name: string): string | undefined {
    const text = this.file(name)
    if (text === undefined || text.includes('-----BEGIN CERTIFICATE-----')) return text
    this.complain(name, `names ${showValue(this.text(name) ?? '')}, which holds no PEM certificate`)
    return undefined
  }

  /** A whole number within the bounds of the setting; its default when it is absent. */
  integer(name: string): number {
    return this.optionalInteger(name) ?? Number(settingNamed(name).default)
  }

  /** A whole number within the bounds of the setting. */
  optionalInteger(name: string): number | undefined {
    const { form } = settingNamed(name)
    if (form.kind !== 'number') throw new TypeError(`${name} is no number`)
    const { min, max } = form
    const number = z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number)
    return this.parse(name, number.pipe(z.number().min(min).max(max)), `a whole number from ${min} to ${max}`)
  }

  /** One of the given words. */
  choice<T extends string>(name: string, words: readonly T[]): T | undefined {
    return this.parse(name, z.enum(words), `one of ${words.join(', ')}`)
  }

  /** Text that `isValid` accepts. Not for secrets: problems show the value. */
  matching(name: string, isValid: (text: string) => boolean, expected: string): string | undefined {
    return this.parse(name, z.string().refine(isValid), expected)
  }

  /** Distinct words separated by commas. Not for secrets: problems show the words. */
  list(name: string, isValid: (word: string) => boolean, expected: string): readonly string[] | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    const words = text.split(',').map(word => word.trim())
    const wrong = words.find(word => !isValid(word))
    if (wrong !== undefined) this.complain(name, `has ${showValue(wrong)}; expected ${expected}`)
    return [...new Set(words)]
  }

  /** The base URL of an upstream: https, or http to this machine. */
  url(name: string): string | undefined {
    const expected = 'an https URL without user, query or fragment (plain http is for loopback addresses only)'
    return this.parse(name, z.string().refine(isTrustworthyUrl), expected)
  }

  /** The text of the file that the variable names, without a final line break. */
  file(name: string): string | undefined {
    const path = this.text(name)
    return path === undefined ? undefined : this.fileAt(name, path)
  }

  /** The text of the file at a path that is part of the variable's value, without a final line break. */
  fileAt(name: string, path: string, shownPath = showValue(path)): string | undefined {
    try {
      return this.readFile(path).replace(/\r?\n$/, '')
    } catch (error) {
      this.complain(name, `names ${shownPath}, which cannot be read: ${fileProblem(error)}`)
      return undefined
    }
  }

  /** The texts of the files that the variable names, separated by commas. */
  files(name: string): readonly { readonly path: string; readonly text: string }[] {
    return (this.list(name, path => path !== '', 'a list of files') ?? []).flatMap(path => {
      const text = this.fileAt(name, path)
      return text === undefined ? [] : [{ path, text }]
    })
  }

  /**
   * The text of an optional file; undefined when there is none.
   *
   * @throws the error of `node:fs` when the file exists and cannot be read
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

  /** Adds a problem with the setting of that name. */
  complain(name: string, problem: string): void {
    this.problems.push(`${this.origin.place}${this.nameOf(name)} ${problem}`)
  }

  private parse<T>(name: string, schema: z.ZodType<T>, expected: string): T | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    const result = schema.safeParse(text)
    if (result.success) return result.data
    this.complain(name, `is ${showValue(text)}; expected ${expected}`)
    return undefined
  }

  private secret(name: string, form: RegExp, expected: string): string | undefined {
    const fileName = `${name}_FILE`
    const value = this.text(name)
    const path = this.text(fileName)
    if (value !== undefined && path !== undefined) {
      this.complain(name, `is set, and so is ${this.nameOf(fileName)}: set only one of them`)
    }
    if (value !== undefined) {
      if (form.test(value)) return value
      this.complain(name, `is not ${expected}`)
      return undefined
    }
    if (path === undefined) return undefined
    const shownPath = showSecretPath(path)
    const secret = this.fileAt(fileName, path, shownPath)
    if (secret === undefined || form.test(secret)) return secret
    this.complain(fileName, `names ${shownPath}, which does not hold ${expected}`)
    return undefined
  }
}
