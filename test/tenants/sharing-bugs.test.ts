import { describe } from 'vitest'
import { findEach } from './find-each.js'
import { BUGS_IN_SHARING } from './sharing-bugs.js'

describe('requests of fifty callers', () => findEach(BUGS_IN_SHARING))
