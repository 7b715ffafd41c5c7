import { PasswordInput } from '@mantine/core'
import { chatDeskLimits } from '#contract/worker/chat-calls'

interface SecretProps {
  readonly label: string
  readonly description?: string | undefined
  readonly error?: string | undefined
  readonly value: string
  readonly testId?: string
  onChange(value: string): void
}

/** No browser keeps it, and nobody reads it over a shoulder. */
export function Secret({ testId, onChange, ...field }: SecretProps) {
  return (
    <PasswordInput
      {...field}
      maxLength={chatDeskLimits.passwordCharsMax}
      autoComplete="off"
      data-testid={testId}
      onChange={({ currentTarget: { value } }) => onChange(value)}
    />
  )
}
