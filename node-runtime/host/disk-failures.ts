import type { FailureCode } from '#kit/failures'

/** What the system says when a file cannot be made or written, in our words. null: nothing that a person could mend. */
export function diskFailure(error: unknown): FailureCode | null {
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'disk-full'
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'no-permission'
    default:
      return null
  }
}

export function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}
