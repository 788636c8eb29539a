import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isApiKeyId, makeApiKey, readApiKey } from '../../src/access/api-key.js'
import { hashOf, isHashOf } from '../../src/access/key-hash.js'

describe('an API key', () => {
  it('has a form that secret scanners recognise, and is different each time', () => {
    const keys = Array.from({ length: 200 }, makeApiKey)
    expect(keys.filter(({ text }) => !/^bg_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$/.test(text))).toEqual([])
    expect(new Set(keys.map(({ id }) => id)).size).toBe(200)
    expect(new Set(keys.map(({ text }) => text)).size).toBe(200)
    expect(keys.filter(key => !isApiKeyId(key.id) || readApiKey(key.text)?.id !== key.id)).toEqual([])
  })

  it('is rejected by its checksum after any change of one character', () => {
    const { text } = makeApiKey()
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom(...'09AZaz_'), (place, character) => {
        const changed = `${text.slice(0, place)}${character}${text.slice(place + 1)}`
        expect(readApiKey(changed) === null).toBe(changed !== text)
      }),
    )
  })

  it('matches its own hash only', () => {
    const [key, other] = [makeApiKey(), makeApiKey()]
    expect(isHashOf(hashOf(key), key)).toBe(true)
    expect(isHashOf(hashOf(key), other)).toBe(false)
    expect(hashOf(key)).not.toContain(key.text)
  })
})
