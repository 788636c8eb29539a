import { globSync, readFileSync } from 'node:fs'

const root = new URL('../../', import.meta.url)

/** A code block of a document. */
export interface CodeBlock {
  readonly file: string
  /** `graphql`, `sh`, …; '' without one. */
  readonly language: string
  readonly code: string
}

/** The documents for readers, from the top folder. */
export const DOCUMENTS: readonly string[] = [
  ...globSync('*.md', { cwd: root }),
  ...globSync('docs/*.md', { cwd: root }),
  ...globSync('examples/*/README.md', { cwd: root }),
].toSorted()

/** The text of a document. */
export function readDocument(file: string): string {
  return readFileSync(new URL(file, root), 'utf8')
}

/** All code blocks of all documents. */
export function readCodeBlocks(): readonly CodeBlock[] {
  return DOCUMENTS.flatMap(file =>
    [...readDocument(file).matchAll(/^( *)```(\w*)\n([\s\S]*?)^\1```$/gm)].map(([, , language = '', code = '']) => ({
      file,
      language,
      code,
    })),
  )
}
