import type { ApplicationRecord } from './contract-data.js'
import type { PlanRecord } from './data.js'
import { namedTexts } from './named-texts.js'
import { planXml } from './plan-xml.js'
import { branch, leaf } from './xml.js'
import { formatTimestamp } from './zoned-time.js'

/** `<application>` element, with its secrets and its plan, but without the names of service and buyer. */
export function applicationXml(application: ApplicationRecord, plan: PlanRecord | undefined, timeZone: string): string {
  const { description, firstTrafficAt, firstDailyTrafficAt } = application
  const instant = (at: Date | undefined): string | null => (at ? formatTimestamp(at, timeZone) : null)
  return branch('application', [
    leaf('id', application.id),
    leaf('created_at', instant(application.createdAt)),
    leaf('updated_at', instant(application.updatedAt)),
    leaf('state', application.state),
    leaf('user_account_id', application.buyerId),
    leaf('first_traffic_at', instant(firstTrafficAt)),
    leaf('first_daily_traffic_at', instant(firstDailyTrafficAt)),
    leaf('service_id', application.serviceId),
    ...credentialElements(application),
    ...(plan ? [planXml(plan)] : []),
    leaf('name', application.name),
    ...(description?.trim() ? [leaf('description', description)] : []),
    namedTexts('extra_fields', application.extraFields),
  ])
}

function credentialElements({ credentials }: ApplicationRecord): readonly string[] {
  if ('userKey' in credentials) {
    return [
      leaf('user_key', credentials.userKey),
      leaf('provider_verification_key', credentials.providerVerificationKey),
    ]
  }
  const keys = credentials.keys.map(key => leaf('key', key))
  return [leaf('application_id', credentials.applicationId), branch('keys', keys)]
}
