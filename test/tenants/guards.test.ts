import { describe } from 'vitest'
import { BUGS_IN_GUARDS } from './bugs-in-guards.js'
import { findEach } from './seeded-bugs.js'

describe('requests of fifty callers', () => findEach(BUGS_IN_GUARDS))
