import {
  CATALOG,
  type CliConversation,
  GIVEN_TOKEN,
  type GraphqlConversation,
  LOGIN,
  PROJECT,
  PROJECTS,
  REVOCATION,
} from './conversation.js'
import { at, validated } from './recorded-response.js'

const BUYERS = '{ buyers { nodes { id name } } quotation { total { net { amount } } } }'
const BUYERS_DATA = {
  buyers: { nodes: [{ id: `catalyst:buyer:${PROJECT}`, name: 'wcc.example.nz' }] },
  quotation: { total: { net: { amount: '1195.38' } } },
}
const QUOTED = ['nz-por-1 GET /v2/quotations?detailed=True', 'nz-hlz-1 GET /v2/quotations?detailed=True']
const QUOTATIONS = { por: ['075'], hlz: ['076'] }
const DENIED =
  "Keystone refused the gateway's credential: check user, secret, domain and project (POST /v3/auth/tokens)"

const UNSCOPED = 'Keystone issued a token without a project: configure one (POST /v3/auth/tokens)'
const OTHERS = [
  'edge-noprice (2d802fdd7123427dbe850b2363fcd593)',
  'bulk-2000 (2dbeb07696ea414586c7dc75da468587)',
  'kea-digital (3bc89893fbac460b8a4002fec65347ab)',
  'new-project (5370fde9d66949d4833f639b2292c902)',
  'edge-badunit (6fbf30a0cd7142af8f34513941b285f9)',
  'empty-project (e1aa61e2c1bf4df1b9ef948e669551a2)',
]

/** Logins, and other requests to Keystone. */
export const LOGINS: readonly GraphqlConversation[] = [
  {
    title: 'a password user reads the running month, and the token is revoked at the end',
    recordings: ['003', '105'],
    regions: QUOTATIONS,
    query: BUYERS,
    data: BUYERS_DATA,
    requests: [LOGIN, REVOCATION, ...QUOTED],
  },
  {
    title: 'an application credential reads the running month',
    recordings: ['006'],
    keystone: ['006'],
    variables: {
      OS_AUTH_TYPE: 'v3applicationcredential',
      OS_APPLICATION_CREDENTIAL_ID: 'aba834bf9ec34d3fafdaeb493d2ded83',
      OS_APPLICATION_CREDENTIAL_SECRET: 'canary-kea-4711',
    },
    regions: QUOTATIONS,
    query: BUYERS,
    data: BUYERS_DATA,
    requests: [LOGIN, REVOCATION, ...QUOTED],
  },
  {
    title: 'a user with the role billing, whose token has no catalog, reads the running month',
    recordings: ['021'],
    keystone: ['021', '018'],
    variables: { OS_USERNAME: 'biller' },
    regions: QUOTATIONS,
    query: BUYERS,
    data: BUYERS_DATA,
    requests: [LOGIN, CATALOG, REVOCATION, ...QUOTED],
  },
  {
    title: 'the catalog of a configured token is requested, and the token is not revoked',
    recordings: ['018'],
    keystone: [validated('021'), '018'],
    variables: GIVEN_TOKEN,
    regions: QUOTATIONS,
    query: BUYERS,
    data: BUYERS_DATA,
    requests: ['keystone GET /v3/auth/tokens', CATALOG, ...QUOTED],
  },
  {
    title: 'a wrong password is an error of the field, and no rating server is called',
    recordings: ['013'],
    keystone: ['013'],
    query: '{ quotation { total { net { amount } } } }',
    data: { quotation: null },
    errors: [`quotation UPSTREAM_DENIED CATALYST false ${DENIED}`],
    requests: [LOGIN],
  },
  {
    title: 'a project in which the user has no role is the same error',
    recordings: ['014'],
    keystone: ['014'],
    variables: { OS_USERNAME: 'bob' },
    query: '{ invoices { nodes { id } } }',
    data: { invoices: null },
    errors: [`invoices UPSTREAM_DENIED CATALYST false ${DENIED}`],
    requests: [LOGIN],
  },
  {
    title: 'a token without a project is rejected, and revoked all the same',
    recordings: ['012'],
    keystone: ['012'],
    query: '{ quotation { total { net { amount } } } }',
    data: { quotation: null },
    errors: [`quotation UPSTREAM_DENIED CATALYST false ${UNSCOPED}`],
    requests: [LOGIN, REVOCATION],
  },
]

/** Projects that a user could read. A gateway serves one project, so only the command line names them. */
export const CHECKS: readonly CliConversation[] = [
  {
    title: 'a check of a user without a project lists the possible projects',
    recordings: [],
    keystone: ['012', '019'],
    args: ['check'],
    status: 3,
    stdout: [
      `wrong  Keystone: ${UNSCOPED}`,
      '       to fix it: check OS_USERNAME, OS_PASSWORD, OS_USER_DOMAIN_NAME and the OS_PROJECT_ variables, or the application ' +
        'credential, which may also have expired or have no role in the project',
      `       OS_PROJECT_ID could also be that of ${OTHERS.slice(0, 3).join(', ')}, wcc.example.nz (${PROJECT}), ` +
        OTHERS.slice(3).join(', '),
      '-      3scale: not configured (THREESCALE_URL is not set)',
      '',
    ],
    requests: [LOGIN, PROJECTS, REVOCATION],
  },
  {
    title: 'a check of a password user lists the other possible projects',
    recordings: ['019'],
    keystone: ['003', '019'],
    regions: { por: ['074'], hlz: [at('/v2/quotations', '064')] },
    args: ['check'],
    status: 0,
    stdout: [
      `ok     Keystone: issued a token for the project ${PROJECT}; OS_PROJECT_ID could also be that of ` +
        OTHERS.join(', '),
      'ok     Catalyst Cloud, region nz-por-1',
      'ok     Catalyst Cloud, region nz-hlz-1: answers, but has no usage of the project',
      '-      3scale: not configured (THREESCALE_URL is not set)',
      '',
    ],
    requests: [
      ...[LOGIN, PROJECTS, REVOCATION],
      ...['nz-por-1 GET /v2/quotations?detailed=False', 'nz-hlz-1 GET /v2/quotations?detailed=False'],
    ],
  },
]
