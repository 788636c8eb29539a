import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    // Vite would load graphql's ES build beside the CommonJS one that type-graphql and Apollo load: two realms.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    // Most of a test's time is spent waiting for another process or a socket.
    maxWorkers: 2,
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Tests that wait for processes of their own: more at once would only take turns.
    maxConcurrency: 2,
  },
})
