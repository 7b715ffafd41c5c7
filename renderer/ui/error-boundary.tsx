import { Component, type ErrorInfo, type ReactNode } from 'react'

interface BoundaryProps {
  readonly children: ReactNode
  /** Another key is another place: what broke there says nothing about here. */
  readonly place: string
  fallback(again: () => void): ReactNode
  onBug(error: unknown, where: string): void
}

interface BoundaryState {
  readonly brokenPlace: string | null
}

/** The window's one place where a thrown error ends. The rest of the window goes on. */
export class ErrorBoundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { brokenPlace: null }

  static getDerivedStateFromError(): Partial<BoundaryState> {
    return { brokenPlace: '' }
  }

  override componentDidCatch(error: unknown, { componentStack }: ErrorInfo): void {
    this.setState({ brokenPlace: this.props.place })
    this.props.onBug(error, componentStack ?? '')
  }

  override render(): ReactNode {
    const { brokenPlace } = this.state
    const isBroken = brokenPlace === '' || brokenPlace === this.props.place
    return isBroken ? this.props.fallback(() => this.setState({ brokenPlace: null })) : this.props.children
  }
}
