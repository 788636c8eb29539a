import { isLoopbackHost } from '../loopback-host.js'
import { optionalText, type Setting, type SettingGroup } from './setting.js'

function claim(name: string, standard: string, text: string): Setting {
  return { name, form: { kind: 'text', expected: 'a claim, or a JSON pointer' }, default: standard, text }
}

/** How callers authenticate. */
export const CALLER_SETTINGS: SettingGroup = {
  name: 'callers',
  settings: [
    {
      name: 'AUTH',
      form: { kind: 'text', expected: '`open`, or a list of `jwt`, `keys`, `keystone`' },
      default: 'open',
      otherDefault: {
        text: 'none unless `HOST` is a loopback address',
        read: settingOf => (isLoopbackHost(settingOf('HOST') ?? '') ? 'open' : null),
      },
      text: 'how callers authenticate; `open` gives every caller full access',
    },
    {
      name: 'AUTH_OPEN_TO_NETWORK',
      form: { kind: 'words', words: ['yes-anyone-may-read-our-bills'] },
      default: null,
      text: 'allows `AUTH=open` on an address that other machines reach',
    },
    optionalText(
      'AUTH_JWT_ISSUERS',
      'https URLs, separated by commas',
      'trusted issuers, exactly as in `iss`: `https://login.example.com/realms/acme,https://…`',
    ),
    optionalText(
      'AUTH_JWT_AUDIENCE',
      'words, separated by commas',
      "audiences; a token's `aud` must contain one of them",
    ),
    optionalText(
      'AUTH_JWT_JWKS',
      'pairs, separated by commas',
      "an issuer's key set, if its OpenID configuration does not name it: `issuer=https://…` or `issuer=/a/file`",
    ),
    {
      name: 'AUTH_JWT_MAX_LIFETIME_S',
      form: { kind: 'number', min: 60, max: 31_622_400, unit: 's' },
      default: '86400',
      text: 'a token with a longer lifetime is rejected',
    },
    claim(
      'AUTH_JWT_SCOPES_CLAIM',
      'scope',
      'scopes: a string separated by spaces, or a list; unknown ones are ignored',
    ),
    claim('AUTH_JWT_PROJECTS_CLAIM', 'billgraph_projects', 'granted projects: a list, a string, or `*`'),
    claim('AUTH_JWT_PREFIXES_CLAIM', 'billgraph_prefixes', 'granted prefixes of customers, in the same forms'),
    claim('AUTH_JWT_BUYERS_CLAIM', 'billgraph_buyers', 'granted 3scale accounts, in the same forms'),
    optionalText('AUTH_KEYS_FILE', 'a file', 'the API keys that `billgraph keys` writes; holds hashes only'),
    {
      name: 'AUTH_KEYSTONE_ROLES',
      form: { kind: 'text', expected: 'roles, separated by commas' },
      default: 'billing,project_admin,admin',
      text: "any of these in the token's project gives `billing:read` and `costs:read` for that project",
    },
  ],
}
