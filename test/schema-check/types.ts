import { globSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type CheckResult, type Finding, failedWith } from './check-result.js'
import { runTool } from './tool.js'

/** Folders below `examples/` that are TypeScript projects. */
export function listExamples(root: string): readonly string[] {
  return globSync('examples/*/tsconfig.json', { cwd: root })
    .map(file => dirname(file))
    .toSorted()
}

/** Checks that tsc accepts all examples. */
export async function checkTypes(root: string): Promise<CheckResult> {
  const errors: Finding[] = []
  for (const example of listExamples(root)) {
    const { isOk, output } = await runTool('tsc', ['--noEmit', '--pretty', 'false', '-p', '.'], join(root, example))
    if (!isOk) errors.push({ at: example, message: output })
  }
  return failedWith(errors)
}
