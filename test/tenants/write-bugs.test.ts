import { describe } from 'vitest'
import { findEach } from './find-each.js'
import { WRITE_BUGS } from './write-bugs.js'

describe('random mutations of several callers', () => findEach(WRITE_BUGS, 'writes'))
