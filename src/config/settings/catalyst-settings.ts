import { optionalText, type SettingGroup, secret } from './setting.js'

const METHODS = ['password', 'v3password', 'token', 'v3token', 'applicationcredential', 'v3applicationcredential']
const INTERFACES = ['public', 'internal', 'admin', 'publicURL', 'internalURL', 'adminURL']

/** One account of Catalyst Cloud, by the variables of an openrc file. */
export const OPENRC_SETTINGS: SettingGroup = {
  name: 'openrc',
  settings: [
    optionalText('OS_AUTH_URL', 'an https URL', 'Keystone, with or without `/v3`'),
    {
      name: 'OS_AUTH_TYPE',
      form: { kind: 'words', words: METHODS },
      default: null,
      text: 'how to sign in; without it, the variables that are set decide',
    },
    optionalText('OS_APPLICATION_CREDENTIAL_ID', 'an id', 'an application credential: the best way for a service'),
    optionalText(
      'OS_APPLICATION_CREDENTIAL_NAME',
      'a name',
      'an application credential by its name; needs the user as well',
    ),
    secret('OS_APPLICATION_CREDENTIAL_SECRET', 'one line of text', 'the secret of the application credential'),
    optionalText('OS_USERNAME', 'a name', 'a user; needs `OS_USER_DOMAIN_NAME` or `OS_USER_DOMAIN_ID`'),
    optionalText('OS_USER_ID', 'an id', 'a user by its id'),
    secret('OS_PASSWORD', 'one line of text', 'the password of the user'),
    optionalText('OS_USER_DOMAIN_NAME', 'a name', 'the domain of the user'),
    optionalText('OS_USER_DOMAIN_ID', 'an id', 'the same by its id'),
    optionalText(
      'OS_PROJECT_NAME',
      'a name',
      'the project whose bills are read; needs `OS_PROJECT_DOMAIN_NAME` or `OS_PROJECT_DOMAIN_ID`',
    ),
    optionalText('OS_PROJECT_ID', 'an id', 'the project by its id'),
    optionalText('OS_PROJECT_DOMAIN_NAME', 'a name', 'the domain of the project'),
    optionalText('OS_PROJECT_DOMAIN_ID', 'an id', 'the same by its id'),
    secret(
      'OS_TOKEN',
      'one line of printable ASCII',
      'a token from elsewhere; the gateway neither renews nor revokes it',
    ),
    optionalText('OS_REGION_NAME', 'a region', 'the region to ask first'),
    {
      name: 'OS_INTERFACE',
      form: { kind: 'words', words: INTERFACES },
      default: 'public',
      text: "which of the catalog's addresses to use",
    },
    {
      name: 'OS_ENDPOINT_TYPE',
      form: { kind: 'words', words: INTERFACES },
      default: null,
      text: 'the older name of `OS_INTERFACE`, which takes precedence',
    },
    optionalText('OS_CACERT', 'a PEM file', "certificates to trust besides the system's"),
  ],
}

/** Accounts of Catalyst Cloud in clouds.yaml. */
export const CLOUD_SETTINGS: SettingGroup = {
  name: 'clouds.yaml',
  settings: [
    optionalText('OS_CLOUD', 'a name', 'one cloud of clouds.yaml'),
    optionalText(
      'CATALYST_CLOUDS',
      'names, separated by commas',
      'several clouds, one for each project: `acme,acme-test`; the first is the default',
    ),
    optionalText(
      'OS_CLIENT_CONFIG_FILE',
      'a file',
      'clouds.yaml, where it is not in the current directory, `~/.config/openstack` or `/etc/openstack`',
    ),
    optionalText('OS_CLIENT_SECURE_FILE', 'a file', 'the same for secure.yaml'),
  ],
}

/** The rating API of all accounts. */
export const RATING_SETTINGS: SettingGroup = {
  name: 'rating API',
  settings: [
    optionalText(
      'CATALYST_REGIONS',
      'regions, separated by commas',
      'the regions to ask; all of the catalog by default',
    ),
    {
      name: 'CATALYST_SERVICE_TYPE',
      form: { kind: 'text', expected: 'a service type' },
      default: 'ratingv2',
      text: 'the type of the rating service in the catalog',
    },
    optionalText(
      'CATALYST_ENDPOINTS',
      'pairs of region and https URL',
      "addresses that replace the catalog's: `nz-por-1=https://…,nz-hlz-1=https://…`",
    ),
    {
      name: 'CATALYST_DRIVER',
      form: { kind: 'words', words: ['odoo', 'jsonfile'] },
      default: null,
      text: 'the kind of rating server; only if the gateway should not detect it from the responses',
    },
    {
      name: 'CATALYST_CURRENCY',
      form: { kind: 'text', expected: 'an ISO 4217 code' },
      default: 'NZD',
      text: 'the currency of the bills, which the rating API does not state',
    },
    {
      name: 'CATALYST_TAX_RATE',
      form: { kind: 'text', expected: 'a fraction from 0 to 1' },
      default: '0.15',
      text: 'the tax rate, which the rating API does not state',
    },
    {
      name: 'TAX_ROUNDING',
      form: { kind: 'words', words: ['HALF_EVEN', 'HALF_UP'] },
      default: 'HALF_EVEN',
      text: 'how a tax that a bill does not state is rounded to cents; `HALF_EVEN`, as the server does',
    },
    {
      name: 'CATALYST_DEADLINE_MS',
      form: { kind: 'number', min: 100, max: 300_000, unit: 'ms' },
      // The server takes seconds to compute a detailed bill that it has not cached.
      default: '60000',
      text: 'the longest time that a call may take, retries included',
    },
  ],
}
