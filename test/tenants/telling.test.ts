import { describe } from 'vitest'
import { BUGS_IN_TELLING } from './bugs-in-telling.js'
import { findEach } from './seeded-bugs.js'

describe('requests of fifty callers', () => findEach(BUGS_IN_TELLING))
