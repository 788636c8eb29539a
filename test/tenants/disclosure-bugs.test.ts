import { describe } from 'vitest'
import { DISCLOSURE_BUGS } from './disclosure-bugs.js'
import { findEach } from './find-each.js'

describe('random requests of fifty callers', () => findEach(DISCLOSURE_BUGS))
