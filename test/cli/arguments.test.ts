import { describe, expect, it } from 'vitest'
import { readArguments, UsageError } from '../../src/cli/arguments.js'
import { choice, count, MONTH, PROJECT, REGIONS } from '../../src/cli/option-kinds.js'

const KINDS = {
  month: MONTH,
  limit: count(100),
  format: choice({ table: 1, json: 2 }),
  region: REGIONS,
  project: PROJECT,
}

function read(...args: string[]) {
  return readArguments(args, KINDS)
}

function complaint(...args: string[]): string {
  try {
    read(...args)
  } catch (error) {
    if (error instanceof UsageError) return error.message
    throw error
  }
  return ''
}

describe('readArguments', () => {
  it('reads --name value and --name=value, keeps the order of repeated values, and returns [] for absent options', () => {
    expect(read('a', '--month=2017-07', '--limit', '5', '--region', 'x', '--region', 'y', 'b')).toEqual({
      positionals: ['a', 'b'],
      options: { month: ['2017-07'], limit: [5], format: [], region: ['x', 'y'], project: [] },
    })
  })

  it('takes arguments after -- for positionals', () => {
    expect(read('--', '--month', '-x').positionals).toEqual(['--month', '-x'])
    expect(read('').positionals).toEqual([''])
  })

  it("also accepts the graph's id of a project", () => {
    expect(read('--project', 'catalyst:buyer:abc').options.project).toEqual(['abc'])
  })

  it.each([
    [['--month', '2017-13'], '--month: "2017-13" is not a month as YYYY-MM from 2000 on, such as 2017-07'],
    [['--month', '1999-12'], '--month: "1999-12" is not a month as YYYY-MM from 2000 on, such as 2017-07'],
    [['--month='], '--month: "" is not a month as YYYY-MM from 2000 on, such as 2017-07'],
    [['--month'], '--month: missing value; expected a month as YYYY-MM from 2000 on, such as 2017-07'],
    [['--month', '--limit', '5'], '--month: "--limit" is not a month as YYYY-MM from 2000 on, such as 2017-07'],
    [['--month', '2017-07', '--month', '2017-08'], '--month: repeated with "2017-08"; expected it once'],
    [['--limit', '0'], '--limit: "0" is not a whole number from 1 to 100'],
    [['--limit', '101'], '--limit: "101" is not a whole number from 1 to 100'],
    [['--limit', '-3'], '--limit: "-3" is not a whole number from 1 to 100'],
    [['--limit', '1e1'], '--limit: "1e1" is not a whole number from 1 to 100'],
    [['--format', 'toString'], '--format: "toString" is not one of table, json'],
    [['--region', 'no region'], '--region: "no region" is not the name of a region, such as nz-por-1'],
    [['--project', '../x'], '--project: "../x" is not an OpenStack project id'],
    [
      ['--colour', 'red'],
      '--colour: unknown option; expected one of --month, --limit, --format, --region, --project, --help',
    ],
    [
      ['--__proto__', 'x'],
      '--__proto__: unknown option; expected one of --month, --limit, --format, --region, --project, --help',
    ],
    [['-x'], '-x: unknown option; expected one of --month, --limit, --format, --region, --project, --help'],
    [
      ['--\u001b[2J'],
      '"--\\u001b[2J": unknown option; expected one of --month, --limit, --format, --region, --project, --help',
    ],
  ])('reports %j in one line', (args, message) => {
    expect(complaint(...args)).toBe(message)
  })
})
