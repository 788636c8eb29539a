import { closeSync, fsyncSync, openSync, readFileSync, realpathSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { decodeKeyFile, encodeKeyFile, type KeyFile, KeyFileError, NO_KEYS } from '../access/key-file.js'
import { UsageError } from './arguments.js'
import { codeOf, syncFolder } from './durable-file.js'
import { quote } from './printable.js'

/** Readable by its owner only, although it holds hashes and no key. */
const MODE = 0o600

/**
 * The key file; without holders when there is none yet.
 *
 * @throws UsageError when the file cannot be read, or is not a key file
 */
export function readKeyFile(path: string): KeyFile {
  try {
    return decodeKeyFile(readFileSync(path, 'utf8'))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return NO_KEYS
    const problem =
      error instanceof KeyFileError ? `is not a valid key file: ${error.message}` : `cannot be read: ${codeOf(error)}`
    throw new UsageError(`AUTH_KEYS_FILE: ${quote(path)} ${problem}`)
  }
}

/**
 * Replaces the key file atomically: a concurrent reader, or one after a crash, sees the old file or the new one. The new file
 * is created exclusively before the old one is read, so that two programs cannot overwrite each other's change.
 *
 * @param change returns the new content; when it throws, the file stays as it was
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

/** The path of the file itself when the given path is a symbolic link, so that the link is kept. */
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
      `AUTH_KEYS_FILE: ${quote(path)} exists: another billgraph keys is running; if none is, remove that file`,
    )
  }
}
