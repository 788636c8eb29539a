import { describe } from 'vitest'
import { BUGS_IN_SHARING } from './bugs-in-sharing.js'
import { findEach } from './seeded-bugs.js'

describe('requests of fifty callers', () => findEach(BUGS_IN_SHARING))
