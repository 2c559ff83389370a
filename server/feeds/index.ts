export { createFeeds, type Feeds, type FeedServices, type Received } from './feeds.ts';
export { framed, MllpClient, openMllp, type Acknowledged, type MllpServer } from './mllp/index.ts';
export type { Fate, MessageState } from './intake/types.ts';
export { registerFeeds } from './routes.ts';
export { loadFolder, type FeedOutcome, type FolderProgress } from './load/folder.ts';
export { feedsOverview, type FeedView } from './desk/overview.ts';
export { waitingMessages } from './desk/store.ts';
export { judgeBytes } from './intake/judge-bytes.ts';
export { idFrom } from './ids.ts';
