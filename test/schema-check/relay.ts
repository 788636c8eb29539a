import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type CheckResult, type Finding, failedWith } from './check-result.js'
import { toClientSchema } from './client-schema.js'
import { runTool } from './tool.js'

/** Writes the schema file of relay-compiler, which does not support `extend schema`. */
export async function writeRelaySchema(project: string, sdl: string): Promise<void> {
  await writeFile(join(project, 'schema.graphql'), toClientSchema(sdl))
}

/** Checks that relay-compiler accepts all fragments of a project, and that its artifacts are up to date. */
export async function checkRelay(project: string, sdl: string): Promise<CheckResult> {
  await writeRelaySchema(project, sdl)
  const { isOk, output } = await runTool('relay-compiler', ['--validate', '--output', 'quiet-with-errors'], project)
  return failedWith(isOk ? [] : readErrors(output))
}

function readErrors(output: string): readonly Finding[] {
  const summary = output.split('Unable to run relay compiler')[0] ?? output
  const errors = summary.split(/\[ERROR\] (?:Error: )?/).slice(1)
  const texts = errors.map(text => text.trim()).filter(text => text !== '' && text !== 'Compilation failed.')
  return (texts.length > 0 ? texts : [output]).map(message => ({ at: coordinateOf(message), message }))
}

/** Finding of a relay-compiler message, which names a field and its type, or a file. */
function coordinateOf(message: string): string {
  const field = /type `(\w+)` has no field `(\w+)`/.exec(message)
  return field ? `${field[1]}.${field[2]}` : (/\S+\.(?:tsx?|graphql)\b/.exec(message)?.[0] ?? 'relay-compiler')
}
