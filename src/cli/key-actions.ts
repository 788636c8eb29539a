import { makeApiKey } from '../access/api-key.js'
import { addHolder, removeHolder, rotateKey, withoutExpired } from '../access/key-changes.js'
import type { KeyFile, StoredKey } from '../access/key-file.js'
import { hashOf } from '../access/key-hash.js'
import { SCOPES } from '../access/scope.js'
import { UsageError } from './arguments.js'
import type { LocalRun, LocalSession } from './command.js'
import { EXIT, type ExitCode } from './exit-code.js'
import { printKeys } from './key-list.js'
import type { KeyOptions } from './key-options.js'
import { changeKeyFile, readKeyFile } from './key-store.js'
import { remark } from './messages.js'
import { quote } from './printable.js'

const DEFAULT_GRACE_MS = 24 * 60 * 60_000

const RELOAD = 'A running gateway goes by it once it is sent SIGHUP.'

/** @throws UsageError without a scope: such a key would open nothing */
export function addKey(name: string, { scope, project, prefix, buyer }: KeyOptions): LocalRun {
  if (scope.length === 0) throw new UsageError(`--scope: missing; expected one of ${SCOPES.join(', ')}`)
  const rights = {
    scopes: [...new Set(scope)],
    projects: toStored(project),
    prefixes: toStored(prefix),
    buyers: toStored(buyer),
  }
  return session => {
    const { text, stored } = newKey(session)
    const problem = `${quote(name)} has a key; expected another name, or billgraph keys rotate`
    change(session, problem, file => addHolder(file, { name, ...rights, keys: [stored] }))
    return show(session, text)
  }
}

/** A new key beside the old one, which ends a while later. */
export function rotateKeyOf(name: string, { grace: [graceMs = DEFAULT_GRACE_MS] }: KeyOptions): LocalRun {
  return session => {
    const { text, stored } = newKey(session)
    const oldEnd = new Date(session.clock().getTime() + graceMs)
    change(session, nobody(name), file => rotateKey(file, name, stored, oldEnd))
    remark(session.stderr, `the old key of ${name} is good until ${oldEnd.toISOString()}.`)
    return show(session, text)
  }
}

/** The name and all its keys. */
export function removeKeysOf(name: string): LocalRun {
  return session => {
    change(session, nobody(name), file => removeHolder(file, name))
    remark(session.stderr, `the keys of ${name} are removed. ${RELOAD}`)
    return EXIT.ok
  }
}

/** Who has which. */
export const listKeys: LocalRun = ({ keyFile, stdout, clock }) => {
  stdout.write(printKeys(readKeyFile(keyFile()).holders, clock()))
  return EXIT.ok
}

function change({ keyFile, clock }: LocalSession, problem: string, make: (file: KeyFile) => KeyFile | null): void {
  changeKeyFile(keyFile(), file => {
    const changed = make(file)
    if (!changed) throw new UsageError(`NAME: ${problem}`)
    return withoutExpired(changed, clock())
  })
}

function newKey({ clock }: LocalSession): { readonly text: string; readonly stored: StoredKey } {
  const key = makeApiKey()
  const createdAt = clock().toISOString()
  return { text: key.text, stored: { id: key.id, sha256: hashOf(key), createdAt, validUntil: null } }
}

function show({ stdout, stderr }: LocalSession, key: string): ExitCode {
  stdout.write(`${key}\n`)
  remark(stderr, `this key is shown once, and kept nowhere. ${RELOAD}`)
  return EXIT.ok
}

function nobody(name: string): string {
  return `${quote(name)} has no key; billgraph keys list shows who has`
}

function toStored(words: readonly string[]): '*' | string[] {
  return words.includes('*') ? '*' : [...new Set(words)]
}
