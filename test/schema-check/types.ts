import { globSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Finding, faulty, type Verdict } from './check-result.js'
import { runTool } from './tool.js'

/** The folders below `examples/` that are TypeScript projects. */
export function listExamples(root: string): readonly string[] {
  return globSync('examples/*/tsconfig.json', { cwd: root })
    .map(file => dirname(file))
    .toSorted()
}

/** Whether tsc takes every example as it is. */
export async function checkTypes(root: string): Promise<Verdict> {
  const faults: Finding[] = []
  for (const example of listExamples(root)) {
    const { isOk, output } = await runTool('tsc', ['--noEmit', '--pretty', 'false', '-p', '.'], join(root, example))
    if (!isOk) faults.push({ at: example, message: output })
  }
  return faulty(faults)
}
