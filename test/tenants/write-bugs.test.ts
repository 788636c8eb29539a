import { describe } from 'vitest'
import { findEach } from './find-each.js'
import { WRITES_FOR_A_BUG } from './size.js'
import { WRITE_BUGS } from './write-bugs.js'

describe('random mutations of several callers', () => findEach(WRITE_BUGS, WRITES_FOR_A_BUG, 'writes'))
