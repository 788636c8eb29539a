import { describe, expect, it } from 'vitest'
import { lifeVariable } from '../../src/config/settings/cache-settings.js'
import { DEFAULT_TTLS, RESPONSE_KINDS } from '../../src/upstream/cache/ttl.js'
import { configOf, problemsOf, THREESCALE, type Variables } from './variables.js'

const cacheOf = (variables: Variables) => configOf({ ...THREESCALE, ...variables }).systems.cache
const LIFE =
  'expected three whole numbers of seconds, none less than the one before: fresh, while asking, on error (5,30,3600)'
const ADDRESS = 'is not the address of a Redis: redis://… or rediss://…'

describe('how answers are kept', () => {
  it('is for the times of each kind, in memory, where nothing is set', () => {
    expect(cacheOf({})).toEqual({ ttls: DEFAULT_TTLS, url: null, timeoutMs: 50 })
  })

  it('is not at all where it is off', () => {
    expect(cacheOf({ CACHE: 'off' })).toEqual({ ttls: null, url: null, timeoutMs: 50 })
  })

  it.each(RESPONSE_KINDS)('is set for %s in seconds', kind => {
    const { ttls } = cacheOf({ [lifeVariable(kind)]: '1,20,300' })

    expect(ttls).toEqual({
      ...DEFAULT_TTLS,
      [kind]: { freshMs: 1_000, staleWhileRevalidateMs: 20_000, staleIfErrorMs: 300_000 },
    })
  })

  it.each([
    [{ CACHE_URL: 'redis://:canary@cache:6379/1' }, 'redis://:canary@cache:6379/1'],
    [{ CACHE_URL: 'rediss://cache' }, 'rediss://cache'],
  ])('is shared by a store: %j', (variables, url) => {
    expect(cacheOf(variables).url).toBe(url)
  })

  it('reads the address of the store from a file, as every secret', () => {
    const { systems } = configOf(
      { ...THREESCALE, CACHE_URL_FILE: '/run/cache' },
      { '/run/cache': 'redis://:x@cache\n' },
    )

    expect(systems.cache.url).toBe('redis://:x@cache')
  })

  it.each<[Variables, string]>([
    [{ CACHE: 'maybe' }, 'CACHE'],
    [{ CACHE_CATALYST_BILLS: '60,300' }, `CACHE_CATALYST_BILLS`],
    [{ CACHE_CATALYST_BILLS: '60,30,300' }, LIFE],
    [{ CACHE_CATALYST_BILLS: '1.5,30,300' }, LIFE],
    [{ CACHE_CATALYST_BILLS: '-1,30,300' }, LIFE],
    [{ CACHE: 'off', CACHE_URL: 'redis://cache' }, 'CACHE_URL is set although CACHE is off'],
  ])('says what is wrong with %j', (variables, problem) => {
    const problems = problemsOf({ ...THREESCALE, ...variables })

    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(problem)
  })

  it.each(['http://cache', 'cache:6379', 'redis'])('does not take %j for a store, and does not repeat it', url => {
    expect(problemsOf({ ...THREESCALE, CACHE_URL: url })).toEqual([`CACHE_URL ${ADDRESS}`])
  })
})
