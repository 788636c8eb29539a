import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { type CodegenConfig, generate, loadCodegenConfig } from '@graphql-codegen/cli'
import { type CheckResult, type Finding, failedWith } from './check-result.js'

/** Checks that codegen accepts schema and documents, all scalars have a type, and its files are up to date. */
export async function checkCodegen(root: string, schema?: string): Promise<CheckResult> {
  const { config } = await loadCodegenConfig({ configFilePath: `${root}/codegen.yml` })
  const changed: CodegenConfig = schema === undefined ? config : { ...config, schema }
  try {
    const files = await generate({ ...changed, cwd: root, silent: true, errorsOnly: true }, false)
    return failedWith((files as Written[]).flatMap(file => findDrift(file, root)))
  } catch (error) {
    return failedWith(readErrors(error))
  }
}

interface Written {
  readonly filename: string
  readonly content: string
}

function findDrift({ filename, content }: Written, root: string): Finding[] {
  if (existsSync(filename) && readFileSync(filename, 'utf8') === content) return []
  return [{ at: relative(root, filename), message: 'is outdated, run: npm run codegen' }]
}

function readErrors(error: unknown): Finding[] {
  const causes = error instanceof AggregateError ? error.errors : [error]
  return causes.map(cause => ({ at: 'codegen.yml', message: cause instanceof Error ? cause.message : String(cause) }))
}
