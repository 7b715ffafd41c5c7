const kept = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'LANG', 'SystemRoot']

/** A worker gets what any program of this system needs, and nothing of what the shell was started with. */
export function workerEnv(compileCacheDir: string): Record<string, string> {
  const found = kept.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(found), ...memoryHabits, NODE_COMPILE_CACHE: compileCacheDir }
}

/**
 * For glibc; others do not look. Its default, a heap for each thread that gives nothing back, held 25 MB of a busy node
 * that nobody used any more.
 */
const memoryHabits = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: String(64 * 1024),
  MALLOC_TRIM_THRESHOLD_: String(128 * 1024),
} as const

/**
 * A node makes much that lives for a moment. Left alone, V8 gives that 16 MB and more before it looks, and lets the rest
 * grow fourfold: a busy peer of a replicated group weighed 230 MB, and weighs 110 MB so, at the same speed.
 */
export const workerSwitches: readonly string[] = ['--max-semi-space-size=2', '--heap-growing-percent=220']
