import { defineConfig } from 'vitest/config'

/** Where the counts are written for whoever runs this unattended. */
const results = process.env.QUORATE_TEST_RESULTS

export default defineConfig({
  test: {
    reporters: results ? ['default', 'json'] : ['default'],
    ...(results ? { outputFile: { json: results } } : {}),
    pool: 'forks',
    // As many files at once as the smallest machine that we run on has cores: left alone it takes one fewer.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'universal', include: ['test/**/*.test.ts'], env: { TZ: 'UTC' } } },
      {
        extends: true,
        test: {
          name: 'new-york',
          include: ['test/**/*.test.ts'],
          // They play at instants alone, and for long: one zone is enough.
          exclude: [
            'test/attendance/sequences.test.ts',
            'test/elections/unlinkable.test.ts',
            ...['hostile', 'guard', 'send', 'socket', 'storm', 'acknowledging', 'journeys/*', 'stand-in/**/*'].map(
              (slack) => `test/platforms/slack/${slack}.test.ts`,
            ),
            'test/platforms/slack/stand-in.test.ts',
            'test/permissions/**',
            ...['live', 'closers', 'sequences'].map((file) => `test/votes/${file}.test.ts`),
            ...['kill', 'disk', 'reminders', 'refusing-sender', 'votes', 'elections'].map(
              (fault) => `test/faults/${fault}.test.ts`,
            ),
            'node_modules/**',
          ],
          env: { TZ: 'America/New_York' },
        },
      },
    ],
  },
})
