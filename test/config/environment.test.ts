import { describe, expect, it } from 'vitest'
import { environmentOf, PEM } from './variables.js'

describe('text', () => {
  it('treats an empty variable as absent', () => {
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

    expect(environment.optionalInteger('PORT')).toBe(number)
    expect(environment.problems).toEqual([])
  })

  it.each(['65536', '-1', '1.5', '1e3', '0x10', ' ', ' 80', '80 ', 'abc', 'NaN', '+1', '9'.repeat(400)])(
    'refuses %j',
    text => {
      const environment = environmentOf({ PORT: text })

      expect(environment.optionalInteger('PORT')).toBeUndefined()
      expect(environment.problems).toEqual([`PORT is ${shown(text)}; expected a whole number from 0 to 65535`])
    },
  )
})

describe('choice', () => {
  it('names the value and the accepted words', () => {
    const environment = environmentOf({ LOG_LEVEL: 'loud' })

    expect(environment.choice('LOG_LEVEL', ['info', 'silent'])).toBeUndefined()
    expect(environment.problems).toEqual(['LOG_LEVEL is "loud"; expected one of info, silent'])
  })
})

describe('list', () => {
  it('reads distinct words separated by commas, without white space', () => {
    const environment = environmentOf({ REGIONS: 'nz-por-1, nz-hlz-1,nz-por-1' })

    expect(environment.list('REGIONS', text => /^[a-z0-9-]+$/.test(text), 'a list')).toEqual(['nz-por-1', 'nz-hlz-1'])
    expect(environment.problems).toEqual([])
  })

  it.each([
    [',', ''],
    ['nz-por-1,', ''],
    ['nz-por-1,nz por 1', 'nz por 1'],
    ['nz-por-1;nz-hlz-1', 'nz-por-1;nz-hlz-1'],
  ])('refuses %j and shows the wrong word', (text, word) => {
    const environment = environmentOf({ REGIONS: text })

    environment.list('REGIONS', text => /^[a-z0-9-]+$/.test(text), 'a list of regions')

    expect(environment.problems).toEqual([`REGIONS has ${JSON.stringify(word)}; expected a list of regions`])
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

  it('keep white space at the ends of a secret', () => {
    expect(environmentOf({ SECRET_FILE: '/s' }, { '/s': ' s \n' }).password('SECRET')).toBe(' s ')
  })

  it('a password may have letters of any language, a token only ASCII, since it is sent in a header', () => {
    const [forPassword, forToken] = [environmentOf({ SECRET: 'pāpā🥝' }), environmentOf({ SECRET: 'pāpā🥝' })]

    expect(forPassword.password('SECRET')).toBe('pāpā🥝')
    expect(forToken.token('SECRET')).toBeUndefined()
    expect(forToken.problems).toEqual(['SECRET is not one line of printable ASCII'])
  })

  it.each(['', 'one\ntwo', 'one\n\n', 'tab\t', '\ufeffmarked', '\0', 'x'.repeat(8193)])(
    'refuse a file with the content %j, and name the variable and the path',
    text => {
      const environment = environmentOf({ SECRET_FILE: '/run/s' }, { '/run/s': text })

      expect([environment.password('SECRET'), environment.token('SECRET')]).toEqual([undefined, undefined])
      expect(environment.problems).toEqual([
        'SECRET_FILE names "/run/s", which does not hold one line of text',
        'SECRET_FILE names "/run/s", which does not hold one line of printable ASCII',
      ])
    },
  )

  it('refuse a variable of several lines', () => {
    const environment = environmentOf({ SECRET: 'one\ntwo' })

    expect(environment.password('SECRET')).toBeUndefined()
    expect(environment.problems).toEqual(['SECRET is not one line of text'])
  })

  it('refuse a variable and a file at once', () => {
    const environment = environmentOf({ SECRET: 'a', SECRET_FILE: '/s' }, { '/s': 'b' })

    environment.password('SECRET')

    expect(environment.problems).toEqual(['SECRET is set, and so is SECRET_FILE: set only one of them'])
  })

  it('name the path and the reason when the file cannot be read', () => {
    const environment = environmentOf({ SECRET_FILE: '/run/secrets/none' })

    expect(environment.token('SECRET')).toBeUndefined()
    expect(environment.problems).toEqual([
      'SECRET_FILE names "/run/secrets/none", which cannot be read: no such file (ENOENT)',
    ])
  })

  it.each(['hunter2', 'c2VjcmV0/LzE5OTkr+w==', '/hunter2', 'https://a/b?hunter2', '/run/hunter 2'])(
    'do not show %j in place of a path, since it may be the secret itself',
    secret => {
      const environment = environmentOf({ SECRET_FILE: secret })

      expect(environment.password('SECRET')).toBeUndefined()
      expect(environment.problems).toHaveLength(1)
      expect(environment.problems.join()).toMatch(/^SECRET_FILE names a file whose path is not shown.*ENOENT/)
      expect(environment.problems.join()).not.toContain(secret)
    },
  )
})

describe('certificates', () => {
  it('are the text of a PEM file', () => {
    expect(environmentOf({ OS_CACERT: '/ca' }, { '/ca': PEM }).certificates('OS_CACERT')).toBe(PEM.trim())
    expect(environmentOf({}).certificates('OS_CACERT')).toBeUndefined()
  })

  it('are refused from any other file', () => {
    const environment = environmentOf({ OS_CACERT: '/ca', OTHER: '/none' }, { '/ca': 'DER' })

    expect([environment.certificates('OS_CACERT'), environment.certificates('OTHER')]).toEqual([undefined, undefined])
    expect(environment.problems).toEqual([
      'OS_CACERT names "/ca", which holds no PEM certificate',
      'OTHER names "/none", which cannot be read: no such file (ENOENT)',
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

  it('is refused otherwise, and not shown when it has a user or a query', () => {
    const environment = environmentOf({ FAR: 'http://user:hunter2@billing.example.com' })

    expect(environment.url('FAR')).toBeUndefined()
    expect(environment.problems).toEqual([
      'FAR is a value that is not shown here, since it may hold a secret; expected an https URL without user, query or fragment (plain http is for loopback addresses only)',
    ])
  })
})

/** The value as problems show it: in quotes, cut after 80 characters. */
function shown(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text)
}
