export { createAcceptor, type Acceptor } from './acceptor.ts';
