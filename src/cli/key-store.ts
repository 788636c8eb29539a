import { closeSync, fsyncSync, openSync, readFileSync, realpathSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { decodeKeyFile, encodeKeyFile, type KeyFile, KeyFileError, NO_KEYS } from '../access/key-file.js'
import { UsageError } from './arguments.js'
import { quote } from './printable.js'

/** For its owner's eyes only, though there is no key in it. */
const MODE = 0o600

/**
 * The file as it is; without anybody when there is none yet.
 *
 * @throws UsageError when it cannot be read, or is no file of keys
 */
export function readKeyFile(path: string): KeyFile {
  try {
    return decodeKeyFile(readFileSync(path, 'utf8'))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return NO_KEYS
    const problem = error instanceof KeyFileError ? `is wrong at ${error.message}` : `cannot be read: ${codeOf(error)}`
    throw new UsageError(`AUTH_KEYS_FILE: ${quote(path)} ${problem}`)
  }
}

/**
 * Changes the file as a whole: whoever reads it meanwhile, or after a crash, finds the old one or the new one. The new one is
 * written beside it under a name that only one program at a time can take, before the old one is read: no change gets lost.
 *
 * @param change what it throws leaves the file as it was
 * @throws UsageError when the file cannot be changed
 */
export function changeKeyFile(path: string, change: (file: KeyFile) => KeyFile): void {
  const target = targetOf(path)
  const next = `${target}.new`
  const descriptor = open(next)
  try {
    writeSync(descriptor, encodeKeyFile(change(readKeyFile(target))))
    fsyncSync(descriptor)
    renameSync(next, target)
  } catch (error) {
    rmSync(next, { force: true })
    throw error
  } finally {
    closeSync(descriptor)
  }
  syncFolder(dirname(target))
}

/** The file itself where the path is a link to it: the link stays one. */
function targetOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

function open(path: string): number {
  try {
    return openSync(path, 'wx', MODE)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST')
      throw new UsageError(`AUTH_KEYS_FILE: cannot write ${quote(path)}: ${codeOf(error)}`)
    throw new UsageError(
      `AUTH_KEYS_FILE: ${quote(path)} is there: another billgraph keys is at work; if none is, remove that file`,
    )
  }
}

/** The new name is on disk only once the folder is. */
function syncFolder(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
}
