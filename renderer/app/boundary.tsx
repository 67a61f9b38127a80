import { Component, type ReactNode } from 'react';

interface Props {
  children: ReactNode;
  /** What stands in the place of a part that failed; `again` draws it once more. */
  renderFault: (again: () => void) => ReactNode;
}

/** Keeps a fault in the part where it arose. */
export class Boundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? this.props.renderFault(() => this.setState({ failed: false })) : this.props.children;
  }
}
