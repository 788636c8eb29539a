import { describe, expect, it } from 'vitest'
import { Search } from './evidence.js'
import { makeCredentialSecret, makeKeystoneToken, makePassword, makeThreescaleToken } from './secrets.js'

const SECRETS = [makeThreescaleToken(), makePassword(), makeCredentialSecret(), makeKeystoneToken()]

const ENCODINGS: Readonly<Record<string, (text: string) => string>> = {
  plain: text => text,
  JSON: text => JSON.stringify({ text }),
  base64: text => Buffer.from(text).toString('base64'),
  base64url: text => Buffer.from(text).toString('base64url'),
  'Basic, as the user': text => Buffer.from(`${text}:`).toString('base64'),
  'Basic, as the password': text => Buffer.from(`:${text}`).toString('base64'),
  'Basic, as the password of a named user': text => Buffer.from(`me:${text}`).toString('base64url'),
  hex: text => Buffer.from(`a ${text}`).toString('hex'),
  'hex in capitals': text => Buffer.from(text).toString('hex').toUpperCase(),
  percent: text => encodeURIComponent(`/x?y=${text}`),
  form: text => new URLSearchParams({ text }).toString(),
}

describe('the search for secrets', () => {
  for (const [encoding, encode] of Object.entries(ENCODINGS)) {
    it.each(SECRETS)(`finds $name in ${encoding}, whole or in part`, secret => {
      const search = new Search()
      search.learn(secret)
      const characters = [...secret.text]
      const parts = [characters, ...characters.slice(0, -16).map((_, at) => characters.slice(at, at + 17))]
      for (const part of [...parts, characters.slice(0, 9), characters.slice(-9)]) {
        const text = `something ${encode(part.join(''))} else`
        expect(search.findingsIn([{ where: 'here', text }])).toEqual([{ secret: secret.name, where: 'here' }])
      }
    })
  }

  it('reports nothing for other random text, nor where a secret is allowed', () => {
    const search = new Search()
    for (const secret of SECRETS) search.learn(secret)
    const others = [makeThreescaleToken(), makePassword(), makeCredentialSecret(), makeKeystoneToken()]
    const text = others.flatMap(({ text: other }) => Object.values(ENCODINGS).map(encode => encode(other))).join(' ')
    expect(search.findingsIn([{ where: 'noise', text }])).toEqual([])
    const all = SECRETS.map(secret => secret.text).join(' ')
    const [first = '', ...rest] = SECRETS.map(({ name }) => name)
    const found = search.findingsIn([{ where: 'credentialHeaders', text: all, allowed: [first] }])
    expect(found).toEqual(rest.map(secret => ({ secret, where: 'credentialHeaders' })))
  })

  it('rejects a secret too short to distinguish from random text', () => {
    expect(() => new Search().learn({ name: 'x', text: 'a'.repeat(17) })).toThrow(RangeError)
  })
})
