import type { FailureCode } from '#kit/failures'

/** What the file system says, in our codes. null: not a matter of disk or file. */
export function systemFailure(error: unknown): FailureCode | null {
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) return null
  const { code } = error
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'no-permission'
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'disk-full'
  if (code === 'EIO' || code === 'EISDIR' || code === 'ENOTDIR' || code === 'EEXIST') return 'store-damaged'
  return null
}
