import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    // Vite would load graphql's ES build beside the CommonJS one that type-graphql and Apollo load: two realms.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    // With two, both cores of CI's machine are at work 96 % of the time: more would only take turns.
    maxWorkers: 2,
    globalSetup: 'test/compile-cache.ts',
    // Files that follow each other in a worker share what they have loaded: else that would be half of what pure code costs.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Tests that wait for processes of their own: more at once would only take turns.
    maxConcurrency: 2,
    projects: [
      { extends: true, test: { name: 'all', include: ['test/**/*.test.ts'] } },
      // What a caller can tell of the server is the same where a thread of its own listens.
      {
        extends: true,
        test: {
          name: 'front',
          env: { TEST_FRONT: '1' },
          include: [
            'test/server/{app,caller-gone,compression,cors,graphql-over-http,headers-sent}.test.ts',
            'test/server/admission/shedding.test.ts',
            'test/server/limits/every-limit.test.ts',
            'test/server/authentication/api-keys.test.ts',
          ],
        },
      },
    ],
  },
})
