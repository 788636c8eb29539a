const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'a part of the path is not a directory',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EISDIR: 'it is a directory',
  ELOOP: 'too many symbolic links',
}

/** Why a file could not be read: `no such file (ENOENT)`. Never the error's own message, which may quote more. */
export function fileProblem(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
  const reason = REASONS[code]
  return reason === undefined ? code : `${reason} (${code})`
}
