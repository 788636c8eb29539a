import { describe, expect, it } from 'vitest'
import { isTrustworthyCatalogUrl } from '../../../src/upstream/http/url-trust.js'

describe('isTrustworthyCatalogUrl', () => {
  it.each([
    ['https://a.example.com/keys', 'https://a.example.com', true],
    ['https://keys.example.com/', 'https://a.example.com', true],
    ['http://127.0.0.1:8080/keys', 'http://127.0.0.1:8080', true],
    ['http://127.0.0.1:8080/keys', 'https://a.example.com', false],
    ['HTTP://localhost/keys', 'https://a.example.com', false],
    ['http://keys.example.com/', 'http://127.0.0.1:8080', false],
    ['https://a.example.com/keys?x=1', 'https://a.example.com', false],
    ['file:///etc/passwd', 'https://a.example.com', false],
    ['/keys', 'https://a.example.com', false],
  ])('%s from %s is trusted: %s', (url, teller, isTaken) => {
    expect(isTrustworthyCatalogUrl(url, teller)).toBe(isTaken)
  })
})
