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
  it('reads values in either form, repeatable ones in their order, and leaves what was not given empty', () => {
    expect(read('a', '--month=2017-07', '--limit', '5', '--region', 'x', '--region', 'y', 'b')).toEqual({
      positionals: ['a', 'b'],
      options: { month: ['2017-07'], limit: [5], format: [], region: ['x', 'y'], project: [] },
    })
  })

  it('takes what follows -- as it is', () => {
    expect(read('--', '--month', '-x').positionals).toEqual(['--month', '-x'])
    expect(read('').positionals).toEqual([''])
  })

  it("reads the graph's id of a project as well", () => {
    expect(read('--project', 'catalyst:buyer:abc').options.project).toEqual(['abc'])
  })

  it.each([
    [['--month', '2017-13'], '--month: "2017-13" is not a month as YYYY-MM from 2000 on, such as 2017-07'],
    [['--month', '1999-12'], '--month: "1999-12" is not a month as YYYY-MM from 2000 on, such as 2017-07'],
    [['--month='], '--month: "" is not a month as YYYY-MM from 2000 on, such as 2017-07'],
    [['--month'], '--month: no value; expected a month as YYYY-MM from 2000 on, such as 2017-07'],
    [['--month', '--limit', '5'], '--month: "--limit" is not a month as YYYY-MM from 2000 on, such as 2017-07'],
    [['--month', '2017-07', '--month', '2017-08'], '--month: given again with "2017-08"; expected once'],
    [['--limit', '0'], '--limit: "0" is not a whole number from 1 to 100'],
    [['--limit', '101'], '--limit: "101" is not a whole number from 1 to 100'],
    [['--limit', '-3'], '--limit: "-3" is not a whole number from 1 to 100'],
    [['--limit', '1e1'], '--limit: "1e1" is not a whole number from 1 to 100'],
    [['--format', 'toString'], '--format: "toString" is not one of table, json'],
    [['--region', 'no region'], '--region: "no region" is not the name of a region, such as nz-por-1'],
    [['--project', '../x'], '--project: "../x" is not an OpenStack project id'],
    [
      ['--colour', 'red'],
      '--colour: no such option; there are --month, --limit, --format, --region, --project, --help',
    ],
    [
      ['--__proto__', 'x'],
      '--__proto__: no such option; there are --month, --limit, --format, --region, --project, --help',
    ],
    [['-x'], '-x: no such option; there are --month, --limit, --format, --region, --project, --help'],
    [
      ['--\u001b[2J'],
      '"--\\u001b[2J": no such option; there are --month, --limit, --format, --region, --project, --help',
    ],
  ])('of %j complains in one line', (args, message) => {
    expect(complaint(...args)).toBe(message)
  })
})
