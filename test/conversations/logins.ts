import {
  CATALOG,
  GOODBYE,
  type GraphqlConversation,
  HANDED_IN,
  LOGIN,
  PROJECT,
  PROJECTS,
  type TerminalConversation,
} from './conversation.js'
import { at, validated } from './played.js'

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

/** Logging in, and what Keystone is asked besides. */
export const LOGINS: readonly GraphqlConversation[] = [
  {
    title: 'a password user reads the running month, and the token is given back at the end',
    plays: ['003', '105'],
    regions: QUOTATIONS,
    query: BUYERS,
    data: BUYERS_DATA,
    asked: [LOGIN, GOODBYE, ...QUOTED],
  },
  {
    title: 'an application credential reads the running month',
    plays: ['006'],
    keystone: ['006'],
    variables: {
      OS_AUTH_TYPE: 'v3applicationcredential',
      OS_APPLICATION_CREDENTIAL_ID: 'aba834bf9ec34d3fafdaeb493d2ded83',
      OS_APPLICATION_CREDENTIAL_SECRET: 'canary-kea-4711',
    },
    regions: QUOTATIONS,
    query: BUYERS,
    data: BUYERS_DATA,
    asked: [LOGIN, GOODBYE, ...QUOTED],
  },
  {
    title: 'the user with the role billing, whose token came without its catalog, reads the running month',
    plays: ['021'],
    keystone: ['021', '018'],
    variables: { OS_USERNAME: 'biller' },
    regions: QUOTATIONS,
    query: BUYERS,
    data: BUYERS_DATA,
    asked: [LOGIN, CATALOG, GOODBYE, ...QUOTED],
  },
  {
    title: 'a token that was handed in has its catalog asked for, and is left to its owner',
    plays: ['018'],
    keystone: [validated('021'), '018'],
    variables: HANDED_IN,
    regions: QUOTATIONS,
    query: BUYERS,
    data: BUYERS_DATA,
    asked: ['keystone GET /v3/auth/tokens', CATALOG, ...QUOTED],
  },
  {
    title: 'a wrong password is a refusal at the field, and no rating server is asked',
    plays: ['013'],
    keystone: ['013'],
    query: '{ quotation { total { net { amount } } } }',
    data: { quotation: null },
    errors: [`quotation UPSTREAM_DENIED CATALYST false ${DENIED}`],
    asked: [LOGIN],
  },
  {
    title: 'a project without a role for the user is the same refusal',
    plays: ['014'],
    keystone: ['014'],
    variables: { OS_USERNAME: 'bob' },
    query: '{ invoices { nodes { id } } }',
    data: { invoices: null },
    errors: [`invoices UPSTREAM_DENIED CATALYST false ${DENIED}`],
    asked: [LOGIN],
  },
  {
    title: 'a token without a project is refused, and given back all the same',
    plays: ['012'],
    keystone: ['012'],
    query: '{ quotation { total { net { amount } } } }',
    data: { quotation: null },
    errors: [`quotation UPSTREAM_DENIED CATALYST false ${UNSCOPED}`],
    asked: [LOGIN, GOODBYE],
  },
]

/** The graph has no place for what else a user could read: a gateway stands for one project. */
export const CHECKS: readonly TerminalConversation[] = [
  {
    title: 'whoever checks a user without a project is told which ones there are',
    plays: [],
    keystone: ['012', '019'],
    args: ['check'],
    status: 3,
    stdout: [
      `wrong  Keystone: ${UNSCOPED}`,
      '       to mend it: check OS_USERNAME, OS_PASSWORD, OS_USER_DOMAIN_NAME and the OS_PROJECT_ variables, or the application ' +
        'credential; it may also have expired, or have no role in the project',
      `       OS_PROJECT_ID could also be that of ${OTHERS.slice(0, 3).join(', ')}, wcc.example.nz (${PROJECT}), ` +
        OTHERS.slice(3).join(', '),
      '-      3scale: not configured (THREESCALE_URL is not set)',
      '',
    ],
    asked: [LOGIN, PROJECTS, GOODBYE],
  },
  {
    title: 'whoever checks a password user is told which other projects there are',
    plays: ['019'],
    keystone: ['003', '019'],
    regions: { por: ['074'], hlz: [at('/v2/quotations', '064')] },
    args: ['check'],
    status: 0,
    stdout: [
      `ok     Keystone: gives a token for the project ${PROJECT}; OS_PROJECT_ID could also be that of ` +
        OTHERS.join(', '),
      'ok     Catalyst Cloud, region nz-por-1',
      'ok     Catalyst Cloud, region nz-hlz-1: answers, but has nothing of the project',
      '-      3scale: not configured (THREESCALE_URL is not set)',
      '',
    ],
    asked: [
      ...[LOGIN, PROJECTS, GOODBYE],
      ...['nz-por-1 GET /v2/quotations?detailed=False', 'nz-hlz-1 GET /v2/quotations?detailed=False'],
    ],
  },
]
