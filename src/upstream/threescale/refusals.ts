/** 3scale's refusals of the gateway itself by the server's own text, each with what the operator has to check. All have status 403. */
export const THREESCALE_REFUSALS: Readonly<Record<string, string>> = {
  'Access denied': "refused the gateway's access token: it is wrong, has expired, or is of another tenant",
  'Your access token does not have the correct permissions':
    "refused the gateway's access token: it lacks the scope that this request requires, or its owner the permission",
  'Finance module not enabled for the account': 'has its finance module switched off for this tenant',
  '': 'does not let the owner of the access token see its finances, or the tenant is suspended',
}
