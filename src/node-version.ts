const REQUIRED_MAJOR = 24

/** Why this version of Node.js cannot run Billgraph, in one line; null when it can. */
export function nodeVersionProblem(version: string): string | null {
  const major = Number.parseInt(version, 10)
  if (major >= REQUIRED_MAJOR) return null
  return `Billgraph needs Node.js ${REQUIRED_MAJOR} or newer; this is ${version}. On Linux, npm scripts use the one in the lockfile.`
}

/** Ends the process with one line on stderr when its Node.js is too old. */
export function requireNode(): void {
  const problem = nodeVersionProblem(process.versions.node)
  if (problem === null) return
  process.stderr.write(`${problem}\n`)
  process.exit(1)
}
