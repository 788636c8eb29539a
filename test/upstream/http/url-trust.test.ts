import { describe, expect, it } from 'vitest'
import { isLoopback, isTrustworthyUrl } from '../../../src/upstream/http/url-trust.js'

describe('isTrustworthyUrl', () => {
  it.each([
    'https://billing.example.com',
    'https://billing.example.com/',
    'https://billing.example.com:9999/base/path/',
    'HTTPS://Billing.Example.Com',
    'https://203.0.113.7',
    'https://[2001:db8::1]:8443',
    'https://māori.example.nz',
    'http://localhost',
    'http://localhost:3000/',
    'http://127.0.0.1:3000',
    'http://127.8.9.10',
    'http://[::1]',
    'http://[::1]:3000/base',
  ])('trusts %s', url => {
    expect(isTrustworthyUrl(url)).toBe(true)
  })

  it.each([
    '',
    'billing.example.com',
    '//billing.example.com',
    'http://billing.example.com',
    'http://203.0.113.7',
    'http://10.0.0.1',
    'http://0.0.0.0',
    'http://[2001:db8::1]',
    'http://localhost.example.com',
    'http://127.0.0.1.example.com',
    'http://example.com/localhost',
    'http://localhost@example.com',
    'https://user@billing.example.com',
    'https://user:password@billing.example.com',
    'https://:password@billing.example.com',
    'https://@billing.example.com',
    'https://billing.example.com?access_token=x',
    'https://billing.example.com?',
    'https://billing.example.com/#top',
    'https://billing.example.com#',
    ' https://billing.example.com',
    'https://billing.example.com ',
    'https://billing.example.com\n',
    'https://billing.exa\tmple.com',
    'https://billing.example.com/\0',
    'https:billing.example.com',
    'https:/billing.example.com',
    'https:\\\\billing.example.com',
    'https://billing.example.com\\@evil.example.com',
    'https://',
    'https://billing.example.com:99999',
    'ftp://billing.example.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/plain,x',
  ])('does not trust %j', url => {
    expect(isTrustworthyUrl(url)).toBe(false)
  })
})

describe('isLoopback', () => {
  it.each(['localhost', '127.0.0.1', '127.255.255.254', '::1', '[::1]'])('knows %s', host => {
    expect(isLoopback(host)).toBe(true)
  })

  it.each(['', 'localhost.', 'localhost.example.com', '127.0.0.1.example.com', '128.0.0.1', '0.0.0.0', '::', '[::2]'])(
    'does not take %j for this machine',
    host => {
      expect(isLoopback(host)).toBe(false)
    },
  )
})
