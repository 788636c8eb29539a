import { constants, crc32, deflateRawSync } from 'node:zlib'

/** Size of `gzipBomb` after inflation, in bytes. */
export const BOMB_BYTES = 256 * 1024 * 1024

const PIECE_BYTES = 1024 * 1024
const HEAD = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])
/** Final deflate block, empty. */
const LAST_BLOCK = Buffer.from([3, 0])

let bomb: Buffer | undefined

/**
 * Gzip body of a quarter of a megabyte that inflates to 256 MB of spaces, which JSON and XML parsers skip.
 * Repeats the independent blocks of one compressed megabyte. It is a single gzip member, since some clients stop after
 * the first. Built once.
 */
export function gzipBomb(): Buffer {
  bomb ??= makeBomb()
  return bomb
}

function makeBomb(): Buffer {
  const piece = Buffer.alloc(PIECE_BYTES, ' ')
  const blocks = deflateRawSync(piece, { finishFlush: constants.Z_FULL_FLUSH })
  const repeated = Array.from({ length: BOMB_BYTES / PIECE_BYTES }, () => blocks)
  const trailer = Buffer.alloc(8)
  trailer.writeUInt32LE(
    repeated.reduce(sum => crc32(piece, sum), 0),
    0,
  )
  trailer.writeUInt32LE(BOMB_BYTES, 4)
  return Buffer.concat([HEAD, ...repeated, LAST_BLOCK, trailer])
}
