import { describe } from 'vitest'
import { BUGS_IN_TELLING } from './disclosure-bugs.js'
import { findEach } from './find-each.js'

describe('requests of fifty callers', () => findEach(BUGS_IN_TELLING))
