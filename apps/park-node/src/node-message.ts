import type { Text } from '@twinpark/kernel/shared/text.ts';
import type { StartFault } from './platform/start-fault.ts';

/** What the process of a node tells the process that started it. */
export type NodeMessage =
  | { readonly kind: 'ready'; readonly node: ReadyNode }
  | ({ readonly kind: 'fault' } & Pick<StartFault, 'code' | 'facts'>);

export interface ReadyNode {
  readonly park: string;
  readonly name: Text;
  readonly mark: string;
  readonly url: string;
  readonly store: 'embedded' | 'server';
  readonly dataFolder: string;
  readonly mode: 'demo' | 'production';
  /** By which the first person comes in who runs the park; null once somebody has, and in a demo. */
  readonly firstOperatorLink: string | null;
}
