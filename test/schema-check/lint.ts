import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { buildSubgraphSchema } from '@apollo/subgraph'
import plugin from '@graphql-eslint/eslint-plugin'
import { ESLint, type Linter } from 'eslint'
import { type DefinitionNode, type DocumentNode, parse, print, printSchema } from 'graphql'
import { type CheckResult, failedWith } from './check-result.js'
import { coordinateAt } from './coordinate.js'
import { LINT_RULES } from './lint-rules.js'

/** Checks an SDL file with graphql-eslint. */
export async function checkLint(file: string): Promise<CheckResult> {
  const document = parse(readFileSync(file, 'utf8'))
  const [result] = await createLinter(file, document).lintFiles([file])
  const toFinding = ({ line, column, ruleId, message }: Linter.LintMessage) => ({
    at: coordinateAt(document, line, column) ?? 'schema.graphql',
    message: `${message.replaceAll('\n', ' ')} (${ruleId})`,
  })
  return failedWith((result?.messages ?? []).map(toFinding))
}

function createLinter(file: string, document: DocumentNode): ESLint {
  return new ESLint({
    cwd: dirname(file),
    overrideConfigFile: true,
    overrideConfig: {
      files: ['**/*.graphql'],
      plugins: { '@graphql-eslint': plugin as unknown as ESLint.Plugin },
      languageOptions: {
        parser: plugin.parser as unknown as Linter.Parser,
        parserOptions: { graphQLConfig: { schema: [defineFederation(document), file] } },
      },
      rules: LINT_RULES,
    },
  })
}

/** Definitions of federation's directives under the SDL's linked names, which graphql-eslint requires. */
function defineFederation({ definitions }: DocumentNode): string {
  const links = definitions.filter(node => node.kind === 'SchemaExtension').map(print)
  const schema = buildSubgraphSchema([{ typeDefs: parse(`${links.join('\n')} type Query { any: Int }`) }])
  return parse(printSchema(schema))
    .definitions.filter(node => node.kind === 'DirectiveDefinition' || isFederationType(node))
    .map(print)
    .join('\n')
}

function isFederationType(node: DefinitionNode): boolean {
  return 'name' in node && node.name !== undefined && node.name.value.includes('__')
}
