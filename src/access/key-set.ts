import { z } from 'zod'

/** Enough for any issuer; a longer set is no set of keys. */
const MAX_KEYS = 100

/** The public parts of keys that sign. What else a member has is left out, first of all a private part. */
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

/** Keys by which signatures are verified, as RFC 7517 writes them. */
export interface PublicKeySet {
  readonly keys: z.infer<typeof publicKey>[]
}

/** The keys of a set that can verify a signature; null for what is no set, or has none. Symmetric keys are none. */
export function readKeySet(value: unknown): PublicKeySet | null {
  const set = keySet.safeParse(value)
  const keys = (set.data?.keys ?? []).flatMap(key => publicKey.safeParse(key).data ?? [])
  return keys.length === 0 ? null : { keys }
}
