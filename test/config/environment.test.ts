import { describe, expect, it } from 'vitest'
import { environmentOf, PEM } from './variables.js'

describe('text', () => {
  it('takes an empty variable for a missing one', () => {
    const environment = environmentOf({ EMPTY: '', SET: 'x' })

    expect([environment.text('EMPTY'), environment.text('MISSING'), environment.text('SET')]).toEqual([
      undefined,
      undefined,
      'x',
    ])
    expect(environment.hasAny(['EMPTY', 'MISSING'])).toBe(false)
    expect(environment.hasAny(['EMPTY', 'SET'])).toBe(true)
  })
})

describe('integer', () => {
  it.each([
    ['0', 0],
    ['4000', 4000],
    ['65535', 65_535],
    ['0080', 80],
  ])('reads %s', (text, number) => {
    const environment = environmentOf({ PORT: text })

    expect(environment.integer('PORT', 0, 65_535)).toBe(number)
    expect(environment.problems).toEqual([])
  })

  it.each(['65536', '-1', '1.5', '1e3', '0x10', ' ', ' 80', '80 ', 'abc', 'NaN', '+1', '9'.repeat(400)])(
    'refuses %j',
    text => {
      const environment = environmentOf({ PORT: text })

      expect(environment.integer('PORT', 0, 65_535)).toBeUndefined()
      expect(environment.problems).toEqual(['PORT is not a whole number from 0 to 65535'])
    },
  )
})

describe('choice', () => {
  it('names the words that there are', () => {
    const environment = environmentOf({ LOG_LEVEL: 'loud' })

    expect(environment.choice('LOG_LEVEL', ['info', 'silent'])).toBeUndefined()
    expect(environment.problems).toEqual(['LOG_LEVEL is not one of info, silent'])
  })
})

describe('list', () => {
  it('reads words between commas, white space left out, each once', () => {
    const environment = environmentOf({ REGIONS: 'nz-por-1, nz-hlz-1,nz-por-1' })

    expect(environment.list('REGIONS', text => /^[a-z0-9-]+$/.test(text), 'a list')).toEqual(['nz-por-1', 'nz-hlz-1'])
    expect(environment.problems).toEqual([])
  })

  it.each([',', 'nz-por-1,', 'nz por 1', 'nz-por-1;nz-hlz-1'])('refuses %j', text => {
    const environment = environmentOf({ REGIONS: text })

    environment.list('REGIONS', text => /^[a-z0-9-]+$/.test(text), 'a list of regions')

    expect(environment.problems).toEqual(['REGIONS is not a list of regions'])
  })
})

describe('password and token', () => {
  it.each(['password', 'token'] as const)('%s: from the variable, or from a file without its last line break', kind => {
    const files = {
      '/run/secrets/unix': 's3cret!\n',
      '/run/secrets/dos': 's3cret!\r\n',
      '/run/secrets/bare': 's3cret!',
    }

    expect(environmentOf({ SECRET: 's3cret!' })[kind]('SECRET')).toBe('s3cret!')
    for (const path of Object.keys(files)) {
      expect(environmentOf({ SECRET_FILE: path }, files)[kind]('SECRET')).toBe('s3cret!')
    }
    expect(environmentOf({})[kind]('SECRET')).toBeUndefined()
  })

  it('leave the white space at the ends of a secret alone', () => {
    expect(environmentOf({ SECRET_FILE: '/s' }, { '/s': ' s \n' }).password('SECRET')).toBe(' s ')
  })

  it('a password may have letters of any language, a token may not: it goes into a header', () => {
    const [forPassword, forToken] = [environmentOf({ SECRET: 'pāpā🥝' }), environmentOf({ SECRET: 'pāpā🥝' })]

    expect(forPassword.password('SECRET')).toBe('pāpā🥝')
    expect(forToken.token('SECRET')).toBeUndefined()
    expect(forToken.problems).toEqual(['SECRET is not one line of printable ASCII'])
  })

  it.each(['', 'one\ntwo', 'one\n\n', 'tab\t', '\ufeffmarked', '\0', 'x'.repeat(8193)])(
    'refuse a file that says %j, and name the variable that names the file',
    text => {
      const environment = environmentOf({ SECRET_FILE: '/s' }, { '/s': text })

      expect([environment.password('SECRET'), environment.token('SECRET')]).toEqual([undefined, undefined])
      expect(environment.problems).toEqual([
        'SECRET_FILE names a file that is not one line of text',
        'SECRET_FILE names a file that is not one line of printable ASCII',
      ])
    },
  )

  it('refuse a variable of several lines', () => {
    const environment = environmentOf({ SECRET: 'one\ntwo' })

    expect(environment.password('SECRET')).toBeUndefined()
    expect(environment.problems).toEqual(['SECRET is not one line of text'])
  })

  it('refuse a variable and a file at once: which one is meant?', () => {
    const environment = environmentOf({ SECRET: 'a', SECRET_FILE: '/s' }, { '/s': 'b' })

    environment.password('SECRET')

    expect(environment.problems).toEqual(['SECRET is set, and so is SECRET_FILE: set one of them'])
  })

  it('say when the file cannot be read, without the path', () => {
    const environment = environmentOf({ SECRET_FILE: '/run/secrets/none' })

    expect(environment.token('SECRET')).toBeUndefined()
    expect(environment.problems).toEqual(['SECRET_FILE names a file that cannot be read'])
  })
})

describe('certificates', () => {
  it('are the text of a PEM file', () => {
    expect(environmentOf({ OS_CACERT: '/ca' }, { '/ca': PEM }).certificates('OS_CACERT')).toBe(PEM.trim())
    expect(environmentOf({}).certificates('OS_CACERT')).toBeUndefined()
  })

  it('are not found in any other file', () => {
    const environment = environmentOf({ OS_CACERT: '/ca', OTHER: '/none' }, { '/ca': 'DER' })

    expect([environment.certificates('OS_CACERT'), environment.certificates('OTHER')]).toEqual([undefined, undefined])
    expect(environment.problems).toEqual([
      'OS_CACERT names a file without a PEM certificate',
      'OTHER names a file that cannot be read',
    ])
  })
})

describe('url', () => {
  it('is https, or http on this machine', () => {
    const environment = environmentOf({ SAFE: 'https://billing.example.com', NEAR: 'http://[::1]:3000' })

    expect([environment.url('SAFE'), environment.url('NEAR')]).toEqual([
      'https://billing.example.com',
      'http://[::1]:3000',
    ])
  })

  it('is refused otherwise, without being shown', () => {
    const environment = environmentOf({ FAR: 'http://user:hunter2@billing.example.com' })

    expect(environment.url('FAR')).toBeUndefined()
    expect(environment.problems).toEqual([
      'FAR is not an https URL without user, query or fragment (plain http is for loopback addresses only)',
    ])
  })
})
