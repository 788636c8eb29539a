import { makeApiKey } from '../access/api-key.js'
import { addHolder, removeHolder, rotateKey, withoutExpired } from '../access/key-changes.js'
import type { KeyFile, KeyHolder, StoredKey } from '../access/key-file.js'
import { hashOf } from '../access/key-hash.js'
import { principalOfKeyHolder } from '../access/key-ring.js'
import { seesNothing } from '../access/rules.js'
import { SCOPES } from '../access/scope.js'
import { UsageError } from './arguments.js'
import type { Run } from './command.js'
import { EXIT, type ExitCode } from './exit-code.js'
import { formatKeys } from './key-list.js'
import type { KeyOptions } from './key-options.js'
import { changeKeyFile, readKeyFile } from './key-store.js'
import { printMessage } from './messages.js'
import { quote } from './printable.js'
import type { Terminal } from './terminal.js'

const DEFAULT_GRACE_MS = 24 * 60 * 60_000

const RELOAD = 'Send SIGHUP to a running gateway to make it read the file again.'

/**
 * Adds a holder with a new key, and warns when the key can see no data.
 *
 * @throws UsageError without a scope
 */
export function addKey(name: string, { scope, project, prefix, buyer }: KeyOptions): Run {
  if (scope.length === 0) throw new UsageError(`--scope: missing; expected one of ${SCOPES.join(', ')}`)
  const rights = {
    scopes: [...new Set(scope)],
    projects: toStored(project),
    prefixes: toStored(prefix),
    buyers: toStored(buyer),
  }
  return terminal => {
    const { text, stored } = newKey(terminal)
    const holder = { name, ...rights, keys: [stored] }
    const problem = `${quote(name)} already has a key; use another name, or billgraph keys rotate`
    change(terminal, problem, file => addHolder(file, holder))
    warnIfBlind(terminal, holder)
    return printKey(terminal, text)
  }
}

/** Adds a new key beside the holder's old ones, which expire after the grace period. */
export function rotateKeyOf(name: string, { grace: [graceMs = DEFAULT_GRACE_MS] }: KeyOptions): Run {
  return terminal => {
    const { text, stored } = newKey(terminal)
    const oldEnd = new Date(terminal.clock().getTime() + graceMs)
    change(terminal, unknownName(name), file => rotateKey(file, name, stored, oldEnd))
    printMessage(terminal.stderr, `the old key of ${name} is valid until ${oldEnd.toISOString()}.`)
    return printKey(terminal, text)
  }
}

/** Removes a holder and all its keys. */
export function removeKeysOf(name: string): Run {
  return terminal => {
    change(terminal, unknownName(name), file => removeHolder(file, name))
    printMessage(terminal.stderr, `the keys of ${name} are removed. ${RELOAD}`)
    return EXIT.ok
  }
}

/** Prints every holder and its keys. */
export const listKeys: Run = terminal => {
  terminal.stdout.write(formatKeys(readKeyFile(pathOf(terminal)).holders, terminal.clock()))
  return EXIT.ok
}

function change(terminal: Terminal, problem: string, make: (file: KeyFile) => KeyFile | null): void {
  changeKeyFile(pathOf(terminal), file => {
    const changed = make(file)
    if (!changed) throw new UsageError(`NAME: ${problem}`)
    return withoutExpired(changed, terminal.clock())
  })
}

function pathOf({ variables }: Terminal): string {
  const path = variables.AUTH_KEYS_FILE
  if (path) return path
  throw new UsageError('AUTH_KEYS_FILE: missing; expected the path of the file that holds the keys')
}

function newKey({ clock }: Terminal): { readonly text: string; readonly stored: StoredKey } {
  const key = makeApiKey()
  const createdAt = clock().toISOString()
  return { text: key.text, stored: { id: key.id, sha256: hashOf(key), createdAt, validUntil: null } }
}

/** Scopes and grants are easily taken for one thing; a key that lacks either only gets empty answers. */
function warnIfBlind({ stderr }: Terminal, holder: KeyHolder): void {
  if (!seesNothing(principalOfKeyHolder(holder))) return
  const { name, scopes } = holder
  printMessage(
    stderr,
    `warning: ${name} cannot see any data. Its scopes (${scopes.join(', ')}) say what it may do; whose data it sees is granted ` +
      'by --project, --prefix (both need the scope billing:read or costs:read) and --buyer (needs billing:read), ' +
      `'*' for all. To change it: billgraph keys remove ${name}, then add it again.`,
  )
}

function printKey({ stdout, stderr }: Terminal, key: string): ExitCode {
  stdout.write(`${key}\n`)
  printMessage(stderr, `this key is shown only once; the file keeps its hash. ${RELOAD}`)
  return EXIT.ok
}

function unknownName(name: string): string {
  return `${quote(name)} has no key; run billgraph keys list to see all names`
}

function toStored(words: readonly string[]): '*' | string[] {
  return words.includes('*') ? '*' : [...new Set(words)]
}
