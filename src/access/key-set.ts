import { z } from 'zod'

/** More than any issuer publishes; a larger set is refused. */
const MAX_KEYS = 100

/** The public part of a signing key. Other members, above all a private part, are dropped. */
const publicKey = z.object({
  kty: z.enum(['RSA', 'EC', 'OKP']),
  kid: z.string().exactOptional(),
  alg: z.string().exactOptional(),
  use: z.literal('sig').exactOptional(),
  key_ops: z.array(z.string()).exactOptional(),
  crv: z.string().exactOptional(),
  x: z.string().exactOptional(),
  y: z.string().exactOptional(),
  n: z.string().exactOptional(),
  e: z.string().exactOptional(),
})

const keySet = z.object({ keys: z.array(z.unknown()).max(MAX_KEYS) })

/** A JSON Web Key Set (RFC 7517) of public keys that verify signatures. */
export interface PublicKeySet {
  readonly keys: z.infer<typeof publicKey>[]
}

/** The keys of a JWKS that can verify signatures, symmetric keys excluded; null for another value or when there is none. */
export function readKeySet(value: unknown): PublicKeySet | null {
  const set = keySet.safeParse(value)
  const keys = (set.data?.keys ?? []).flatMap(key => publicKey.safeParse(key).data ?? [])
  return keys.length === 0 ? null : { keys }
}
