import { readFileSync } from 'node:fs'

/** A limit as docs/platform.md documents it. */
export interface DocumentedLimit {
  readonly setting: string
  readonly standard: number
  readonly counts: string
  readonly status: number
  readonly code: string
}

/** The rows of the table of limits. */
export function readDocumentedLimits(): readonly DocumentedLimit[] {
  const text = readFileSync(new URL('../../../docs/platform.md', import.meta.url), 'utf8')
  const rows = text.matchAll(/^\| `(LIMIT_\w+)` \| ([\d,]+) \| (.+?) \| (\d{3}) `(\w+)`.* \|$/gm)
  return [...rows].map(([, setting = '', standard = '', counts = '', status, code = '']) => ({
    setting,
    standard: Number(standard.replaceAll(',', '')),
    counts,
    status: Number(status),
    code,
  }))
}
