import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    // Vite would load graphql's ES build beside the CommonJS one that type-graphql and Apollo load: two realms.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    name: 'all',
    include: ['test/**/*.test.ts'],
    // Some files mostly wait: for a slow client, for a deadline. With two workers the two cores of the CI machine were idle for 12 %.
    maxWorkers: 3,
    globalSetup: 'test/compile-cache.ts',
    // Test files in one worker share loaded modules. Loading them again takes half the time of tests of pure code.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What is waited for comes late on a busy machine, and never takes this long.
    expect: { poll: { timeout: 30_000 } },
    // For tests that start processes of their own: more at once would only compete for the cores.
    maxConcurrency: 2,
  },
})
