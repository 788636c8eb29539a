/** A user or project: by id alone, or by name within a domain. */
export type NamedInDomain =
  | { readonly id: string }
  | { readonly name: string; readonly domain: { readonly id: string } | { readonly name: string } }

/** How the gateway authenticates to Keystone. */
export type KeystoneCredential =
  | {
      readonly method: 'password'
      readonly user: NamedInDomain
      readonly password: string
      readonly project: NamedInDomain
    }
  | {
      readonly method: 'application_credential'
      /** By id, or by name and the user it belongs to. Bound to one project: no scope is ever sent. */
      readonly credential: { readonly id: string } | { readonly name: string; readonly user: NamedInDomain }
      readonly secret: string
    }
  | {
      readonly method: 'token'
      readonly token: string
      /** The project to rescope to; null keeps the token's own. */
      readonly project: NamedInDomain | null
    }

/** The body of `POST /v3/auth/tokens`, or null when the token is to be used as it is. */
export function toAuthRequest(credential: KeystoneCredential): object | null {
  switch (credential.method) {
    case 'password': {
      const { user, password, project } = credential
      const identity = { methods: ['password'], password: { user: { ...user, password } } }
      return { auth: { identity, scope: { project } } }
    }
    case 'application_credential': {
      const { credential: named, secret } = credential
      const identity = { methods: ['application_credential'], application_credential: { ...named, secret } }
      return { auth: { identity } }
    }
    case 'token': {
      const { token, project } = credential
      if (project === null) return null
      return { auth: { identity: { methods: ['token'], token: { id: token } }, scope: { project } } }
    }
  }
}
