import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { BufferedLines } from '../../../src/server/observability/log-output.js'

describe('lines of the log', () => {
  it('wait for others, until a warning is written at once with those before it', () => {
    const written: string[] = []
    const logger = pino({ base: null, timestamp: false }, new BufferedLines(text => written.push(text)))
    logger.info('first')
    logger.info('second')
    expect(written).toEqual([])
    logger.warn('third')
    expect(written.map(text => text.split('\n').length)).toEqual([4])
    expect(written.join('')).toBe(
      '{"level":30,"msg":"first"}\n{"level":30,"msg":"second"}\n{"level":40,"msg":"third"}\n',
    )
  })

  it('are written whole, and at most 4,096 bytes at once, of which a pipe does not mix those of several processes', () => {
    const written: string[] = []
    const lines = new BufferedLines(text => written.push(text))
    const all = Array.from({ length: 200 }, (_, index) => `${index} ${'ü'.repeat(index)}\n`)
    for (const line of all) lines.write(line)
    lines.flush()
    expect(written.join('')).toBe(all.join(''))
    expect(written.length).toBeLessThan(20)
    expect(written.filter(text => Buffer.byteLength(text) > 4_096 || !text.endsWith('\n'))).toEqual([])
  })

  it('longer than that are written alone, and an end with none waiting writes nothing', () => {
    const written: string[] = []
    const lines = new BufferedLines(text => written.push(text))
    lines.write('a\n')
    lines.write(`${'b'.repeat(5_000)}\n`)
    lines.write('c\n')
    lines.flush()
    lines.flush()
    expect(written.map(({ length }) => length)).toEqual([2, 5_001, 2])
  })
})
