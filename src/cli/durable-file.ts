import { closeSync, fsyncSync, openSync } from 'node:fs'

/** Flushes the folder: without it a new or renamed file could be lost in a crash. */
export function syncFolder(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** The code of an error of `node:fs`: `ENOENT`. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
}
