import type { LaunchedWorker, Launcher } from '#supervisor/launcher'

export interface TrackedLauncher extends Launcher {
  /** The last resort at quit: whatever a supervisor that failed or hung has left running. */
  killAll(): void
}

/** Remembers which workers live, so that the shell can end them even when the supervisor cannot. */
export function trackLaunches(launcher: Launcher): TrackedLauncher {
  const alive = new Set<LaunchedWorker>()
  return {
    kind: launcher.kind,
    launch(order) {
      const worker = launcher.launch(order)
      alive.add(worker)
      worker.onExit(() => alive.delete(worker))
      return worker
    },
    killAll() {
      for (const worker of alive) worker.kill()
    },
  }
}
