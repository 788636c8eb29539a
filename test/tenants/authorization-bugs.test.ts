import { describe } from 'vitest'
import { AUTHORIZATION_BUGS } from './authorization-bugs.js'
import { findEach } from './find-each.js'

describe('random requests of fifty callers', () => findEach(AUTHORIZATION_BUGS))
