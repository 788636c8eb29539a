import { describe } from 'vitest'
import { findEach } from './find-each.js'
import { SHARING_BUGS } from './sharing-bugs.js'

describe('random requests of fifty callers', () => findEach(SHARING_BUGS))
