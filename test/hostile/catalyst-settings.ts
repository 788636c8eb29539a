import type { CatalystStandIn } from '../../src/standin/catalyst/start.js'
import type { Environment } from '../built-program.js'

/** The environment of a gateway that reads from this stand-in. */
export function catalystSettings({ authUrl, credentials }: CatalystStandIn): Environment {
  return {
    OS_AUTH_URL: authUrl,
    OS_USERNAME: credentials.username,
    OS_PASSWORD: credentials.password,
    OS_USER_DOMAIN_NAME: credentials.userDomainName,
    OS_PROJECT_NAME: credentials.projectName,
    OS_PROJECT_DOMAIN_ID: credentials.projectDomainId,
  }
}
