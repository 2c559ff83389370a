export { MllpClient, type Acknowledged } from './client.ts';
export { framed, FrameReader, type Frame } from './framing.ts';
export { openMllp, type MllpOptions, type MllpServer } from './server.ts';
export type { Receiver } from './connection.ts';
export type { Certificate } from './certificate.ts';
