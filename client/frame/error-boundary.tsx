import { RotateCw, TriangleAlert } from 'lucide-preact'
import { Component, type ComponentChildren } from 'preact'
import { Button, EmptyState } from '../design/index.ts'
import { t } from './texts.ts'

interface Props {
  /** Another one clears the error: the person went elsewhere. */
  at: string
  children: ComponentChildren
}

/** Keeps a fault of one screen from taking the whole program down. */
export class ErrorBoundary extends Component<Props, { failedAt: string | null }> {
  override state: { failedAt: string | null } = { failedAt: null }

  override componentDidCatch(error: unknown): void {
    console.error(error)
    this.setState({ failedAt: this.props.at })
  }

  override render({ at, children }: Props, { failedAt }: { failedAt: string | null }) {
    if (failedAt !== at) return children
    return (
      <EmptyState
        icon={TriangleAlert}
        title={t('crash.title')}
        text={t('crash.text')}
        action={
          <Button icon={RotateCw} onClick={() => location.reload()}>
            {t('crash.reload')}
          </Button>
        }
      />
    )
  }
}
